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
    /// nothing goes back from corrected to final; for lines typed by staff, who may change their mind, the one typed last. Entered in error often keeps the
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
                (dated ? SaidAt(v.version) : Instant.MinValue, v.version.Result.HasSource ? Rank(v.version.Result.Status) : 0, v.index)).version;
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
        var known = result.HasSource || isImport ? Versions.Any(v => v.Result.Equals(result)) : Current.Equals(result);
        return known ? null : this with { Versions = [.. Kept(), new LabVersion(result, receivedAt)] };
    }

    /// <summary>
    /// This record without the value that its sender has taken back on its own, or null when it holds no such value. A panel that has lost a part
    /// counts only by the parts that remain.
    /// </summary>
    /// <param name="sourceId">The id that any one of its names makes.</param>
    public LabRecord? Without(string sourceId, Instant receivedAt)
    {
        var current = Current;
        if (!current.Values.Any(v => v.IsNamed(sourceId)))
        {
            return null;
        }

        var values = current.Values.Where(v => !v.IsNamed(sourceId)).ToList();
        // A part that attests nothing, a sodium, takes nothing of what the panel attests with it.
        var attested = current.Values.Any(v => v.IsNamed(sourceId) && current.Codes.Contains(v.Code, StringComparer.Ordinal));
        var codes = attested ? [.. current.Codes.Where(c => values.Exists(v => v.Code == c))] : current.Codes;
        // Even when the same version stood here before: what holds now is another one.
        return this with { Versions = [.. Kept(), new LabVersion(current with { Values = values, Codes = codes }, receivedAt)] };
    }

    /// <summary>Whether these are two different results under one name: no version has a code in common with the new one.</summary>
    public bool IsAnother(LabResult result) =>
        result.Codes.Count > 0 && Versions.Any(v => v.Result.Codes.Count > 0) && !Versions.Any(v => v.Result.Codes.Intersect(result.Codes, StringComparer.Ordinal).Any());

    /// <summary>Whether the result goes by a name that a version of this one goes by too.</summary>
    internal bool SharesName(LabResult result) => IsNamedAny(result.AlsoKnownAs.ToHashSet(StringComparer.Ordinal));

    internal bool IsNamedAny(IReadOnlySet<string> names) => names.Contains(Id) || Versions.Any(v => v.Result.AlsoKnownAs.Any(names.Contains));

    /// <summary>Whether the result can be the one that came late: all we have of it is that it was taken back, or its correction.</summary>
    internal bool AwaitsOriginal(LabResult result) =>
        Versions.All(v => v.Result.TakesBack)
        || Versions.Any(v => v.Result.Status is LabResultStatus.Corrected or LabResultStatus.Amended && v.Result.CollectedOn == result.CollectedOn);

    // The newest, but never without the one that holds.
    private IEnumerable<LabVersion> Kept()
    {
        var holding = Holding;
        var tooMany = Versions.Count - (KeptVersions - 1);
        return tooMany <= 0 ? Versions : Versions.Take(tooMany).Contains(holding) ? Versions.Skip(tooMany + 1).Prepend(holding) : Versions.Skip(tooMany);
    }

    private static Instant SaidAt(LabVersion version) =>
        version.Result.Status == LabResultStatus.EnteredInError ? Instant.Max(version.ReceivedAt, version.Result.IssuedAt!.Value) : version.Result.IssuedAt!.Value;

    private static int Rank(LabResultStatus status) => status switch
    {
        LabResultStatus.EnteredInError or LabResultStatus.Cancelled => 4,
        LabResultStatus.Corrected or LabResultStatus.Amended => 3,
        LabResultStatus.Final => 2,
        LabResultStatus.Preliminary => 1,
        _ => 0,
    };
}
