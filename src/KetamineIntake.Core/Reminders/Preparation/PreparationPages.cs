using System.Globalization;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>What became of a date of birth.</summary>
public enum UnlockResult
{
    Opened,
    Wrong,

    /// <summary>Too many wrong ones; the clinic has been told.</summary>
    Locked,
    Expired,
}

/// <summary>What became of ticks.</summary>
public enum TickResult
{
    Saved,

    /// <summary>Others kept changing the page at the same moment.</summary>
    NotSaved,

    /// <summary>The page has expired, or its visits are cancelled.</summary>
    Expired,
}

/// <summary>One preparation page, filled in for one of its visits.</summary>
/// <param name="Visit">See <see cref="ShownVisit"/>. Null, without times and stages, when all are cancelled.</param>
public sealed record PreparationView(
    Patient Patient, PreparationGuide Guide, Appointment? Visit, VisitWordsView? Times, IReadOnlyList<PreparationStage> Stages, IReadOnlySet<string> Ticks);

/// <param name="Food">Null while a clinician has to plan it with the patient first.</param>
public sealed record VisitWordsView(string Day, string Clock, string? Food, string? Water, Instant EndsAt);

/// <summary>The page behind the link in a text: the patient's own, until three days after the last visit that has the link.</summary>
public sealed class PreparationPages(IRecordStores stores, PhoneBook phones, SiteAddress site, IClock clock)
{
    public const int MostWrongTries = 10;

    private const string Food = "{food}";
    private const string Water = "{water}";

    // More than the tries that can stand in the way of one.
    private const int Attempts = 2 * MostWrongTries;

    private static readonly string[] FastingTimes = [Food, Water];

    private static readonly Duration OpenAfter = Duration.FromHours(72);

    /// <summary>The clinic that a token belongs to, or null.</summary>
    public async Task<string?> OwnerAsync(string token, CancellationToken cancellation) =>
        Tokens.IsValid(token) && await stores.Open(Rows.Global).FindAsync(Rows.Link(token), cancellation) is { } row ? RecordJson.Read<LinkOwner>(row).Clinic : null;

    /// <summary>The language of the page, or null when there is none or it has expired.</summary>
    public async Task<PreparationGuide?> FindAsync(ClinicContext clinic, string token, CancellationToken cancellation) =>
        await LoadAsync(clinic, token, cancellation) is { } page ? GuideOf(clinic, page.Visits.Patient) : null;

    /// <summary>Every try goes through the row of the link, the right one too: whoever tries many dates at once has no more of them than whoever tries one after another.</summary>
    /// <param name="birthDate">Null, for what cannot be read as a date, is a wrong one.</param>
    /// <exception cref="RecordStoreException">Others kept changing the page at the same moment; nothing was opened or counted.</exception>
    public async Task<UnlockResult> UnlockAsync(ClinicContext clinic, string token, LocalDate? birthDate, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await LoadAsync(clinic, token, cancellation) is not { } page)
            {
                return UnlockResult.Expired;
            }

            if (page.Link.Value.WrongTries >= MostWrongTries)
            {
                return UnlockResult.Locked;
            }

