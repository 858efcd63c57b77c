using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Results that wait for staff, and what settles them without staff: their laboratory takes them back, or sends the same with what they lacked.</summary>
/// <param name="Decision">taken-back or repeated.</param>
/// <param name="IsEarly">It comes after what settles it and has never waited: it has no row yet.</param>
internal sealed record SettledLab(UnplacedLab Waiting, string Decision, bool IsEarly = false)
{
    private const string TakenBack = "taken-back";
    private const string Repeated = "repeated";

    /// <summary>Those that wait already and are settled by what comes in.</summary>
    public static IReadOnlyList<SettledLab> Of(LabCase patient, IReadOnlyList<LabResult> results)
    {
        var backs = results.Where(r => r is { TakesBack: true, HasSource: true }).SelectMany(back => NamedBy(patient.Unplaced, back)).Distinct().ToList();
        return
        [
            .. backs.Select(u => new SettledLab(u, TakenBack)),
            .. patient.Unplaced.Except(backs).Where(u => results.Any(r => !IsStored(patient, r) && IsWhole(u.What, r))).Select(u => new SettledLab(u, Repeated)),
        ];
    }

    /// <summary>Those that come in after what settles them was stored; null for one that waits. By its address, or by a number beside its own code: a number alone may be that of a tube, and what else comes from it is not known yet.</summary>
    public static SettledLab? Before(LabCase patient, IReadOnlyList<LabResult> results, UnplacedLab fresh)
    {
        var holding = patient.Records.Select(r => r.Record.Holding).ToList();
        return holding.Any(v => v.Result is { TakesBack: true, HasSource: true } && !IsLater(fresh.What, v) && IsMeant(fresh.What, Names(v.Result))) ? new SettledLab(fresh, TakenBack, IsEarly: true)
            : holding.Select(v => v.Result).Concat(results).Any(r => IsSame(fresh.What, r)) ? new SettledLab(fresh, Repeated, IsEarly: true)
            : null;
    }

    /// <summary>Its row as a person's decision would leave it; the one that waits goes.</summary>
    public IEnumerable<Change> Closing(Row? row, string by, Instant now)
    {
        var closed = Rows.PlacedLab(Waiting.PatientId, Waiting.What.Id);
        var body = RecordJson.Write(Waiting with { Decision = Decision, By = by, DecidedAt = now });
        Change[] changes = [new Change.Upsert(closed, body), new AuditEntry(now, by, "unplaced-lab." + Decision, closed).ToChange()];
        return row is null ? changes : changes.Prepend(new Change.Delete(row.Key, row.ETag));
    }

    private static bool IsMeant(UnplacedResult fresh, HashSet<string> names) => fresh.IsNamed(names) || fresh.IsCoded(names);

    private static HashSet<string> Names(LabResult back) => back.AlsoKnownAs.Append(back.Id).Concat(back.Withdraws).ToHashSet(StringComparer.Ordinal);

    // By the address of the resource, or by a number that no other one that waits has.
    private static IEnumerable<UnplacedLab> NamedBy(IReadOnlyList<UnplacedLab> waiting, LabResult back)
    {
        var ids = Names(back);
        var numbered = waiting.Where(u => u.What.IsNumbered(ids)).ToList();
        return waiting.Where(u => u.What.IsNamed(ids) || (numbered is [var only] && only == u));
    }

    // Entered in error often keeps the first time of issue, so only its receipt tells when it was said.
    private static bool IsLater(UnplacedResult waiting, LabVersion retraction) =>
        waiting.IssuedAt is { } issued && (retraction.Result.Status == LabResultStatus.EnteredInError ? retraction.ReceivedAt : retraction.Result.IssuedAt) is { } back && issued > back;

    // What comes by its name, complete and no older. An original settles no correction, and a result that came before settles nothing.
    private static bool IsWhole(UnplacedResult waiting, LabResult result)
    {
        if (!result.Counts || waiting.Reason is not (UnplacedReason.NoCode or UnplacedReason.NoDate) || result.IssuedAt < waiting.IssuedAt || (IsLater(waiting) && !result.IsLater))
        {
            return false;
        }

        return Shares(waiting, result) || IsSame(waiting, result);
    }

    // The same value once more without its day, under the same name or under none.
    private static bool IsSame(UnplacedResult waiting, LabResult result) =>
        waiting is { Reason: UnplacedReason.NoDate, Result: { } undated } && result.Counts && undated.Values.Count > 0 && undated.IssuedAt == result.IssuedAt && IsLater(waiting) == result.IsLater
        && (undated.AlsoKnownAs.Count == 0 || Shares(waiting, result))
        && undated.Codes.SequenceEqual(result.Codes, StringComparer.Ordinal) && undated.Values.Select(v => v with { Day = null }).SequenceEqual(result.Values.Select(v => v with { Day = null }));

    private static bool IsLater(UnplacedResult waiting) => waiting.Result?.IsLater ?? waiting.Sent?.IsLater ?? false;

    private static bool Shares(UnplacedResult waiting, LabResult result) => waiting.IsNamed(result.AlsoKnownAs.Append(result.Id).ToHashSet(StringComparer.Ordinal));

    private static bool IsStored(LabCase patient, LabResult result) =>
        patient.Records.Any(r => r.Record.Versions.Any(v => v.Result with { Id = result.Id } is var known && known.Equals(result with { Reports = known.Reports })));
}
