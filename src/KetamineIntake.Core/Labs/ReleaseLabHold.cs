using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>What became of a decision that visits go ahead.</summary>
public abstract record ReleaseOutcome
{
    private ReleaseOutcome()
    {
    }

    public sealed record Released(LabView View) : ReleaseOutcome;

    /// <summary>A second person, with another key, has to say the same.</summary>
    public sealed record AwaitingSecond(LabView View) : ReleaseOutcome;

    /// <summary>This clinic has no such patient, or nothing of that name holds their visits.</summary>
    public sealed record NotFound : ReleaseOutcome;

    /// <summary>It rests on other values than those that were seen.</summary>
    public sealed record Changed : ReleaseOutcome;

    /// <summary>The same person said it before.</summary>
    public sealed record NeedsAnother : ReleaseOutcome;
}

/// <summary>Lets visits go ahead in spite of a laboratory value that contraindicates: two people, each with a key of their own.</summary>
public sealed class ReleaseLabHold(IClock clock)
{
    private const int Attempts = 5;

    /// <param name="rule">Id of the rule whose finding holds the visits.</param>
    /// <param name="basis">Of the hold as it was shown (<see cref="LabHold.Basis"/>): a decision counts for that alone.</param>
    /// <exception cref="RecordStoreException">The store could not answer, or others kept changing the same patient.</exception>
    public async Task<ReleaseOutcome> RunAsync(ClinicContext clinic, string patientId, string rule, string basis, string reason, StaffMember by, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.GetCurrentInstant();
            if (await LabCase.LoadAsync(clinic, patientId, cancellation) is not { LedgerRow: not null } patient)
            {
                return new ReleaseOutcome.NotFound();
            }

            IReadOnlyList<LabResult> results = [.. patient.Records.Select(r => r.Record.Current)];
            var seen = LabReview.Decide(clinic, patient, results, now);
            if (seen.Ledger.Holds?.FirstOrDefault(h => h.Rule == rule && h.Stands) is not { } hold)
            {
                return new ReleaseOutcome.NotFound();
            }

            if (hold.Basis != basis)
            {
                return new ReleaseOutcome.Changed();
            }

            if (hold.Release?.By == by.Id)
            {
                return new ReleaseOutcome.NeedsAnother();
            }

            // On top of what is stored: what is new since, another hold or a visit, staff still have to be told.
            var stored = patient.Ledger.Holds ?? [];
            var decided = hold with
            {
                Told = stored.FirstOrDefault(h => h.Rule == rule && h.Basis == basis)?.Told ?? [],
                Release = hold.Release is { } first ? first with { SecondBy = by.Id, SecondAt = now, SecondReason = reason } : new LabRelease(by.Id, now, reason),
            };
            var before = patient.Ledger with
            {
                Holds = [.. stored.Where(h => h.Rule != rule), decided],
                Decisions = [.. patient.Ledger.Decisions ?? [], new LabHoldDecision(rule, basis, by.Id, now, reason)],
            };
            var review = LabReview.Decide(clinic, patient with { Ledger = before }, results, now) with { Case = patient };
            var changes = await review.ChangesAsync(clinic, null, now, cancellation);
            AddLabResults.Touch(changes, review);
            changes.Add(new AuditEntry(now, by.Id, "lab-hold.release", $"{Rows.LabLedger(patientId)}|{rule}").ToChange());
            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                var view = LabView.Of(review, results);
                return decided.Stands ? new ReleaseOutcome.AwaitingSecond(view) : new ReleaseOutcome.Released(view);
            }
        }

        throw RecordStoreException.Contended("The laboratory tests of one patient were changed by others at the same time, again and again.");
    }
}
