using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>A value as it was sent, before the questionnaire says what it should have been.</summary>
public abstract record RawValue
{
    private RawValue()
    {
    }

    /// <summary>A JSON string.</summary>
    public sealed record Word(string Value) : RawValue;

    /// <summary>A JSON number. Null when no decimal can hold it.</summary>
    public sealed record Number(decimal? Value) : RawValue;

    /// <summary>A JSON boolean.</summary>
    public sealed record Flag(bool Value) : RawValue;

    /// <summary>A JSON array, or the repeated answers of one FHIR item.</summary>
    public sealed record Sequence(IReadOnlyList<RawValue> Values) : RawValue;

    /// <summary>A JSON object, which no question takes.</summary>
    public sealed record Composite : RawValue;

    /// <summary>An explicit null: neither an answer nor its absence.</summary>
    public sealed record Null : RawValue;

    /// <summary>What a person typed or ticked in a form. Blank is unanswered; numbers and scale codes are text here.</summary>
    public sealed record Typed(IReadOnlyList<string> Values) : RawValue
    {
        public Typed(string? value)
            : this(value is null ? [] : [value])
        {
        }
    }

    /// <summary>The code of a FHIR valueCoding; a scale's "2" is a code here, not a number.</summary>
    public sealed record Code(string Value) : RawValue;

    /// <summary>FHIR data-absent-reason asked-unknown.</summary>
    public sealed record AskedUnknown : RawValue;
}

/// <summary>One answer as sent, with its place in the submitted document.</summary>
public sealed record RawAnswer(string LinkId, string Pointer, RawValue Value);

/// <summary>What became of one value: an answer, a fault, or (both null) nothing: the question is unanswered.</summary>
public readonly record struct ItemReading(Answer? Answer, string? Fault)
{
    public static readonly ItemReading Unanswered;

    public static ItemReading Of(Answer answer) => new(answer, null);

    public static ItemReading Faulty(string detail) => new(null, detail);

    /// <summary>What is wrong, for the person who filled it in.</summary>
    public FaultWords? Words { get; init; }

    // The words say to a person what the fault says to a program.
    public bool Equals(ItemReading other) => Equals(Answer, other.Answer) && Fault == other.Fault;

    public override int GetHashCode() => HashCode.Combine(Answer, Fault);

    public static ItemReading Faulty(FaultWords words) => new(null, words.English) { Words = words };
}
