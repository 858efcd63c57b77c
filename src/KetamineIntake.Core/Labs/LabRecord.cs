using System.Text.Json.Serialization;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>One version of a result and when it reached us.</summary>
public sealed record LabVersion(LabResult Result, Instant ReceivedAt);

/// <summary>All that is known of one result: every version, in the order received. Stored under <c>lab|{patient}|{id}</c>.</summary>
public sealed record LabRecord(string Id, string PatientId, IReadOnlyList<LabVersion> Versions)
{
    // A sender that repeats itself with small changes must not grow one row without end.
    private const int KeptVersions = 50;

    /// <summary>
    /// The version that holds. Where the sender dates every version, the one issued last; where it does not, the one furthest along in a result's life, since
    /// nothing goes back from corrected to final, whatever its time of issue says; for lines typed by staff, who may change their mind, the one typed last. Entered in error often keeps the
    /// first time of issue and counts from its receipt.
    /// </summary>
    [JsonIgnore]
    public LabResult Current => Holding.Result;

    /// <summary><see cref="Current"/> with the time of its receipt.</summary>
    [JsonIgnore]
    internal LabVersion Holding
    {
        get
        {
            var dated = Versions.All(v => v.Result.IssuedAt is not null);
            return Versions.Select((version, index) => (version, index)).MaxBy(v =>
                (dated ? Said(v.version, v.index) : Instant.MinValue, v.version.Result.HasSource ? Rank(v.version.Result) : 0, v.index)).version;
        }
    }

    public static LabRecord First(string patientId, LabResult result, Instant receivedAt) =>
        new(result.Id, patientId, [new LabVersion(result, receivedAt)]);

    /// <summary>
    /// This record with one more version, or null when the version brings nothing new: it equals the one that holds, or is a repeated delivery of an
    /// earlier one that its sender had identified.
    /// </summary>
    /// <param name="isImport">From a file, which is never a change of mind: what stood in it once is known for ever.</param>
    public LabRecord? With(LabResult result, Instant receivedAt, bool isImport = false)
    {
        if (result.Status == LabResultStatus.Appended)
        {
            return LabAddenda.IsKnown(Versions, result) ? null : this with { Versions = [.. Kept(), new LabVersion(LabAddenda.Onto(Current, result), receivedAt)] };
        }

        var known = result.HasSource || isImport ? Versions.Any(v => v.Result.Equals(result)) : Current.Equals(result);
        if (known)
        {
            return null;
        }

        return this with { Versions = [.. Kept(), new LabVersion(result, receivedAt), .. Beside(result).Select(both => new LabVersion(both, receivedAt))] };
    }

    /// <summary>
    /// This record without the value that its sender has taken back on its own, or null when it holds no such value. A panel that has lost a part
    /// counts only by the parts that remain.
    /// </summary>
    /// <param name="sourceId">The id that any one of its names makes.</param>
    public LabRecord? Without(string sourceId, Instant receivedAt)
    {
        var current = Current;
        var isAbsent = current.Absent?.Contains(sourceId, StringComparer.Ordinal) == true;
        if (!isAbsent && !current.Values.Any(v => v.IsNamed(sourceId)))
        {
            return null;
        }

        var values = current.Values.Where(v => !v.IsNamed(sourceId)).ToList();
        // A part that attests nothing, a sodium, takes nothing of what the panel attests with it.
        var attested = isAbsent || current.Values.Any(v => v.IsNamed(sourceId) && current.Codes.Contains(v.Code, StringComparer.Ordinal));
        var codes = attested ? [.. current.Codes.Where(c => values.Exists(v => v.Code == c))] : current.Codes;
        // Even when the same version stood here before: what holds now is another one.
        return this with { Versions = [.. Kept(), new LabVersion(current with { Values = values, Codes = codes, Absent = isAbsent ? null : current.Absent }, receivedAt)] };
    }

    /// <summary>Whether these are two different results under one name: no version has a code in common with the new one.</summary>
    public bool IsAnother(LabResult result) =>
        result.Codes.Count > 0 && Versions.Any(v => v.Result.Codes.Count > 0) && !Versions.Any(v => v.Result.Codes.Intersect(result.Codes, StringComparer.Ordinal).Any());

    /// <summary>Whether a final version stands here already, the result is final too, and no version says its day and its values: two results, and no version of one.</summary>
    public bool IsOfAnother(LabResult result) =>
        result is { Status: LabResultStatus.Final, HasSource: true } && Versions.Any(v => v.Result.Status == LabResultStatus.Final)
        && !Versions.Any(v => v.Result.Counts && v.Result.CollectedOn == result.CollectedOn && v.Result.Values.SequenceEqual(result.Values));

    /// <summary>
    /// Whether the result is a version of this one under another first name. By the resource's address, unless both have numbers and none in common: two
    /// laboratories may count from 1. Or by a number that comes first with one of them: a number behind another one may be that of a whole order.
    /// </summary>
    internal bool Is(LabResult result)
    {
        var hasAddress = result.Address is { } address && Names.Contains(address);
        if (IsAnother(result) && !(hasAddress && result.IsLater))
        {
            return false;
        }

        return hasAddress
            ? result.IsLater || IsSettled(result) || !AreApart(Names.Where(n => n != result.Address), result.AlsoKnownAs.Where(n => n != result.Address))
            : (result.AlsoKnownAs.Contains(Id, StringComparer.Ordinal) || Names.Contains(result.Id)) && (result.IsLater || MayBe(result));
    }