            var (result, changes) = Try(page, birthDate);
            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                return result;
            }
        }

        throw new RecordStoreException("A preparation page kept meeting changes of others.");
    }

    /// <summary>The page, for somebody who has given the date of birth; null when it has expired.</summary>
    public async Task<PreparationView?> ViewAsync(ClinicContext clinic, string token, CancellationToken cancellation) =>
        await LoadAsync(clinic, token, cancellation) is { } page ? View(clinic, page) : null;

    /// <summary>Keeps the ticks of the visit that the page shows; unknown ones are left out.</summary>
    public async Task<TickResult> TickAsync(ClinicContext clinic, string token, IReadOnlyCollection<string> ticks, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await LoadAsync(clinic, token, cancellation) is not { } page || View(clinic, page) is not { Visit: { } visit } view)
            {
                return TickResult.Expired;
            }

            var link = page.Link.Value;
            var known = view.Stages.SelectMany(s => s.Steps).Where(s => s.CanBeTicked).Select(s => s.Id).Where(i => ticks.Contains(i, StringComparer.Ordinal)).ToList();
            var all = new Dictionary<string, IReadOnlyList<string>>(link.Ticks, StringComparer.Ordinal) { [visit.Id] = known };
            if (await clinic.Records.CommitAsync([Replace(page, link with { Ticks = all })], cancellation) is CommitResult.Committed)
            {
                return TickResult.Saved;
            }
        }

        return TickResult.NotSaved;
    }

    private (UnlockResult Result, IReadOnlyList<Change> Changes) Try(Page page, LocalDate? birthDate)
    {
        var (link, patient, now) = (page.Link.Value, page.Visits.Patient, clock.GetCurrentInstant());
        if (birthDate == patient.BirthDate)
        {
            return (UnlockResult.Opened, [Replace(page, link), new AuditEntry(now, "patient", "preparation.open", Rows.Patient(link.PatientId)).ToChange()]);
        }

        var tried = link with { WrongTries = link.WrongTries + 1 };
        if (tried.WrongTries < MostWrongTries)
        {
            return (UnlockResult.Wrong, [Replace(page, tried)]);
        }

        var note = new StaffNote(
            RowId.New(), NoteKind.Visits, now, patient.Phone, [link.PatientId],
            "The preparation page was locked after ten wrong dates of birth. Please call the patient, and make a new link on the page of their visits.");
        return (UnlockResult.Locked, [Replace(page, tried), note.Insert()]);
    }

    private PreparationView View(ClinicContext clinic, Page page)
    {
        var (patient, now) = (page.Visits.Patient, clock.GetCurrentInstant());
        var guide = GuideOf(clinic, patient);
        var booked = page.Own.Where(a => a.Status == AppointmentStatus.Booked).ToList();
        if (booked.Count == 0)
        {
            return new PreparationView(patient, guide, null, null, [], new HashSet<string>());
        }

        var rules = ClinicTexting.Of(clinic, site).Rules;
        var visit = ShownVisit.Of(booked, [.. page.Visits.Reminders.Select(r => r.Value)], rules, now);
        var clocks = new Clocks(DateTimeZoneProviders.Tzdb[visit.TimeZone], ClinicTexting.ZoneOf(clinic, patient), guide.Language);
        return new PreparationView(
            patient, guide, visit, Times(visit, rules, clocks, page.Visits.CallsFirst),
            [.. guide.Stages.Select(s => s with { Steps = [.. s.Steps.Where(p => IsShown(p, page.Visits)).Select(p => p with { Text = Fill(p.Text, visit, rules, clocks) })] })],
            page.Link.Value.Ticks.GetValueOrDefault(visit.Id, []).ToHashSet(StringComparer.Ordinal));
    }

    private async Task<Page?> LoadAsync(ClinicContext clinic, string token, CancellationToken cancellation)
    {
        if (!Tokens.IsValid(token) || await clinic.Records.FindAsync(Rows.Link(token), cancellation) is not { } row)
        {
            return null;
        }

        var link = new Stored<PreparationLink>(row, RecordJson.Read<PreparationLink>(row));
        if (await PatientVisits.LoadAsync(clinic, phones, link.Value.PatientId, cancellation) is not { } visits)
        {
            return null;
        }

        var own = visits.Appointments.Select(a => a.Value).Where(a => a.LinkToken == token).OrderBy(a => a.StartsAt).ToList();
        return own.Count > 0 && clock.GetCurrentInstant() < own[^1].StartsAt + OpenAfter ? new Page(link, visits, own) : null;
    }

    private static PreparationGuide GuideOf(ClinicContext clinic, Patient patient) => clinic.Protocol.Reminders!.Guides[SmsLanguages.Of(patient.Language)];

    private static bool IsShown(PreparationStep step, PatientVisits visits) => step.Only switch
    {
        // A fasting time may harm whoever has to plan it with a clinician first, whatever the step is called.
        _ when visits.CallsFirst && FastingTimes.Any(t => step.Text.Contains(t, StringComparison.Ordinal)) => false,
        null => true,
        "benzodiazepine" => visits.Orders.Benzodiazepine,
        "lamotrigine" => visits.Orders.Lamotrigine,
        _ => visits.CallsFirst,
    };

    private static VisitWordsView Times(Appointment visit, ReminderRules rules, Clocks clocks, bool callsFirst)
    {
        var language = clocks.Language;
        var day = $"{VisitWords.DayOfWeek(visit.Start.DayOfWeek, language)} {VisitWords.MonthDay(visit.Start.Date, language)}";
        var fasts = visit.Kind == AppointmentKind.Infusion && !callsFirst;
        return new VisitWordsView(
            day, VisitWords.Both(visit.StartsAt, clocks.Clinic, clocks.Patient, language),
            fasts ? Fill(Food, visit, rules, clocks) : null, fasts ? Fill(Water, visit, rules, clocks) : null,
            VisitTimes.Of(visit, rules).EndsAt);
    }

    private static string Fill(string text, Appointment visit, ReminderRules rules, Clocks clocks)
    {
        var times = VisitTimes.Of(visit, rules);
        return text
            .Replace(Food, Moment(times.NoFoodFrom, clocks), StringComparison.Ordinal)
            .Replace(Water, Moment(times.NoWaterFrom, clocks), StringComparison.Ordinal)
            .Replace("{alcohol}", Moment(times.NoAlcoholFrom, clocks), StringComparison.Ordinal)
            .Replace("{alcoholAfter}", rules.AlcoholAfterHours.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static string Moment(Instant instant, Clocks clocks)
    {
        var date = instant.InZone(clocks.Clinic).Date;
        return $"{VisitWords.DayOfWeek(date.DayOfWeek, clocks.Language)} {VisitWords.MonthDay(date, clocks.Language)}, {VisitWords.Both(instant, clocks.Clinic, clocks.Patient, clocks.Language)}";
    }

    /// <summary>Whose clocks a page shows, and in which words.</summary>
    private sealed record Clocks(DateTimeZone Clinic, DateTimeZone Patient, SmsLanguage Language);

    private static Change.Replace Replace(Page page, PreparationLink link) => new(page.Link.Row.Key, RecordJson.Write(link), page.Link.Row.ETag);

    private sealed record Page(Stored<PreparationLink> Link, PatientVisits Visits, IReadOnlyList<Appointment> Own);
}
