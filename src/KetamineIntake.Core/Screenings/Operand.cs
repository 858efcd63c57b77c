namespace KetamineIntake.Core.Screenings;

/// <summary>What a leaf looks at.</summary>
internal abstract class Operand(string name)
{
    public string Name { get; } = name;

    /// <summary>"Not sure" is as good as empty: nobody must have this value.</summary>
    public virtual bool Optional => false;

    /// <param name="answer">Null unless the state is known.</param>
    public abstract ItemState Read(Frame frame, out Answer? answer);

    public virtual decimal? Number(Answer answer) => (answer as Answer.Number)?.Value;

    public virtual FindingInput Input(Frame frame)
    {
        Read(frame, out var answer);
        return new FindingInput(Name, AnswerText.Of(answer));
    }

    /// <summary>Whether the version that was answered offered not all of these codes.</summary>
    public virtual bool HasNewOption(IReadOnlyList<string> codes, Version answered) => false;

    /// <summary>Notes that the question has to be asked again, because the version that was answered did not offer what a rule looks for.</summary>
    public virtual void ExplainNotOffered(Frame frame, Trace trace) => ExplainUnknown(frame, trace);

    /// <summary>Notes why this is unknown.</summary>
    public virtual void ExplainUnknown(Frame frame, Trace trace) => trace.AddUnsure(Input(frame));
}

internal sealed class ItemOperand(ItemEntry item) : Operand(item.LinkId)
{
    private readonly bool hasNewOptions = item.Item.Codes.Any(o => o.Since is not null);

    public override bool Optional => item.Optional;

    public override ItemState Read(Frame frame, out Answer? answer)
    {
        answer = frame.Answer(item.Ordinal);
        return frame.State(item.Ordinal);
    }

    public override FindingInput Input(Frame frame) => frame.Input(item);

    public override decimal? Number(Answer answer) => item.Number(answer);

    public override bool HasNewOption(IReadOnlyList<string> codes, Version answered) =>
        hasNewOptions && item.Item.Codes.Any(o => o.Since > answered && codes.Contains(o.Code, StringComparer.Ordinal));

    public override void ExplainNotOffered(Frame frame, Trace trace) => trace.AddMissing(item, frame.Input(item));

    public override void ExplainUnknown(Frame frame, Trace trace) => Explain(item, frame, trace);

    /// <summary>The item itself, or, where nobody can say whether it should be asked, the items that decide that.</summary>
    public static void Explain(ItemEntry item, Frame frame, Trace trace)
    {
        switch (frame.State(item.Ordinal))
        {
            case ItemState.Gated:
                item.Enabled!.Explain(frame, trace, Verdict.Unknown);
                break;
            case ItemState.Missing:
                trace.AddMissing(item, frame.Input(item));
                break;
            default:
                trace.AddUnsure(frame.Input(item));
                break;
        }
    }
}

/// <summary>From two items: as unknown as the less known of them.</summary>
internal sealed class BodyMassIndexOperand(ItemEntry weight, ItemEntry height) : Operand(DerivedValues.BodyMassIndex)
{
    private readonly ItemEntry[] both = [weight, height];

    public override ItemState Read(Frame frame, out Answer? answer)
    {
        var (mass, length) = (Number(weight, frame), Number(height, frame));
        answer = mass is { } kilograms && length is > 0 and var centimetres
            ? new Answer.Number(DerivedValues.BodyMassIndexOf(kilograms, centimetres))
            : null;
        return answer is not null ? ItemState.Known
            : Array.Exists(both, i => !i.Optional && Number(i, frame) is null) ? ItemState.Missing
            : ItemState.Blank;
    }

    public override void ExplainUnknown(Frame frame, Trace trace)
    {
        foreach (var item in both.Where(i => !i.Optional && Number(i, frame) is null))
        {
            ItemOperand.Explain(item, frame, trace);
        }
    }

    private static decimal? Number(ItemEntry item, Frame frame) => frame.Answer(item.Ordinal) is { } answer ? item.Number(answer) : null;
}

internal sealed class AgeOperand() : Operand(DerivedValues.Age)
{
    public override ItemState Read(Frame frame, out Answer? answer)
    {
        answer = frame.Age;
        return ItemState.Known;
    }
}

internal sealed class LabOperand(string code) : Operand(code)
{
    public override ItemState Read(Frame frame, out Answer? answer) => Valued(frame.Facts.Labs, Name, out answer);

    public static ItemState Valued(IReadOnlyDictionary<string, Answer>? values, string code, out Answer? answer)
    {
        answer = values?.GetValueOrDefault(code);
        return answer is null ? ItemState.Blank : ItemState.Known;
    }
}

internal sealed class ReadingOperand(string code) : Operand(code)
{
    public override ItemState Read(Frame frame, out Answer? answer) => LabOperand.Valued(frame.Facts.Readings, Name, out answer);
}
