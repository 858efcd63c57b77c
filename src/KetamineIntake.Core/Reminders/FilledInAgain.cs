using System.Globalization;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>
/// Each form is a record of its own, so a danger that somebody tells in a second form stands beside the visits booked by the first, and their texts go on. Staff are told wherever the second
/// one says what is worse: the same number and date of birth are enough to look.
/// </summary>
internal static class FilledInAgain
{
    /// <summary>One note for each earlier record that has visits ahead and says less; empty for nearly everybody.</summary>
    /// <param name="phoneHash">Of the new form's number.</param>
    public static async Task<IReadOnlyList<Change>> NotesAsync(ClinicContext clinic, PhoneBook phones, Intake intake, string phoneHash, Instant now, CancellationToken cancellation)
    {
        try
        {
            return await ComparedAsync(clinic, phones, intake, phoneHash, now, cancellation);
        }
        catch (RecordIntegrityException)
        {
            // What is damaged elsewhere must not keep this form, which may tell of danger, from being stored.
            const string Words = "Somebody filled in the form whose number stands in earlier records too, and one of those cannot be read: nothing was compared. Please look whether a visit is booked.";
            return [new StaffNote(RowId.New(), NoteKind.Visits, now, intake.Patient.Phone, [intake.Patient.Id], Words).Insert()];
        }
    }

    private static async Task<IReadOnlyList<Change>> ComparedAsync(ClinicContext clinic, PhoneBook phones, Intake intake, string phoneHash, Instant now, CancellationToken cancellation)
    {
        // Those whom we texted come first: as many records may share a number as somebody cares to send forms.
        var number = await KnownNumber.LoadAsync(clinic, phoneHash, cancellation);
        var notes = new List<Change>();
        foreach (var earlier in number.People.Where(p => p.Id != intake.Patient.Id && p.BirthDate == intake.Patient.BirthDate))
        {
            if (await PatientVisits.LoadAsync(clinic, phones, earlier.Id, cancellation) is { Screening: { } screening } visits && Note(clinic, visits, screening, intake, now) is { } note)
            {
                notes.Add(note.Insert());
            }
        }

        return notes;
    }

    private static StaffNote? Note(ClinicContext clinic, PatientVisits visits, StoredScreening screening, Intake intake, Instant now)
    {
        var ahead = visits.Appointments.Select(a => a.Value).Where(a => a.IsAhead(now)).OrderBy(a => a.StartsAt).ToList();
        if (ahead.Count == 0)
        {
            return null;
        }

        var before = JudgedAgain.Before(clinic, screening);
        var result = intake.Screening.Result;
        var after = Judged.Of(intake.Screening.RuleSetHash, result, CallsFirst(clinic, result) && ahead.Exists(a => !visits.PlansFirst(a)));

        // Of a form that is not finished only the danger counts: what is open there says nothing.
        var words = JudgedAgain.Words(before, intake.Screening.Submitted ? after : before with { Urgency = after.Urgency }, intake.Screening.Submitted ? result : result with { Findings = [] });
        if (words.Count == 0)
        {
            return null;
        }

        var days = string.Join(", ", ahead.Select(a => a.Start.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)));
        return new StaffNote(
            RowId.New(), NoteKind.Visits, now, visits.Patient.Phone, [visits.Patient.Id, intake.Patient.Id],
            $"Somebody with this number and date of birth filled in the form again, and it is a record of its own: {string.Join("; ", words)}. Booked by the earlier one: {days}. Its texts go on as they were. Please compare both referrals and call.");
    }

    private static bool CallsFirst(ClinicContext clinic, ScreeningResult result) => result.Findings.Any(f => clinic.Rules.CallFirst.Contains(f.Rule, StringComparer.Ordinal));
}