    /// <summary>The result with every report that carries this one: the report that it came with now is one more, not another.</summary>
    internal LabResult InItsReports(LabResult result)
    {
        var fresh = (result.Reports ?? []).Except(Versions.SelectMany(v => v.Result.Reports ?? []), StringComparer.Ordinal).ToList();
        return result.TakesBack || Current.TakesBack ? result : result with { Reports = Merged(Current.Reports, fresh) };
    }

    /// <summary>Whether it came by itself under a report that goes by one of these names.</summary>
    internal bool IsCarriedBy(IReadOnlySet<string> report) => Current.Reports?.Any(r => IsOne(r, report)) == true;

    /// <summary>This record without a report that is taken back: taken back with it, unless another report carries it; null when that changes nothing.</summary>
    internal LabRecord? WithoutReport(IReadOnlySet<string> report, Instant? issuedAt, Instant receivedAt)
    {
        var current = Current;
        if (current.TakesBack)
        {
            return null;
        }

        var others = current.Reports?.Where(r => !IsOne(r, report)).ToList() ?? [];
        var left = others.Count > 0
            ? current with { Reports = others }
            : new LabResult(Id, null, LabResultStatus.Cancelled, [], [], Later(issuedAt, current.IssuedAt), true);
        return left.Equals(current) ? null : this with { Versions = [.. Kept(), new LabVersion(left, receivedAt)] };
    }

    /// <summary>Whether any version goes by one of these names.</summary>
    internal bool IsNamedAny(IReadOnlySet<string> names) => Names.Any(names.Contains);

    private IEnumerable<string> Names => Versions.SelectMany(v => v.Result.AlsoKnownAs).Append(Id);

    // Its correction or retraction is here, and it comes late.
    private bool IsSettled(LabResult result) =>
        Versions.Any(v => v.Result.IsLater && (v.Result.TakesBack || v.Result.CollectedOn == result.CollectedOn));

    // Of the same day; or all we have of it is that it was taken back, and it comes late.
    private bool MayBe(LabResult result) =>
        Versions.Any(v => v.Result.CollectedOn == result.CollectedOn) || Versions.All(v => v.Result.TakesBack);

    // What an addendum was added to comes late; or something new comes that says it was issued after the correction, and nobody can say which of the two is the patient.
    private IEnumerable<LabResult> Beside(LabResult result)
    {
        var current = Current;
        if (result is not { Status: LabResultStatus.Final, Counts: true } || !current.Counts)
        {
            return [];
        }

        var isNew = result.IssuedAt > current.IssuedAt && !Versions.Any(v => v.Result.Status == LabResultStatus.Final && v.Result.Values.SequenceEqual(result.Values));
        return current.Status == LabResultStatus.Appended ? [LabAddenda.Onto(result, current)]
            : IsCorrection(current) && isNew && !result.Values.All(current.Values.Contains) && !Versions.Any(v => v.Result.TakesBack)
                ? [LabAddenda.Onto(current, result) with { Status = current.Status, IssuedAt = current.IssuedAt }]
            : [];
    }

    private static bool IsOne(string report, IReadOnlySet<string> names) => report.Split(' ').Any(names.Contains);

    private static IReadOnlyList<string>? Merged(IReadOnlyList<string>? some, IReadOnlyList<string> more) => more.Count == 0 ? some : [.. some ?? [], .. more];

    private static Instant? Later(Instant? one, Instant? other) => one is { } first && other is { } second ? Instant.Max(first, second) : one ?? other;

    private static bool AreApart(IEnumerable<string> mine, IEnumerable<string> others) =>
        mine.ToHashSet(StringComparer.Ordinal) is { Count: > 0 } known && others.ToList() is { Count: > 0 } names && !names.Exists(known.Contains);

    // The newest, but never without the one that holds.
    private IEnumerable<LabVersion> Kept()
    {
        var holding = Holding;
        var tooMany = Versions.Count - (KeptVersions - 1);
        return tooMany <= 0 ? Versions : Versions.Take(tooMany).Contains(holding) ? Versions.Skip(tooMany + 1).Prepend(holding) : Versions.Skip(tooMany);
    }

    // Corrections often keep the first time of issue, too: one that says no later time than a final version before it counts from its receipt, and none comes before a final version.
    private Instant Said(LabVersion version, int index)
    {
        if (!IsCorrection(version.Result) || Versions.Any(v => v.Result.TakesBack))
        {
            return SaidAt(version);
        }

        var isStale = Versions.Take(index).Any(v => v.Result.Status == LabResultStatus.Final && v.Result.IssuedAt >= version.Result.IssuedAt);
        return Versions.Where(v => v.Result.Status == LabResultStatus.Final).Select(SaidAt).Append(isStale ? version.ReceivedAt : SaidAt(version)).Max();
    }

    private static bool IsCorrection(LabResult result) => result.Status is LabResultStatus.Corrected or LabResultStatus.Amended or LabResultStatus.Appended;

    // A time of issue that has not come yet is a sender's mistake, and must not hold against everything said until then.
    private static Instant SaidAt(LabVersion version) =>
        version.Result.Status == LabResultStatus.EnteredInError ? version.ReceivedAt : Instant.Min(version.ReceivedAt, version.Result.IssuedAt!.Value);

    private static int Rank(LabResult result) => result.Status switch
    {
        LabResultStatus.EnteredInError or LabResultStatus.Cancelled when result.IsTakenBackHere => 3,
        LabResultStatus.EnteredInError or LabResultStatus.Cancelled => 4,
        LabResultStatus.Corrected or LabResultStatus.Amended or LabResultStatus.Appended => 3,
        LabResultStatus.Final => 2,
        LabResultStatus.Preliminary => 1,
        _ => 0,
    };
}
