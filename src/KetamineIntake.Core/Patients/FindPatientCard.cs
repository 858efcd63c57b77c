using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Patients;

/// <summary>Who a patient is, how to reach them, and what whoever books or decides has to know first.</summary>
/// <param name="ReferralId">The referral that visits are booked on, else that of the newest screening; null when the patient has none.</param>
/// <param name="Alert">Laboratory values that a clinician has to look at, as they were last judged; null when there are none.</param>
/// <param name="NoTexts">Why the patient gets no texts today; null when none of these reasons holds.</param>
public sealed record PatientCard(Patient Patient, string? ReferralId, LabAlert? Alert, TextBar? NoTexts);

/// <summary>Loads what heads the console's pages about a patient. That it was shown is kept by whatever loads the rest of the page.</summary>
public sealed class FindPatientCard(PhoneBook phones)
{
    /// <summary>Null when this clinic has no such patient.</summary>
    public async Task<PatientCard?> RunAsync(ClinicContext clinic, string patientId, CancellationToken cancellation)
    {
        var records = clinic.Records;
        if (!RowId.IsValid(patientId) || await records.FindAsync(Rows.Patient(patientId), cancellation) is not { } row)
        {
            return null;
        }

        var patient = RecordJson.Read<Patient>(row);
        var (_, ledger) = await PhoneBook.LedgerAsync(clinic, await phones.HashAsync(clinic, patient.Phone, cancellation), cancellation);
        var screenings = new List<StoredScreening>();
        await foreach (var screening in records.ListAsync(Rows.PatientScreenings(patientId), cancellation))
        {
            screenings.Add(RecordJson.Read<StoredScreening>(screening));
        }

        var accepted = await BookableReferral.FindAsync(clinic, screenings, cancellation);
        var alert = await records.FindAsync(Rows.LabAlert(patientId), cancellation);
        return new PatientCard(
            patient,
            accepted?.Id ?? screenings.MaxBy(s => s.ReceivedAt)?.ReferralId,
            alert is null ? null : RecordJson.Read<LabAlert>(alert),
            TextBars.Of(ledger, patient.SmsConsent, accepted is not null, patient.CreatedAt));
    }
}
