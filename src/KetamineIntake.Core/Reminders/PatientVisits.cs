using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
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
/// <param name="CallsFirst">No text may name fasting times: a rule that asks to call first cannot be ruled out, or a clinician asks for it, and no plan is on file.</param>
internal sealed record PatientVisits(
    Patient Patient,
    Row? Stamp,
    IReadOnlyList<Stored<Appointment>> Appointments,
    IReadOnlyList<Stored<Reminder>> Reminders,
    string PhoneHash,
    string? NoTexts,
    PreparationOrders Orders,
    bool CallsFirst,
    LabLedger Labs)
{
    /// <summary>Why only texts for the visit's safety go.</summary>
    private const string InDoubt = "the patient may want no more texts, and nobody has decided yet";

    /// <summary>Why there are no texts after an opt-out, or without consent at intake.</summary>
    public const string NoConsent = "no consent to texts";

    public bool MayBeTexted => NoTexts is null;

    /// <summary>The number may want no more texts, and nobody has decided yet.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>What was said about texts to the number, as it was read; null when nothing was.</summary>
    public Row? Consent { get; init; }

    /// <summary>Whether a text of this kind may go.</summary>
    public bool MayGet(ReminderTemplate template) => MayBeTexted && (!IsInDoubt || VisitSafety.IsVisitSafety(template));

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
        var screenings = (await ReadAsync<StoredScreening>(records, Rows.PatientScreenings(patientId), cancellation)).Select(s => s.Value).ToList();
        var isAccepted = await BookableReferral.FindAsync(clinic, screenings, cancellation) is not null;
        var bar = TextBars.Of(ledger, patient.SmsConsent, isAccepted);
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
            hash, noTexts, orders, orders.CallsFirst(FastingMayHarm(clinic, screenings)), labs)
        {
            IsInDoubt = bar == TextBar.InDoubt,
            Consent = consent,
        };
    }

    /// <summary>
    /// True unless the latest answers rule it out: what was not asked, skipped or not sure is never no. Judged by the answers themselves, because a question that was skipped is no finding.
    /// </summary>
    private static bool FastingMayHarm(ClinicContext clinic, IReadOnlyList<StoredScreening> screenings) =>
        screenings.MaxBy(s => s.ReceivedAt) is not { } latest
        || clinic.Rules.CallFirst.Count == 0
        || screenings.Any(s => s.Result.Findings.Any(f => clinic.Rules.CallFirst.Contains(f.Rule, StringComparer.Ordinal)))
        || clinic.Rules.CallFirst.Any(r => clinic.Rules.VerdictOf(r, new ScreeningFacts(latest.Answers, latest.BirthDate, latest.JudgedOn)) != Verdict.False);

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
