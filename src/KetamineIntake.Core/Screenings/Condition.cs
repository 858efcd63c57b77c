using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>The small condition tree of a rule, as read from rules.json. Judged in three-valued logic.</summary>
public abstract record Condition
{
    private Condition()
    {
    }

    public sealed record All(IReadOnlyList<Condition> Of) : Condition;

    public sealed record Any(IReadOnlyList<Condition> Of) : Condition;

    public sealed record Not(Condition Of) : Condition;

    /// <summary>The subject's code is one of these. Listing "not-sure" makes a not-sure answer true instead of unknown.</summary>
    public sealed record Is(Subject Subject, IReadOnlyList<string> Codes) : Condition;

    /// <summary>The repeating choice holds at least one of these codes.</summary>
    public sealed record Includes(Subject Subject, IReadOnlyList<string> Codes) : Condition;

    /// <summary>The number is this or more (inclusive).</summary>
    public sealed record AtLeast(Subject Subject, decimal Value) : Condition;

    /// <summary>The number is this or less (inclusive).</summary>
    public sealed record AtMost(Subject Subject, decimal Value) : Condition;

    /// <summary>The date lies no further back than the period before the day of judging (that day and the first day of the period included).</summary>
    public sealed record Within(Subject Subject, Period Period) : Condition;

    /// <summary>
    /// The text is not made of these words alone, at least one of them. Answered "not sure" it is not: nobody can read what was not said.
    /// </summary>
    public sealed record SaysMore(Subject Subject, WordList List) : Condition;

    /// <summary>The item is enabled and has no answer ("not-sure" is an answer), or, with <paramref name="Expected"/> false, has one. Never unknown.</summary>
    public sealed record Unanswered(Subject Subject, bool Expected = true) : Condition;
}

/// <summary>Words that a text may be made of. Whole words, without regard to case or accents.</summary>
/// <param name="Name">In the documents.</param>
/// <param name="Between">Words that may stand between and say nothing alone: "mild", "and".</param>
public sealed record WordList(string Name, IReadOnlyList<string> Words, IReadOnlyList<string> Between);

/// <summary>What a condition looks at.</summary>
public abstract record Subject(string Name)
{
    /// <summary>A questionnaire item, by linkId.</summary>
    public sealed record Item(string LinkId) : Subject(LinkId);

    /// <summary>The total of a scale: phq9, gad7, pcptsd5, auditc, or a clinic-loaded one (then not available until loaded).</summary>
    public sealed record Scale(string Id) : Subject(Id);

    /// <summary>A laboratory value by its protocol code; not available at intake.</summary>
    public sealed record Lab(string Code) : Subject(Code);

    /// <summary>A day-of reading or statement by its protocol code; not available at intake.</summary>
    public sealed record Reading(string Code) : Subject(Code);

    /// <summary>
    /// A value worked out from the record: "age" in completed years on the day of judging, in the clinic's zone; "bmi" from the reported weight and height, to
    /// one decimal, not available without both.
    /// </summary>
    public sealed record Derived(string Value) : Subject(Value);
}
