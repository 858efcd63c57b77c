using System.Globalization;
using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>A question put to one answer or value.</summary>
internal abstract class Leaf(Operand operand) : Clause
{
    protected Operand Operand => operand;

    /// <summary>What "not sure" means to this leaf.</summary>
    protected virtual Verdict NotSure => operand.Optional ? Verdict.False : Verdict.Unknown;

    public override Verdict Judge(Frame frame) => operand.Read(frame, out var answer) switch
    {
        ItemState.Known => answer is Answer.NotSure ? NotSure : Test(answer!, frame),
        ItemState.Missing or ItemState.Gated => Verdict.Unknown,
        _ => Verdict.False,
    };

    public override void Explain(Frame frame, Trace trace, Verdict verdict)
    {
        if (verdict == Verdict.Unknown)
        {
            operand.ExplainUnknown(frame, trace);
        }
        else
        {
            trace.Add(operand.Input(frame));
        }
    }

    /// <summary>An answer of a kind that this leaf cannot read is unknown, never no.</summary>
    protected abstract Verdict Test(Answer answer, Frame frame);

    protected static Verdict Known(bool holds) => holds ? Verdict.True : Verdict.False;
}

/// <summary>The answer is, or for a repeating choice holds, one of the codes.</summary>
internal sealed class CodeLeaf(Operand operand, IEnumerable<string> codes) : Leaf(operand)
{
    private readonly string[] codes = [.. codes];
    private readonly decimal[] numbers = [.. codes.Select(Parse).OfType<decimal>()];
    private readonly bool onlyNotSure = codes.All(c => c == AnswerText.NotSure);

    protected override Verdict NotSure => codes.Contains(AnswerText.NotSure, StringComparer.Ordinal) ? Verdict.True : base.NotSure;

    public override void Explain(Frame frame, Trace trace, Verdict verdict)
    {
        if (verdict == Verdict.Unknown && Operand.Read(frame, out var answer) == ItemState.Known && answer is Answer.Choice or Answer.Choices)
        {
            // Answered, but not asked this: it has to be asked again.
            Operand.ExplainNotOffered(frame, trace);
            return;
        }

        base.Explain(frame, trace, verdict);
    }

    protected override Verdict Test(Answer answer, Frame frame) => answer switch
    {
        Answer.Choice choice => Listed(Lists(choice.Code), frame),
        Answer.Choices choices => Listed(ListsOneOf(choices.Codes), frame),
        Answer.Number number => Known(Array.IndexOf(numbers, number.Value) >= 0),
        // Of a date or a text only "not sure" can be asked, and it is another answer.
        _ when onlyNotSure => Verdict.False,
        _ => Verdict.Unknown,
    };

    private Verdict Listed(bool isListed, Frame frame) =>
        isListed ? Verdict.True
        : frame.Facts.Answered is { } answered && Operand.HasNewOption(codes, answered) ? Verdict.Unknown
        : Verdict.False;

    private bool ListsOneOf(IReadOnlyList<string> given)
    {
        for (var i = 0; i < given.Count; i++)
        {
            if (Lists(given[i]))
            {
                return true;
            }
        }

        return false;
    }

    private bool Lists(string given)
    {
        foreach (var code in codes)
        {
            if (string.Equals(code, given, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static decimal? Parse(string code) =>
        decimal.TryParse(code, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>The text is not made of the list's words alone.</summary>
internal sealed class WordsLeaf(Operand operand, WordList list) : Leaf(operand)
{
    private readonly HashSet<string> words = [.. list.Words.SelectMany(PlainWords.Of)];
    private readonly HashSet<string> between = [.. list.Between.SelectMany(PlainWords.Of)];

    protected override Verdict NotSure => Verdict.True;

    protected override Verdict Test(Answer answer, Frame frame) =>
        answer is Answer.Text text ? Known(SaysMore([.. PlainWords.Of(text.Value)])) : Verdict.Unknown;

    private bool SaysMore(List<string> said) => !said.Exists(words.Contains) || said.Exists(w => !words.Contains(w) && !between.Contains(w));
}

/// <summary>The number lies between two bounds, both inclusive.</summary>
internal sealed class NumberLeaf(Operand operand, decimal least, decimal most) : Leaf(operand)
{
    protected override Verdict Test(Answer answer, Frame frame) =>
        Operand.Number(answer) is { } number ? Known(number >= least && number <= most) : Verdict.Unknown;
}

/// <summary>The date lies in the period that ends on the day of judging; both ends count. A date in the future, which intake refuses, counts as recent.</summary>
internal sealed class WithinLeaf(Operand operand, Period period) : Leaf(operand)
{
    protected override Verdict Test(Answer answer, Frame frame)
    {
        if (answer is not Answer.Date date)
        {
            return Verdict.Unknown;
        }

        var first = frame.Facts.Today - period;
        return date.Value.Earliest >= first ? Verdict.True
            : date.Value.Latest < first ? Verdict.False
            : Verdict.Unknown;
    }
}

/// <summary>Whether an item that is asked has an answer; "not sure" is one. Never unknown.</summary>
internal sealed class UnansweredLeaf(Operand operand, bool expected) : Clause
{
    public override Verdict Judge(Frame frame)
    {
        var state = operand.Read(frame, out _);
        var holds = expected ? state is ItemState.Missing or ItemState.Blank : state is ItemState.Known;
        return holds ? Verdict.True : Verdict.False;
    }

    public override void Explain(Frame frame, Trace trace, Verdict verdict) => trace.Add(operand.Input(frame));
}

/// <summary>A value that nobody can have: false, shown as not available.</summary>
internal sealed class NotAvailableLeaf(string name) : Clause
{
    public override Verdict Judge(Frame frame) => Verdict.False;

    public override void Explain(Frame frame, Trace trace, Verdict verdict) => trace.Add(new FindingInput(name, null));
}
