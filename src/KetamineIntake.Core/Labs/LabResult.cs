using System.Text.Json.Serialization;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>How far a result has come, in FHIR's words. Only final, amended and corrected results count.</summary>
public enum LabResultStatus
{
    /// <summary>Not stated, or a word we do not know: never counts.</summary>
    Unknown,
    Registered,
    Preliminary,
    Final,
    Amended,
    Corrected,

    /// <summary>A report that was final and has an addendum: what stood before still stands, and the addendum beside it. Of reports alone.</summary>
    Appended,

    /// <summary>Never done, or withdrawn: takes an earlier version back.</summary>
    Cancelled,

    /// <summary>Takes an earlier version back.</summary>
    EnteredInError,
}

/// <summary>One result, as one report of a laboratory or one line typed by staff says it.</summary>
/// <param name="Id">Made from the sender's own identifier (else from content), so that a correction meets the version it corrects.</param>
/// <param name="CollectedOn">The clinic's day on which the specimen was taken or the ECG written, never the day of the report; null when unknown, and then nothing counts.</param>
/// <param name="Codes">What it is of: LOINC codes, or the name of a test for a line typed by staff; <see cref="Attested"/> are those that count.</param>
/// <param name="Values">Numbers and words as sent, whether or not a rule looks at them.</param>
/// <param name="IssuedAt">When the sender made this version available; orders versions that arrive out of order.</param>
/// <param name="HasSource">The sender identified it, so that the same version seen again is a delivery repeated rather than a change of mind.</param>
public sealed record LabResult(
    string Id,
    LocalDate? CollectedOn,
    LabResultStatus Status,
    IReadOnlyList<string> Codes,
    IReadOnlyList<LabValue> Values,
    Instant? IssuedAt,
    bool HasSource)
{
    /// <summary>Ids made from every name that its sender gave it; <see cref="Id"/> is made from the first. Empty when the sender did not identify it.</summary>
    public IReadOnlyList<string> AlsoKnownAs { get; init; } = [];

    /// <summary>
    /// Reports, themselves no test of ours, that carry it: it goes when the last of them is taken back. Of each the ids that its names make, with spaces between.
    /// Null when it came by itself.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Reports { get; init; }

    /// <summary>Ids of parts that a panel names and that did not come with it; when one of them fails, the panel is no longer whole. Null when all came.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Absent { get; init; }

    /// <summary>A person of the clinic took it back: a correction that the laboratory sends later holds against it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsTakenBackHere { get; init; }

    /// <summary>Which of its names is the resource's address, if it has one: unlike a number, no other resource of its sender has it. Not stored.</summary>
    [JsonIgnore]
    internal string? Address { get; init; }

    /// <summary>Of no test of ours: worth keeping only as a retraction of something that is stored under its name. Not stored.</summary>
    [JsonIgnore]
    internal bool IsForeign { get; init; }

    /// <summary>Ids of results that a report that is taken back takes with it where they came by themselves. Not stored.</summary>
    [JsonIgnore]
    internal IReadOnlyList<string> Withdraws { get; init; } = [];

    /// <summary>
    /// A correction that has only its laboratory's own code, or no day: to be placed by the one stored result that goes by its names, and to be kept like this where there is none or several.
    /// Not stored.
    /// </summary>
    [JsonIgnore]
    internal UnplacedResult? Otherwise { get; init; }

    /// <summary>Which test it is of, only what it corrects can say; one that has a code of ours wants the day alone.</summary>
    [JsonIgnore]
    internal bool IsLocalCorrection => Otherwise is not null && Codes.Count == 0;

    [JsonIgnore]
    public bool Counts => IsCounting(Status) && CollectedOn is not null;

    internal static bool IsCounting(LabResultStatus status) =>
        status is LabResultStatus.Final or LabResultStatus.Amended or LabResultStatus.Corrected or LabResultStatus.Appended;

    /// <summary>Its codes without the quantities of which it has only words: "test not performed" is kept, and is no test.</summary>
    [JsonIgnore]
    internal IEnumerable<string> Attested => Codes.Where(code => Values.Where(v => v.Code == code).Select(LabKinds.IsDone).DefaultIfEmpty(true).Any(done => done));

    [JsonIgnore]
    public bool TakesBack => Status is LabResultStatus.Cancelled or LabResultStatus.EnteredInError || IsEmptied;

    /// <summary>Corrected to nothing: what it said before no longer holds.</summary>
    [JsonIgnore]
    internal bool IsEmptied => Status is LabResultStatus.Corrected or LabResultStatus.Amended && CollectedOn is null && Codes.Count == 0;

    /// <summary>Corrected, amended or taken back: about a result that was sent before.</summary>
    [JsonIgnore]
    internal bool IsLater => TakesBack || Status is LabResultStatus.Corrected or LabResultStatus.Amended or LabResultStatus.Appended;

    public bool Equals(LabResult? other) =>
        other is not null && Id == other.Id && CollectedOn == other.CollectedOn && Status == other.Status && IssuedAt == other.IssuedAt
        && HasSource == other.HasSource && IsTakenBackHere == other.IsTakenBackHere && (Reports ?? []).SequenceEqual(other.Reports ?? [], StringComparer.Ordinal) && Codes.SequenceEqual(other.Codes, StringComparer.Ordinal) && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Id, CollectedOn, Status, IssuedAt, Codes.Count, Values.Count);
}

