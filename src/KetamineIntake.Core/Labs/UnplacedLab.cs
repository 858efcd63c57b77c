using System.Text.Json.Serialization;
using KetamineIntake.Core.Labs.Fhir;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Why a result could not be placed by itself. Stored by name.</summary>
public enum UnplacedReason
{
    /// <summary>It has its laboratory's own code only: which test it is, somebody has to say.</summary>
    NoCode,

    /// <summary>It says when it was issued and not when it was collected.</summary>
    NoDate,

    /// <summary>It corrects something, and nothing or more than one thing that is stored goes by its names.</summary>
    NoOriginal,

    /// <summary>It names somebody else, who may have been born on the same day.</summary>
    AnotherPerson,
}

/// <summary>A result that a person has to match, as its document says it.</summary>
/// <param name="Id">The same content makes the same id, so that it is kept once however often it comes.</param>
/// <param name="Words">What its laboratory calls it.</param>
/// <param name="Values">As sent.</param>
/// <param name="Result">All but the day, where nothing else is missing; else null.</param>
public sealed record UnplacedResult(
    string Id, UnplacedReason Reason, string Words, string Status, LocalDate? CollectedOn, Instant? IssuedAt, IReadOnlyList<string> Values, LabResult? Result)
{
    /// <summary>All but the code, which a person has to say, and its names by number; null where <see cref="Result"/> has it, and in what was stored before it was kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LabResult? Sent { get; init; }

    /// <summary>Its laboratory's numbers for it, as sent: they make names only together with the test.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Numbers { get; init; }

    /// <summary>Names of our kinds that it has a value of, by its words or by the codes of its components; null where it has none, and in what was stored before they were kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Named { get; init; }

    /// <summary>LOINC codes that it came under, none of them listed here: with a number of its laboratory each makes a name. Null when it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Loincs { get; init; }

    /// <summary>Staff hear of it by a note: what is stored may be wrong, or a value that matters waits.</summary>
    [JsonIgnore]
    public bool IsToBeTold => Reason != UnplacedReason.NoCode || Named is not null || LabKinds.NamedIn(Words).Count > 0;

    /// <summary>Kinds whose tests are open while it waits: it has a value of them that nobody has read.</summary>
    [JsonIgnore]
    internal IEnumerable<LabKind> Kinds => Named is { } named ? LabKinds.All.Where(k => named.Contains(k.Name, StringComparer.Ordinal))
        : Result is null && Values.Count > 0 ? LabKinds.NamedIn(Words).Where(k => k.IsMeasured) : [];

    /// <summary>Whether one of these ids is that of the result itself; a number alone is not, it may be that of a tube.</summary>
    internal bool IsNamed(IReadOnlySet<string> ids) =>
        (Result?.AlsoKnownAs ?? Sent?.AlsoKnownAs ?? []).Any(ids.Contains);

    /// <summary>Whether these ids say one of its numbers beside a code that it came under.</summary>
    internal bool IsCoded(IReadOnlySet<string> ids) => (Numbers ?? []).Any(number => Coded(number).Any(ids.Contains));

    /// <summary>Whether these ids say one of its numbers, of whatever test: so does what has only its laboratory's own code.</summary>
    internal bool IsNumbered(IReadOnlySet<string> ids) =>
        IsCoded(ids) || (Numbers ?? []).Any(number => LabKinds.All.All(kind => ids.Contains(FhirIdentity.NumberOf(number, kind.Name))));

    /// <summary>The result as a person says what it is of: a test, or one of our kinds. Its value, names and status stay.</summary>
    internal LabResult As(string said, LocalDate collectedOn)
    {
        if (Sent is not { } sent)
        {
            return LabResultReader.Typed(said, collectedOn, LabResultStatus.Final);
        }

        var kind = LabKinds.All.FirstOrDefault(k => k.Name == said);
        var code = kind?.Codes[0] ?? said;
        var kinds = kind is null ? LabKinds.All.Where(k => k.Tests.Contains(said, StringComparer.Ordinal)) : [kind];
        IReadOnlyList<string> names = [.. (Numbers ?? []).SelectMany(number => kinds.Select(k => FhirIdentity.NumberOf(number, k.Name)).Concat(Coded(number))), .. sent.AlsoKnownAs];
        return sent with
        {
            Id = names.Count > 0 ? names[0] : LabIds.Of("lab-placed", Id),
            AlsoKnownAs = names,
            Address = sent.AlsoKnownAs is [var address] ? address : null,
            HasSource = names.Count > 0,
            CollectedOn = collectedOn,
            Codes = [code],
            Values = [.. sent.Values.Select(v => v with { Code = code })],
        };
    }

    private IEnumerable<string> Coded(string number) => (Loincs ?? []).Select(code => FhirIdentity.NumberOf(number, code));
}

/// <summary>A result that waits for a person, or was dealt with. Stored under <c>labunplaced|{patient}|{id}</c> while it waits, then under <c>labplaced|...</c>.</summary>
/// <param name="By">Id of the staff key that dealt with it, or brought what settles it; null while it waits.</param>
/// <param name="Decision">match, dismiss, or taken-back and repeated where its laboratory took it back or sent it again with what it lacked.</param>
public sealed record UnplacedLab(
    string PatientId, string PatientName, UnplacedResult What, Instant ReceivedAt, string? Decision = null, string? By = null, Instant? DecidedAt = null);
