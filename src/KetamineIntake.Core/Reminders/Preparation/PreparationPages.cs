using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
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

    /// <summary>No date: it does not count as a try.</summary>
    Unreadable,

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
/// <param name="Tests">What is missing before the visit, or will be too old by then, in the patient's words.</param>
public sealed record PreparationView(
    Patient Patient, PreparationGuide Guide, Appointment? Visit, VisitWordsView? Times, IReadOnlyList<PreparationStage> Stages, IReadOnlySet<string> Ticks, IReadOnlyList<string> Tests);

/// <param name="Food">Null while a clinician has to plan it with the patient first.</param>
public sealed record VisitWordsView(string Day, string Clock, string? Food, string? Water, Instant EndsAt);

/// <summary>The page behind the link in a text: the patient's own, until three days after the last visit that has the link.</summary>
public sealed class PreparationPages(IRecordStores stores, PhoneBook phones, SiteAddress site, IClock clock)
{
    public const int MostWrongTries = 10;


    // More than the tries that can stand in the way of one.
    private const int Attempts = 2 * MostWrongTries;

    private static readonly Duration OpenAfter = Duration.FromHours(72);

    /// <summary>The clinic that a token belongs to, or null.</summary>
    public async Task<string?> OwnerAsync(string token, CancellationToken cancellation) =>
        Tokens.IsValid(token) && await stores.Open(Rows.Global).FindAsync(Rows.Link(token), cancellation) is { } row ? RecordJson.Read<LinkOwner>(row).Clinic : null;

    /// <summary>The language of the page, or null when there is none or it has expired.</summary>
    public async Task<PreparationGuide?> FindAsync(ClinicContext clinic, string token, CancellationToken cancellation) =>
        await LoadAsync(clinic, token, cancellation) is { } page ? GuideOf(clinic, page.Visits.Patient) : null;

    /// <summary>Every try goes through the row of the link, the right one too: whoever tries many dates at once has no more of them than whoever tries one after another.</summary>
    /// <param name="birthDate">Null for what cannot be read as a date: that is a slip, and no try.</param>
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

            if (birthDate is null)
            {
                return UnlockResult.Unreadable;
            }

            var (result, changes) = Try(page, birthDate);
            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                return result;
            }
        }

        throw RecordStoreException.Contended("A preparation page kept meeting changes of others.");
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
            return new PreparationView(patient, guide, null, null, [], new HashSet<string>(), []);
        }

        var rules = ClinicTexting.Of(clinic, site).RulesFor(page.Visits);
        var visit = ShownVisit.Of(booked, [.. page.Visits.Reminders.Select(r => r.Value)], rules, now);
        var words = new StepWords(visit, rules, DateTimeZoneProviders.Tzdb[visit.TimeZone], ClinicTexting.ZoneOf(clinic, patient), guide.Language);
        var shown = new ShownSteps(page.Visits.CallsFirst(visit), page.Visits.PlansAlcohol, page.Visits.Orders, clinic.Clinic);
        return new PreparationView(
            patient, guide, visit, words.Times(fasts: visit.Kind == AppointmentKind.Infusion && !shown.CallsFirst),
            [.. guide.Stages.Select(s => s with { Steps = [.. s.Steps.Where(shown.Shows).Select(p => p with { Text = words.Fill(p.Text) })] })],
            page.Link.Value.Ticks.GetValueOrDefault(visit.Id, []).ToHashSet(StringComparer.Ordinal),
            visit.Kind == AppointmentKind.Infusion
                ? [.. page.Flags.Where(f => f.FailsOn(visit.Start.Date)).Select(f => guide.Words.GetValueOrDefault(PreparationGuideReader.TestWord(f.Test), f.Test)).Distinct(StringComparer.Ordinal)]
                : []);
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
        return own.Count > 0 && clock.GetCurrentInstant() < own[^1].StartsAt + OpenAfter ? new Page(link, visits, own, await FlagsAsync(clinic, link.Value.PatientId, cancellation)) : null;
    }

    private static PreparationGuide GuideOf(ClinicContext clinic, Patient patient) => clinic.Protocol.Reminders!.Guides[SmsLanguages.Of(patient.Language)];

    private static async Task<IReadOnlyList<LabFlag>> FlagsAsync(ClinicContext clinic, string patientId, CancellationToken cancellation)
    {
        var flags = new List<LabFlag>();
        await foreach (var row in clinic.Records.ListAsync(Rows.PatientLabFlags(patientId), cancellation))
        {
            flags.Add(RecordJson.Read<LabFlag>(row));
        }

        return flags;
    }

    private static Change.Replace Replace(Page page, PreparationLink link) => new(page.Link.Row.Key, RecordJson.Write(link), page.Link.Row.ETag);

    private sealed record Page(Stored<PreparationLink> Link, PatientVisits Visits, IReadOnlyList<Appointment> Own, IReadOnlyList<LabFlag> Flags);
}
