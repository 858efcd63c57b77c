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
    Expired,
}

/// <summary>One preparation page, filled in for its next visit.</summary>
/// <param name="Visit">The next visit of the page, or null when all are over or cancelled.</param>
public sealed record PreparationView(
    Patient Patient, PreparationGuide Guide, Appointment? Visit, bool IsCancelled, VisitWordsView? Times, IReadOnlyList<PreparationStage> Stages, IReadOnlySet<string> Ticks);

/// <param name="Food">Null while a clinician has to plan it with the patient first.</param>
public sealed record VisitWordsView(string Day, string Clock, string? Food, string? Water, Instant EndsAt);

/// <summary>The page behind the link in a text: the patient's own, until three days after the last visit that has the link.</summary>
public sealed class PreparationPages(IRecordStores stores, PhoneBook phones, SiteAddress site, IClock clock)
{
    public const int MostWrongTries = 10;

    // More than enough for ten wrong guesses that each came first.
    private const int UnlockAttempts = 25;
    private const int TickAttempts = 3;

    private static readonly Duration OpenAfter = Duration.FromHours(72);

    /// <summary>The clinic that a token belongs to, or null.</summary>
    public async Task<string?> OwnerAsync(string token, CancellationToken cancellation) =>
        Tokens.IsValid(token) && await stores.Open(Rows.Global).FindAsync(Rows.Link(token), cancellation) is { } row ? RecordJson.Read<LinkOwner>(row).Clinic : null;

    /// <summary>The language of the page, or null when there is none or it has expired.</summary>
    public async Task<PreparationGuide?> FindAsync(ClinicContext clinic, string token, CancellationToken cancellation) =>
        await LoadAsync(clinic, token, cancellation) is { } page ? GuideOf(clinic, page.Visits.Patient) : null;

    /// <summary>
    /// Every guess, right or wrong, has to be committed against the count that it was judged by before its result is told: however many come at once, each is one of the ten.
    /// </summary>
    /// <exception cref="RecordStoreException">Too many at the same moment; nothing is told.</exception>
    public async Task<UnlockResult> UnlockAsync(ClinicContext clinic, string token, LocalDate? birthDate, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < UnlockAttempts; attempt++)
        {
            if (await LoadAsync(clinic, token, cancellation) is not { } page)
            {
                return UnlockResult.Expired;
            }

            if (page.Link.Value.WrongTries >= MostWrongTries)
            {
                return UnlockResult.Locked;
            }

            var isRight = birthDate == page.Visits.Patient.BirthDate;
            var link = page.Link.Value with { WrongTries = page.Link.Value.WrongTries + (isRight ? 0 : 1) };
            if (await clinic.Records.CommitAsync([.. Guessed(page, link, isRight)], cancellation) is CommitResult.Committed)
            {
                return isRight ? UnlockResult.Opened : link.WrongTries >= MostWrongTries ? UnlockResult.Locked : UnlockResult.Wrong;
            }
        }

