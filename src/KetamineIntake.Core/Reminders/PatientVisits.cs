using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Reminders;

/// <summary>A stored record together with its row.</summary>
internal readonly record struct Stored<T>(Row Row, T Value);

/// <summary>Everything about one patient that booking and planning look at, as it was stored at one moment.</summary>
/// <param name="Stamp">The row that serializes planning; null before the first plan.</param>
/// <param name="Labs">Texts that missing or expiring tests ask for, and visits that wait because of them.</param>
/// <param name="NoTexts">Why the patient gets no texts at all; null when they may be texted.</param>
/// <param name="Indication">What the patient is treated for, by the latest answers; null when they do not say.</param>
internal sealed record PatientVisits(
    Patient Patient,
    Row? Stamp,
    IReadOnlyList<Stored<Appointment>> Appointments,
    IReadOnlyList<Stored<Reminder>> Reminders,
    string PhoneHash,
    string? NoTexts,
    PreparationOrders Orders,
    FastingGuard Fasting,
    string? Indication,
    LabLedger Labs)
{
    /// <summary>Why only texts for the visit's safety go.</summary>
    private const string InDoubt = "the patient may want no more texts, and nobody has decided yet";

    /// <summary>Why there are no texts after an opt-out, or without consent at intake.</summary>
    public const string NoConsent = "no consent to texts";

    /// <summary>The latest; null when there is none.</summary>
    public StoredScreening? Screening { get; init; }

    /// <summary>The latest screening was judged by other rules than the clinic's, and nobody has judged it again by these.</summary>
    public bool IsJudgedByOtherRules { get; init; }

    /// <summary>The last time that the patient was judged again; null: never, or not looked up because the rules are those of the screening.</summary>
    public Stored<Judged>? JudgedAgain { get; init; }

    public bool MayBeTexted => NoTexts is null;

    /// <summary>"No alcohol" would be wrong: a clinician plans with the patient how to stop, with and without a plan on file.</summary>
    public bool PlansAlcohol => Fasting.PlansAlcohol;

    /// <summary>No text and no page may name fasting times for this visit: a clinician has to plan them, or a laboratory value holds the visit until staff have decided.</summary>
    public bool CallsFirst(Appointment visit) => IsHeld(visit) || PlansFirst(visit);

    /// <summary>A clinician has to plan food and drink for this visit first, whatever else holds it.</summary>
    public bool PlansFirst(Appointment visit) => Fasting.IsNeeded && !(Fasting.IsOnFile && IsPlanned(visit));

    private bool IsHeld(Appointment visit) => Labs.HoldsVisits && visit.Kind == AppointmentKind.Infusion;

    /// <summary>One plan for a series: the one that was ahead when it was made, else the first that was booked afterwards. Visits booked alone go by the last plan.</summary>
    private bool IsPlanned(Appointment visit) => visit.SeriesId is null || visit.BookedAt <= Orders.At || !Appointments.Select(a => a.Value).Any(other =>
        other is { SeriesId: not null, Status: AppointmentStatus.Booked } && other.SeriesId != visit.SeriesId && other.StartsAt > Orders.At && other.BookedAt < visit.BookedAt);

    /// <summary>The number may want no more texts, and nobody has decided yet.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>What was said about texts to the number, as it was read; null when nothing was.</summary>
    public Row? Consent { get; init; }

    /// <summary>Whether a text may go.</summary>
    public bool MayGet(Reminder reminder) => MayBeTexted && (!IsInDoubt || VisitSafety.IsVisitSafety(reminder.Template) || reminder.AsksToCall);

    /// <summary>Why a text of a kind that may not go does not.</summary>
    public string WhyNot => NoTexts ?? InDoubt;

    /// <summary>Null when the clinic has no such patient.</summary>
    public static async Task<PatientVisits?> LoadAsync(ClinicContext clinic, PhoneBook phones, string patientId, CancellationToken cancellation)
    {
        var records = clinic.Records;
        if (!RowId.IsValid(patientId) || await records.FindAsync(Rows.Patient(patientId), cancellation) is not { } row)
        {
            return null;
        }

        // First of all, so that whatever is planned meanwhile makes our commit fail.
        var stamp = await records.FindAsync(Rows.Plan(patientId), cancellation);
        var patient = RecordJson.Read<Patient>(row);
        var hash = await phones.HashAsync(clinic, patient.Phone, cancellation);
        var (consent, ledger) = await PhoneBook.LedgerAsync(clinic, hash, cancellation);
        var orders = await records.FindAsync(Rows.Orders(patientId), cancellation) is { } ordered ? RecordJson.Read<PreparationOrders>(ordered) : PreparationOrders.None;
        var labs = await records.FindAsync(Rows.LabLedger(patientId), cancellation) is { } standing ? RecordJson.Read<LabLedger>(standing) : LabLedger.Empty(patientId);
        var screenings = await ScreeningsAsync(clinic, patientId, cancellation);
        var isAccepted = await BookableReferral.FindAsync(clinic, screenings, cancellation) is not null;
        var latest = screenings.MaxBy(s => s.ReceivedAt);
        var isJudged = latest is null || latest.RuleSetHash == clinic.Rules.Hash;
        var judgedAgain = isJudged ? null : await JudgedAsync(records, patientId, cancellation);
        var bar = TextBars.Of(ledger, patient.SmsConsent, isAccepted, patient.CreatedAt);
        var noTexts = bar switch
        {
            null or TextBar.InDoubt => null,
            TextBar.NotAccepted => "no referral of the patient is accepted",
            _ => NoConsent,
        };
        return new PatientVisits(
            patient, stamp,
            await ReadAsync<Appointment>(records, Rows.PatientAppointments(patientId), cancellation),
            await ReadAsync<Reminder>(records, Rows.PatientReminders(patientId), cancellation),
            hash, noTexts, orders, FastingGuard.Of(clinic, screenings, orders), IndicationOf(screenings), labs)
        {
            Screening = latest,
            JudgedAgain = judgedAgain,
            IsJudgedByOtherRules = !isJudged && judgedAgain?.Value.RuleSetHash != clinic.Rules.Hash,
            IsInDoubt = bar == TextBar.InDoubt,
            Consent = consent,
        };
    }

    private static async Task<Stored<Judged>?> JudgedAsync(IRecordStore records, string patientId, CancellationToken cancellation) =>
        await records.FindAsync(Rows.Judged(patientId), cancellation) is { } row ? new Stored<Judged>(row, RecordJson.Read<Judged>(row)) : null;

    /// <summary>All that the patient has answered, in no order.</summary>
    public static async Task<IReadOnlyList<StoredScreening>> ScreeningsAsync(ClinicContext clinic, string patientId, CancellationToken cancellation) =>
        [.. (await ReadAsync<StoredScreening>(clinic.Records, Rows.PatientScreenings(patientId), cancellation)).Select(s => s.Value)];

    private static string? IndicationOf(IReadOnlyList<StoredScreening> screenings) =>
        (screenings.MaxBy(s => s.ReceivedAt)?.Answers.Find(Vocabulary.IndicationItem) as Answer.Choice)?.Code;

    private static async Task<IReadOnlyList<Stored<T>>> ReadAsync<T>(IRecordStore records, RowRange range, CancellationToken cancellation)
    {
        var found = new List<Stored<T>>();
        await foreach (var row in records.ListAsync(range, cancellation))
        {
            found.Add(new Stored<T>(row, RecordJson.Read<T>(row)));
        }

        return found;
    }
}
