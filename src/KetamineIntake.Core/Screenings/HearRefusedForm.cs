using System.Globalization;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>
/// Tells staff of danger in a form that could not be taken: its sender may never send it right. It makes no patient and no referral, because the same form is expected again.
/// </summary>
public sealed class HearRefusedForm(IClock clock)
{
    /// <summary>False when nobody is named, or there is no danger.</summary>
    public async Task<bool> TellStaffAsync(ClinicContext clinic, HeardForm heard, RefusedDanger danger, CancellationToken cancellation)
    {
        var patient = heard.Patient;
        if (patient.Phone.Length == 0 && patient.Email is null && (patient.GivenName + patient.FamilyName).Length == 0)
        {
            return false;
        }

        var kind = danger.Urgency >= Urgency.High || danger.ToStaff.Count > 0 ? NoteKind.Crisis : NoteKind.Reply;
        var note = new StaffNote(RowId.New(), kind, clock.GetCurrentInstant(), patient.Phone, [], WordsOf(patient, danger));
        return await IsToldAsync(clinic, note, cancellation) || await clinic.Records.CommitAsync([note.Insert()], cancellation) is CommitResult.Committed;
    }

    /// <summary>A program that tries again and again tells once, until somebody has dealt with it.</summary>
    private static async Task<bool> IsToldAsync(ClinicContext clinic, StaffNote note, CancellationToken cancellation)
    {
        await foreach (var row in clinic.Records.ListAsync(note.Kind == NoteKind.Crisis ? Rows.OpenCrisisNotes : Rows.OpenNotes, cancellation))
        {
            if (RecordJson.Read<StaffNote>(row) is var open && open.Phone == note.Phone && open.Words == note.Words)
            {
                return true;
            }
        }

        return false;
    }

    private static string WordsOf(PatientDetails patient, RefusedDanger danger)
    {
        var name = $"{patient.GivenName} {patient.FamilyName}".Trim();
        var born = patient.BirthDate == default ? "" : $", born {patient.BirthDate.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}";
        var mail = patient.Email is { } address ? $", {address}" : "";
        var phone = patient.Phone.Length == 0 ? ", whose number could not be read" : "";
        return $"A form that tells of {Told(danger)} could not be taken, and is not among the referrals: a program sent it with faults. From: {(name.Length == 0 ? "no name" : name)}{born}{mail}{phone}. Please call.";
    }

    private static string Told(RefusedDanger danger) => string.Join(" and of ",
    [
        .. danger.Urgency == Urgency.None ? Array.Empty<string>() : [$"suicide risk ({Words.Of(danger.Urgency)})"],
        .. danger.ToStaff.Count == 0 ? Array.Empty<string>() : [$"what can be an emergency now ({string.Join(" ", danger.ToStaff)})"],
    ]);
}