/// <summary>One value of a result, as sent. Conversion happens where a rule looks at it, so that nothing sent is lost.</summary>
/// <param name="Code">LOINC.</param>
/// <param name="SourceId">
/// Ids of the observation inside a report, one for each of its names, with spaces between, so that it can be taken back on its own; null when its sender does
/// not identify it.
/// </param>
/// <param name="Number">Null when the value is words.</param>
/// <param name="Comparator">&lt; &lt;= &gt;= &gt; as sent; null for an exact number.</param>
/// <param name="Unit">UCUM code or the words the laboratory used; null when it sent none.</param>
/// <param name="Low">Of the reference range, in the value's unit unless <see cref="RangeUnit"/> says otherwise.</param>
/// <param name="High">Of the reference range, likewise.</param>
/// <param name="Text">A value in words: an ECG impression, "positive".</param>
public sealed record LabValue(
    string Code, string? SourceId, decimal? Number, string? Comparator, string? Unit, decimal? Low, decimal? High, string? Text)
{
    /// <summary>Unit of the reference range where it is written in another one than the value; null when it is the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RangeUnit { get; init; }

    /// <summary>The day of this value where it is another one than the result's, which counts from its oldest part; null when it is the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LocalDate? Day { get; init; }

    /// <summary>Every reference range as sent, where <see cref="Low"/> and <see cref="High"/> do not say it all; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LabRange>? Ranges { get; init; }

    /// <summary>
    /// A value was sent and nobody here understands it (a number in words' place, a range, a sign that FHIR does not have, an interpretation alone); <see cref="Text"/> is what was
    /// sent. Named to the clinician, and no test.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsNotUnderstood { get; init; }

    /// <summary>Each of the ids that its sender's names make; empty when there is none.</summary>
    [JsonIgnore]
    internal IReadOnlyList<string> Names => SourceId?.Split(' ') ?? [];

    internal bool IsNamed(string id) => Names.Contains(id, StringComparer.Ordinal);

    public bool Equals(LabValue? other) =>
        other is not null
        && (Code, SourceId, Number, Comparator, Unit, Low, High) == (other.Code, other.SourceId, other.Number, other.Comparator, other.Unit, other.Low, other.High)
        && (Text, RangeUnit, Day, IsNotUnderstood) == (other.Text, other.RangeUnit, other.Day, other.IsNotUnderstood)
        && (Ranges ?? []).SequenceEqual(other.Ranges ?? []);

    public override int GetHashCode() => HashCode.Combine(Code, SourceId, Number, Comparator, Unit, Text, Day);
}

/// <summary>One reference range as sent.</summary>
/// <param name="Unit">Null when none was sent.</param>
/// <param name="Meaning">The type's code or words, such as normal or treatment; null when none was sent, which means normal.</param>
public sealed record LabRange(decimal? Low, decimal? High, string? Unit, string? Meaning);
