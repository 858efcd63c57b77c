using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings;

/// <summary>What the answered items of a scale say about its total.</summary>
/// <param name="Sum">Of the items that have a value.</param>
/// <param name="Least">What the items without a value add at least.</param>
/// <param name="Most">What they add at most.</param>
/// <param name="Without">How many items have no value.</param>
internal readonly record struct ScaleTally(decimal Sum, decimal Least, decimal Most, int Without)
{
    /// <summary>The least the total can still be.</summary>
    public decimal Low => Sum + Least;

    /// <summary>The most the total can still be.</summary>
    public decimal High => Sum + Most;
}

/// <summary>One loaded scale over the slots of an item table.</summary>
internal sealed class CompiledScale
{
    private readonly Scale scale;
    private readonly ScaleItem[] items;
    private readonly ItemEntry? gate;

    public CompiledScale(Scale scale, ItemTable table, int ordinal)
    {
        this.scale = scale;
        Ordinal = ordinal;
        gate = scale.Gate is null ? null : table.Need(scale.Gate);
        items = [.. scale.Items.Select(i => ScaleItem.Of(table.Need(i)))];
    }

    public int Ordinal { get; }

    public string Id => scale.Id;

    public ScaleTally Count(Frame frame)
    {
        if (GatedOut(frame))
        {
            return default;
        }

        var tally = default(ScaleTally);
        foreach (var item in items)
        {
            tally = item.AddTo(tally, frame);
        }

        return tally;
    }

    /// <summary>Null when more items are missing than the scale allows.</summary>
    public decimal? Total(ScaleTally tally)
    {
        var answered = items.Length - tally.Without;
        return tally.Without == 0 ? tally.Sum
            : tally.Without > scale.MaximumMissing || answered == 0 ? null
            : Math.Round(tally.Sum * items.Length / answered, MidpointRounding.AwayFromZero);
    }

    public ScaleScore Score(Frame frame)
    {
        var tally = frame.Tallies[Ordinal];
        var total = Total(tally);
        IReadOnlyList<string> missing = tally.Without == 0 ? [] : [.. items.Where(i => !i.HasValue(frame)).Select(i => i.Entry.LinkId)];
        return new ScaleScore(scale.Id, total, total is not null && tally.Without > 0, missing, total is null ? null : Band(total.Value));
    }

    /// <summary>Notes the items without a value, or what decides whether they are asked.</summary>
    public void ExplainMissing(Frame frame, Trace trace)
    {
        foreach (var item in items)
        {
            if (!item.HasValue(frame) && !item.Entry.Optional)
            {
                ItemOperand.Explain(item.Entry, frame, trace);
            }
        }
    }

    /// <summary>Notes the total; where there is none, the items that decided without it.</summary>
    public void ExplainTotal(Frame frame, Trace trace)
    {
        var total = Total(frame.Tallies[Ordinal]);
        trace.Add(new FindingInput(scale.Id, total is null ? null : AnswerText.Of(total.Value)));
        if (total is not null)
        {
            return;
        }

        foreach (var item in items.Where(i => i.HasValue(frame)))
        {
            trace.Add(frame.Input(item.Entry));
        }
    }

    private bool GatedOut(Frame frame) =>
        gate is not null
        && string.Equals(AnswerText.Of(frame.Answer(gate.Ordinal)), scale.GateCode, StringComparison.Ordinal)
        && !items.Any(i => i.Entry != gate && frame.State(i.Entry.Ordinal) == ItemState.Known);

    private string? Band(decimal total)
    {
        string? name = null;
        foreach (var band in scale.Bands)
        {
            name = total >= band.From ? band.Name : name;
        }

        return name;
    }
}
