namespace KetamineIntake.Core.Screenings;

/// <summary>What is known of one item at the moment of judging.</summary>
internal enum ItemState
{
    /// <summary>Its conditions are definitely not met: nobody was asked, so it is false.</summary>
    Off,

    /// <summary>Optional and left empty, or a value nobody has: false, shown as not available.</summary>
    Blank,

    /// <summary>Asked and not answered.</summary>
    Missing,

    /// <summary>Nobody can say whether it should be asked, because an answer that decides it is missing or not sure.</summary>
    Gated,

    /// <summary>Answered, perhaps with "not sure".</summary>
    Known,
}

/// <summary>The facts of one screening laid out for the compiled rules: one slot per item, one tally per scale. Used once, by one thread.</summary>
internal sealed class Frame
{
    private readonly ItemState[] states;
    private readonly Answer?[] answers;
    private FindingInput?[]? inputs;

    public Frame(ItemTable items, IReadOnlyList<CompiledScale> scales, ScreeningFacts facts)
    {
        Facts = facts;
        Age = new Answer.Number(facts.Age);
        states = new ItemState[items.Entries.Count];
        answers = new Answer?[items.Entries.Count];
        for (var i = 0; i < states.Length; i++)
        {
            Place(items.Entries[i], facts.Answers);
        }

        Tallies = new ScaleTally[scales.Count];
        for (var i = 0; i < Tallies.Length; i++)
        {
            Tallies[i] = scales[i].Count(this);
        }
    }

    public ScreeningFacts Facts { get; }

    public Answer.Number Age { get; }

    public ScaleTally[] Tallies { get; }

    public ItemState State(int ordinal) => states[ordinal];

    /// <summary>Null unless the state is known.</summary>
    public Answer? Answer(int ordinal) => answers[ordinal];

    /// <summary>The answer as findings show it, worded once for all of them.</summary>
    public FindingInput Input(ItemEntry item)
    {
        inputs ??= new FindingInput?[answers.Length];
        return inputs[item.Ordinal] ??= new FindingInput(item.LinkId, AnswerText.Of(answers[item.Ordinal]));
    }

    /// <summary>
    /// An answer that was given counts unless its item is definitely off: what a patient told us is not discarded over a gate left open. Points of a scale count even then: earlier versions
    /// of the questionnaire took "I do not drink" together with drinks a day, and the worse of the two is believed.
    /// </summary>
    private void Place(ItemEntry item, AnswerSet given)
    {
        var asked = item.Enabled?.Judge(this) ?? Verdict.True;
        var answer = given.Find(item.LinkId);
        if (asked == Verdict.False && !(item.Item.Codes.Count > 0 && answer is Answer.Number { Value: > 0 }))
        {
            return;
        }

        answers[item.Ordinal] = answer;
        states[item.Ordinal] = answer is not null ? ItemState.Known
            : item.Optional ? (asked == Verdict.True ? ItemState.Blank : ItemState.Off)
            : asked == Verdict.True ? ItemState.Missing
            : ItemState.Gated;
    }
}