        throw new RecordStoreException("A preparation page was tried too often at the same moment.");
    }

    private IEnumerable<Change> Guessed(Page page, PreparationLink link, bool isRight)
    {
        yield return new Change.Replace(page.Link.Row.Key, RecordJson.Write(link), page.Link.Row.ETag);
        var now = clock.GetCurrentInstant();
        if (isRight)
        {
            yield return new AuditEntry(now, "patient", "preparation.open", Rows.Patient(link.PatientId)).ToChange();
        }
        else if (link.WrongTries == MostWrongTries)
        {
            yield return new StaffNote(
                RowId.New(), NoteKind.Reply, now, page.Visits.Patient.Phone, [link.PatientId],
                "The preparation page was locked after ten wrong dates of birth. Please call the patient, and make a new link on the page of their visits.").Insert();
        }
    }

    /// <summary>The page, for somebody who has given the date of birth; null when it has expired.</summary>
    public async Task<PreparationView?> ViewAsync(ClinicContext clinic, string token, CancellationToken cancellation)
    {
        if (await LoadAsync(clinic, token, cancellation) is not { } page)
        {
            return null;
        }

        var rules = ClinicTexting.Of(clinic, site).Rules;
        var guide = GuideOf(clinic, page.Visits.Patient);
        var booked = page.Own.Where(a => a.Status == AppointmentStatus.Booked).ToList();
        var visit = booked.Find(a => VisitTimes.Of(a, rules).EndsAt + OpenAfter > clock.GetCurrentInstant() && a.StartsAt + Duration.FromHours(24) > clock.GetCurrentInstant())
            ?? (booked.Count > 0 ? booked[^1] : null);
        var times = visit is null ? null : Times(visit, rules, guide, page.Visits.CallsFirst);
        var ticks = visit is not null && page.Link.Value.Ticks.TryGetValue(visit.Id, out var kept) ? kept : [];
        return new PreparationView(
            page.Visits.Patient, guide, visit, booked.Count == 0, times,
            [.. guide.Stages.Select(s => s with { Steps = [.. s.Steps.Where(p => IsShown(p, page.Visits)).Select(p => p with { Text = Fill(p.Text, visit, rules, guide.Language) })] })],
            ticks.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Keeps the ticks of the next visit; unknown ones are left out.</summary>
    public async Task<TickResult> TickAsync(ClinicContext clinic, string token, IReadOnlyCollection<string> ticks, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TickAttempts; attempt++)
        {
            if (await ViewAsync(clinic, token, cancellation) is not { Visit: { } visit } view || await LoadAsync(clinic, token, cancellation) is not { } page)
            {
                return TickResult.Expired;
            }

            var known = view.Stages.SelectMany(s => s.Steps).Where(s => s.CanBeTicked).Select(s => s.Id).Where(i => ticks.Contains(i, StringComparer.Ordinal)).ToList();
            var all = new Dictionary<string, IReadOnlyList<string>>(page.Link.Value.Ticks, StringComparer.Ordinal) { [visit.Id] = known };
            var changed = page.Link.Value with { Ticks = all };
            if (await clinic.Records.CommitAsync([new Change.Replace(page.Link.Row.Key, RecordJson.Write(changed), page.Link.Row.ETag)], cancellation) is CommitResult.Committed)
            {
                return TickResult.Saved;
            }
        }

        return TickResult.NotSaved;
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
        null => !visits.CallsFirst || step.Id is not ("no-food" or "no-water"),
        "benzodiazepine" => visits.Orders.Benzodiazepine,
        "lamotrigine" => visits.Orders.Lamotrigine,
        _ => visits.CallsFirst,
    };

    private static VisitWordsView Times(Appointment visit, ReminderRules rules, PreparationGuide guide, bool callsFirst)
    {
        var language = guide.Language;
        var day = $"{VisitWords.DayOfWeek(visit.Start.DayOfWeek, language)} {VisitWords.MonthDay(visit.Start.Date, language)}";
        var fills = visit.Kind == AppointmentKind.Infusion && !callsFirst;
        return new VisitWordsView(
            day, VisitWords.Clock(visit.Start.TimeOfDay, language),
            fills ? Fill("{food}", visit, rules, language) : null, fills ? Fill("{water}", visit, rules, language) : null,
            VisitTimes.Of(visit, rules).EndsAt);
    }

    private static string Fill(string text, Appointment? visit, ReminderRules rules, SmsLanguage language)
    {
        if (visit is null)
        {
            return text.Replace("{alcoholAfter}", Number(rules.AlcoholAfterHours), StringComparison.Ordinal);
        }

        var times = VisitTimes.Of(visit, rules);
        var zone = DateTimeZoneProviders.Tzdb[visit.TimeZone];
        return text
            .Replace("{food}", Moment(times.NoFoodFrom, zone, language), StringComparison.Ordinal)
            .Replace("{water}", Moment(times.NoWaterFrom, zone, language), StringComparison.Ordinal)
            .Replace("{alcohol}", Moment(times.NoAlcoholFrom, zone, language), StringComparison.Ordinal)
            .Replace("{alcoholAfter}", Number(rules.AlcoholAfterHours), StringComparison.Ordinal);
    }

    private static string Moment(Instant instant, DateTimeZone zone, SmsLanguage language)
    {
        var local = instant.InZone(zone).LocalDateTime;
        return $"{VisitWords.DayOfWeek(local.DayOfWeek, language)} {VisitWords.MonthDay(local.Date, language)}, {VisitWords.Clock(local.TimeOfDay, language)}";
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Page(Stored<PreparationLink> Link, PatientVisits Visits, IReadOnlyList<Appointment> Own);
}
