using System.Globalization;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>
/// Each form is a record of its own, so a danger that somebody tells in a second form stands beside the visits booked by the first, and their texts go on. Staff are told wherever the second
/// one says what is worse: the same number and date of birth, or number and name, are enough to look.
/// </summary>
internal static class FilledInAgain
{
    /// <summary>One note for each earlier record that has visits ahead and says less; empty for nearly everybody.</summary>
    /// <param name="phoneHash">Of the new form's number.</param>
    public static async Task<IReadOnlyList<Change>> NotesAsync(ClinicContext clinic, PhoneBook phones, Intake intake, string phoneHash, Instant now, CancellationToken cancellation) =>
        [.. (await ReadableAsync(intake.Patient, now, () => EarlierAsync(clinic, phones, intake, phoneHash, now, cancellation))).Select(n => n.Insert())];

    /// <summary>What other records of somebody who is being booked say that theirs does not; empty for nearly everybody.</summary>
    /// <param name="booked">Never empty.</param>
    public static Task<IReadOnlyList<StaffNote>> OthersAsync(
        ClinicContext clinic, PhoneBook phones, PatientVisits visits, IReadOnlyList<Appointment> booked, Instant now, CancellationToken cancellation) =>
        ReadableAsync(visits.Patient, now, () => OthersComparedAsync(clinic, phones, visits, booked, now, cancellation));

    // What is damaged elsewhere, or an index that others keep changing, must not keep a form, which may tell of danger, from being stored, nor a visit from being booked.
    private static async Task<IReadOnlyList<StaffNote>> ReadableAsync(Patient patient, Instant now, Func<Task<List<StaffNote>>> compare)
    {
        try
        {
            return await compare();
        }
        catch (Exception unread) when (unread is RecordIntegrityException or RecordStoreException { IsContended: true })
        {
            return [Unreadable(patient, now)];
        }
    }

    private static StaffNote Unreadable(Patient patient, Instant now) => new(
        RowId.New(), NoteKind.Visits, now, patient.Phone, [patient.Id],
        "This patient's number stands in other records too, and one of those cannot be read, so that nothing was compared. Please look whether they are one person, and call where a visit is booked.");

    private static async Task<List<StaffNote>> EarlierAsync(ClinicContext clinic, PhoneBook phones, Intake intake, string phoneHash, Instant now, CancellationToken cancellation)
    {
        var notes = new List<StaffNote>();
        await phones.CompleteAsync(clinic, cancellation);
        foreach (var id in await BookedAsync(clinic, intake.Patient.Id, phoneHash, now, cancellation))
        {
            if (await PatientVisits.LoadAsync(clinic, phones, id, cancellation) is not { } visits || !IsSame(visits.Patient, intake.Patient))
            {
                continue;
            }

            var ahead = visits.Appointments.Select(a => a.Value).Where(a => a.IsAhead(now)).OrderBy(a => a.StartsAt).ToList();
            if (ahead.Count > 0 && Differences(clinic, visits, ahead, intake.Patient, intake.Screening) is { Count: > 0 } words)
            {
                notes.Add(new StaffNote(
                    RowId.New(), NoteKind.Visits, now, visits.Patient.Phone, [visits.Patient.Id, intake.Patient.Id],
                    $"Somebody with this number, and the same date of birth or name, filled in the form again, and it is a record of its own: {string.Join("; ", words)}. Booked by the earlier one: {Days(ahead)}. Its texts go on as they were. Please compare both referrals and call."));
            }
        }

        return notes;
    }

    // Looked at all at once and before anything else of them is read: a patient waits for the answer, and hardly anybody has a visit ahead.
    private static async Task<IReadOnlyList<string>> BookedAsync(ClinicContext clinic, string self, string phoneHash, Instant now, CancellationToken cancellation)
    {
        var ids = (await PhoneBook.PatientsAsync(clinic, phoneHash, KnownNumber.MostNamed + 1, null, cancellation)).ToList();
        if (ids.Count > KnownNumber.MostNamed)
        {
            // As many records may share a number as somebody cares to send forms: those whom we texted come first.
            ids.InsertRange(0, (await KnownNumber.TextedAsync(clinic, phoneHash, cancellation)).Select(t => t.PatientId));
        }

        var others = ids.Where(id => id != self).Distinct(StringComparer.Ordinal).Take(KnownNumber.MostNamed).ToList();
        var isBooked = await Task.WhenAll(others.Select(id => IsBookedAsync(clinic, id, now, cancellation)));
        return [.. others.Where((_, i) => isBooked[i])];
    }

    private static async Task<bool> IsBookedAsync(ClinicContext clinic, string id, Instant now, CancellationToken cancellation)
    {
        await foreach (var row in clinic.Records.ListAsync(Rows.PatientAppointments(id), cancellation))
        {
            if (RecordJson.Read<Appointment>(row).IsAhead(now))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<List<StaffNote>> OthersComparedAsync(
        ClinicContext clinic, PhoneBook phones, PatientVisits visits, IReadOnlyList<Appointment> booked, Instant now, CancellationToken cancellation)
    {
        var notes = new List<StaffNote>();
        await phones.CompleteAsync(clinic, cancellation);
        var number = visits.Screening is null ? null : await KnownNumber.LoadAsync(clinic, visits.PhoneHash, cancellation);
        foreach (var other in number?.People.Where(p => IsSame(p, visits.Patient)) ?? [])
        {
            if ((await PatientVisits.ScreeningsAsync(clinic, other.Id, cancellation)).MaxBy(s => s.ReceivedAt) is { } screening && Differences(clinic, visits, booked, other, screening) is { Count: > 0 } words)
            {
                notes.Add(new StaffNote(
                    RowId.New(), NoteKind.Visits, now, visits.Patient.Phone, [visits.Patient.Id, other.Id],
                    $"Another form with this number, of {clinic.DayAt(screening.ReceivedAt).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}, says what the one that is booked by does not: {string.Join("; ", words)}. Booked: {Days(booked)}. Please compare both referrals and call."));
            }
        }

        return notes;
    }

    /// <summary>What another form says that is worse than the one by which visits are booked. Of a form that is not finished only the danger counts: what is open there says nothing.</summary>
    private static List<string> Differences(ClinicContext clinic, PatientVisits visits, IReadOnlyList<Appointment> booked, Patient other, StoredScreening said)
    {
        if (visits.Screening is not { } screening)
        {
            return [];
        }

        var before = JudgedAgain.Before(clinic, screening);
        var after = Judged.Of(said.RuleSetHash, said.Result, CallsFirst(clinic, said.Result) && booked.Any(a => !visits.PlansFirst(a)));
        List<string> words = [.. JudgedAgain.Words(before, said.Submitted ? after : before with { Urgency = after.Urgency }, said.Submitted ? said.Result : said.Result with { Findings = [] })];
        if (said.Submitted && said.ReceivedAt >= screening.ReceivedAt && visits.Patient.SmsConsent && !other.SmsConsent)
        {
            words.Add("it does not agree to texts, as the earlier one did");
        }

        return words;
    }

    // Whoever fills in a form again slips now and then: of name and date of birth one is enough beside the number.
    private static bool IsSame(Patient one, Patient other) => one.Id != other.Id
        && (one.BirthDate == other.BirthDate || string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase));

    private static string Days(IEnumerable<Appointment> visits) => string.Join(", ", visits.Select(v => v.Start.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)));

    private static bool CallsFirst(ClinicContext clinic, ScreeningResult result) => result.Findings.Any(f => clinic.Rules.CallFirst.Contains(f.Rule, StringComparer.Ordinal));
}
