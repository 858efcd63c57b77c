using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Referrals;

/// <summary>What became of a decision.</summary>
public abstract record DecideResult
{
    private DecideResult()
    {
    }

    public sealed record Decided(ReferralView Referral) : DecideResult;

    /// <summary>Recorded; it counts once a second key repeats it.</summary>
    public sealed record AwaitingSecond(ReferralView Referral) : DecideResult;

    public sealed record NotFound : DecideResult;

    /// <summary>The referral's state or outcome does not allow the decision; nothing was changed.</summary>
    public sealed record Conflict(string Detail) : DecideResult;
}

/// <summary>Records a clinician's decision. The software advised; this is where somebody decides, with a reason.</summary>
public sealed class DecideReferral(IClock clock)
{
    private const int Attempts = 3;
    private const string Changed = "This referral has changed since you opened it. Look at it as it is now, then decide.";

    /// <param name="seen"><see cref="ReferralView.Stamp"/> of what the decision was made on; null when that is not known.</param>
    public async Task<DecideResult> RunAsync(
        ClinicContext clinic, string id, DecisionKind kind, string reason, string? note, StaffMember by, CancellationToken cancellation, string? seen = null)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await FindReferral.LoadAsync(clinic.Records, id, cancellation) is not var (row, view))
            {
                return new DecideResult.NotFound();
            }

            var next = NextStatus(view.Referral, kind, by.Id);
            var stale = seen is null || seen == view.Stamp ? null : Changed;
            if (stale is not null || next.Refusal is not null)
            {
                return new DecideResult.Conflict(string.Join(' ', new[] { stale, next.Refusal }.OfType<string>()));
            }

            var now = clock.GetCurrentInstant();
            var decision = new Decision(kind, reason, note, by.Id, by.Name, now);
            var decided = view.Referral with { Status = next.Status, Decisions = [.. view.Referral.Decisions, decision] };
            Change[] changes =
            [
                .. await ReferralInbox.ReplaceAsync(clinic.Records, row, decided, view.Patient, cancellation),
                new AuditEntry(now, by.Id, "referral." + Words.Of(kind), row.Key).ToChange(),
                ReviewLabs.Request(clinic.Clinic.Slug, decided.PatientId, now),
                .. await VisitsAsync(clinic, view, decided, now, cancellation),
            ];
            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                var shown = view with { Referral = decided };
                return decided.Status == ReferralStatus.OverridePending ? new DecideResult.AwaitingSecond(shown) : new DecideResult.Decided(shown);
            }
        }

        return new DecideResult.Conflict("Somebody else changed this referral at the same time. Look at it again before you decide.");
    }

    /// <summary>
    /// Texts are for accepted patients only, so they stop or start with the decision. The visits themselves stay booked until somebody cancels them, and staff are told so.
    /// </summary>
    private static async Task<IEnumerable<Change>> VisitsAsync(ClinicContext clinic, ReferralView before, Referral decided, Instant now, CancellationToken cancellation)
    {
        var (was, isNow) = (BookableReferral.IsBookable(before.Referral.Status), BookableReferral.IsBookable(decided.Status));
        if (was == isNow)
        {
            return [];
        }

        // Also without a visit ahead: the evening's text may be on its way.
        var touch = PlanCommit.Touch(decided.PatientId, now);
        var ahead = 0;
        await foreach (var row in clinic.Records.ListAsync(Rows.PatientAppointments(decided.PatientId), cancellation))
        {
            ahead += RecordJson.Read<Appointment>(row).IsAhead(now) ? 1 : 0;
        }

        if (ahead == 0)
        {
            return [touch];
        }

        var plan = Outbox.Row(new Message(Queues.Plans, clinic.Clinic.Slug, decided.PatientId), now);
        var words = $"The referral is no longer accepted, but {ahead} {(ahead == 1 ? "visit remains" : "visits remain")} booked, and no text prepares the patient. Please call, and cancel what does not take place.";
        var note = new StaffNote(RowId.New(), NoteKind.Visits, now, before.Patient.Phone, [decided.PatientId], words);
        return isNow ? [touch, plan] : [touch, plan, note.Insert()];
    }

    /// <summary>The status that a decision leads to, or why it is refused. Decisions may be changed later; each stays on record.</summary>
    internal static (ReferralStatus Status, string? Refusal) NextStatus(Referral referral, DecisionKind kind, string by) => kind switch
    {
        DecisionKind.Accept or DecisionKind.Override when !referral.Submitted =>
            Refuse(referral, "The patient has not finished the questionnaire yet."),
        DecisionKind.Accept when referral.Outcome is Outcome.Contraindicated or Outcome.Incomplete =>
            Refuse(referral, $"The screening's outcome is {Words.Of(referral.Outcome)}: accepting it takes an override."),
        DecisionKind.Accept => Unless(referral, ReferralStatus.Accepted),
        DecisionKind.Decline => Unless(referral, ReferralStatus.Declined),
        DecisionKind.RequestInfo => Unless(referral, ReferralStatus.InfoRequested),
        _ => Override(referral, by),
    };

    private static (ReferralStatus Status, string? Refusal) Override(Referral referral, string by)
    {
        if (referral.Status == ReferralStatus.OverridePending && referral.Decisions[^1].By == by)
        {
            return Refuse(referral, "A second person has to repeat this override with their own key.");
        }

        return referral.Outcome == Outcome.Contraindicated && referral.Status is not (ReferralStatus.OverridePending or ReferralStatus.Overridden)
            ? (ReferralStatus.OverridePending, null)
            : Unless(referral, ReferralStatus.Overridden);
    }

    private static (ReferralStatus Status, string? Refusal) Unless(Referral referral, ReferralStatus next) =>
        referral.Status == next ? Refuse(referral, $"This referral is already {Words.Of(next)}.") : (next, null);

    private static (ReferralStatus Status, string? Refusal) Refuse(Referral referral, string why) => (referral.Status, why);
}
