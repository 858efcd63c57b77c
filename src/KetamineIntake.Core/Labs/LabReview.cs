using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>What follows from one patient's results, visits and requirements. Decided from plain values; <see cref="Changes"/> writes it in one commit.</summary>
/// <param name="Findings">Rules of the labs stage that values raise, worst first; the standing of tests has its flags instead.</param>
internal sealed record LabReview(
    LabCase Case,
    IReadOnlyList<LabStatus> Statuses,
    IReadOnlyList<LabFlagChange> Flags,
    LabLedger Ledger,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<string> Unreadable)
{
    /// <param name="results">The versions that hold.</param>
    public static LabReview Decide(ClinicContext clinic, LabCase patient, IReadOnlyList<LabResult> results, Instant now)
    {
        var today = clinic.DayAt(now);
        var leadDays = clinic.Protocol.Lab.LeadDays;
        var content = clinic.Protocol.Lab;
        IReadOnlyList<LabResult> seen = [.. results, .. WaitingLabs.Unread(clinic, patient)];
        var statuses = LabJudgement.Judge(patient.Requirements(clinic), results, patient.Visits, today, LabFacts.Doubts(seen, content));
        var flags = LabFlags.Decide(patient.Patient.Id, [.. patient.Flags.Select(f => f.Flag)], statuses, today, now, leadDays[0]);
        var after = flags.Select(f => f.Flag).ToList();
        var notices = LabSchedule.Keep(patient.Ledger.Notices, LabSchedule.DueTexts(patient.Patient.Id, after, today, now, leadDays), after);
        // Before acceptance too: whoever decides about the referral has to see an eGFR of 12.
        var (findings, unreadable, restsOn) = patient.Referral is null ? ([], [], _ => seen) : LabAlarm.WithWaiting(clinic, patient, seen, today);
        var ahead = patient.Visits.Where(v => v.Date >= today).ToList();
        var holds = LabHolds.Of(patient.Ledger.Holds ?? [], findings, f => LabHolds.Basis(f, LabFacts.Basis(restsOn(f), content, [.. f.Inputs.Select(i => i.Name)])), ahead);
        var ledger = new LabLedger(patient.Patient.Id, LabSchedule.NextRecheck(statuses, today, leadDays), notices, [])
        {
            Holds = holds.Count == 0 ? null : holds,
            Decisions = patient.Ledger.Decisions,
        };
        return new LabReview(patient, statuses, flags, ledger with { HeldVisits = LabSchedule.Holds(after, ledger, patient.Visits, today) }, findings, unreadable)
        {
            Told = LabHolds.Words(patient.Ledger.Holds ?? [], holds, findings, ahead),
        };
    }

    /// <summary>What staff have to hear of visits that a value holds; null when they have heard it.</summary>
    private string? Told { get; init; }

    /// <summary>Everything that has to be written, in any order; empty when nothing has changed.</summary>
    /// <param name="dueRow">The row of the recheck index that led here; it goes, whatever it says.</param>
    public async Task<List<Change>> ChangesAsync(ClinicContext clinic, Row? dueRow, Instant now, CancellationToken cancellation)
    {
        var changes = new List<Change>();
        foreach (var change in Flags.Where(f => f.Action is not null))
        {
            await LabFlagRows.AddAsync(clinic.Records, Case, change.Flag, changes, cancellation);
        }

        // What is about to be sent was decided without knowing that its visit waits, or waits no more.
        if (Case.Ledger.HoldsVisits != Ledger.HoldsVisits)
        {
            changes.Add(PlanCommit.Touch(Case.Patient.Id, now));
        }

        if (!Case.Ledger.Notices.SequenceEqual(Ledger.Notices) || Case.Ledger.HoldsVisits != Ledger.HoldsVisits)
        {
            changes.Add(Outbox.Row(new Message(Queues.Plans, clinic.Clinic.Slug, Case.Patient.Id), now));
        }

        if (Told is { } words)
        {
            changes.Add(new StaffNote(RowId.New(), NoteKind.Labs, now, Case.Patient.Phone, [Case.Patient.Id], words).Insert());
        }

        await AddIndexAsync(clinic.Records, dueRow, changes, cancellation);
        await AddAlertAsync(clinic.Records, changes, cancellation);
        if (Case.LedgerRow is null)
        {
            changes.Add(new Change.Insert(Rows.LabLedger(Case.Patient.Id), RecordJson.Write(Ledger)));
        }
        else if (changes.Count > 0 || !Case.Ledger.Says(Ledger))
        {
            changes.Add(new Change.Replace(Case.LedgerRow.Key, RecordJson.Write(Ledger), Case.LedgerRow.ETag));
        }

        return changes;
    }

    /// <summary>To be called once the commit has gone through: what was only tried is not counted.</summary>
    public void Count()
    {
        foreach (var change in Flags.Where(f => f.Action is not null))
        {
            Signals.LabFlagged(change);
        }
    }

    private async Task AddIndexAsync(IRecordStore records, Row? dueRow, List<Change> changes, CancellationToken cancellation)
    {
        var wanted = Ledger.RecheckOn is { } day ? Rows.Recheck(day, Case.Patient.Id) : null;
        var standing = Case.Ledger.RecheckOn is { } before ? Rows.Recheck(before, Case.Patient.Id) : null;
        if (dueRow is not null && dueRow.Key != wanted)
        {
            changes.Add(new Change.Delete(dueRow.Key, dueRow.ETag));
        }

        if (standing is not null && standing != wanted && standing != dueRow?.Key && await RecheckRow.FindAsync(records, standing, cancellation) is { } old)
        {
            changes.Add(new Change.Delete(old.Key, old.ETag));
        }

        if (wanted is not null && wanted != standing)
        {
            changes.Add(new Change.Upsert(wanted, ReadOnlyMemory<byte>.Empty));
        }
    }

    private async Task AddAlertAsync(IRecordStore records, List<Change> changes, CancellationToken cancellation)
    {
        var key = Rows.LabAlert(Case.Patient.Id);
        var standing = await records.FindAsync(key, cancellation);
        if (Findings.Count == 0 && Unreadable.Count == 0)
        {
            changes.AddRange(standing is null ? [] : [new Change.Delete(key, standing.ETag)]);
            return;
        }

        var alert = new LabAlert(Case.Patient.Id, LabFlagRows.NameOf(Case.Patient), Case.Referral!.Id, Findings, Unreadable);
        var body = RecordJson.Write(alert);
        if (standing is null || !standing.Body.Span.SequenceEqual(body.Span))
        {
            changes.Add(new Change.Upsert(key, body));
        }
    }
}
