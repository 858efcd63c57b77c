using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings;

/// <summary>What the answered items of a scale say about its total.</summary>
/// <param name="Sum">Of the items that have a value.</param>
/// <param name="Low">The least the total can still be.</param>
/// <param name="High">The most the total can still be.</param>
/// <param name="Without">How many items have no value.</param>
internal readonly record struct ScaleTally(decimal Sum, decimal Low, decimal High, int Without);

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
            if (!item.HasValue(frame) && frame.State(item.Entry.Ordinal) != ItemState.Blank)
            {
                ItemOperand.Explain(item.Entry, frame, trace);
            }
        }
    }

    /// <summary>Notes the total; where there is none, the items that decided without it.</summary>
    public void ExplainTotal(Frame frame, Trace trace)
    {
        var total = Total(frame.Tallies[Ordinal]);
        trace.Add(scale.Id, total is null ? null : AnswerText.Of(total.Value));
        if (total is not null)
        {
            return;
        }

        foreach (var item in items.Where(i => i.HasValue(frame)))
        {
            trace.Add(item.Entry.LinkId, AnswerText.Of(frame.Answer(item.Entry.Ordinal)));
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

/// <summary>One item of a scale and the least and most it can add.</summary>
internal sealed record ScaleItem(ItemEntry Entry, decimal Least, decimal Most)
{
    public static ScaleItem Of(ItemEntry entry)
    {
        var ordinals = entry.Item.Codes.Select(c => entry.Number(new Answer.Choice(c.Code))).OfType<decimal>().ToList();
        var least = ordinals.Count > 0 ? ordinals.Min() : entry.Item.Minimum;
        var most = ordinals.Count > 0 ? ordinals.Max() : entry.Item.Maximum;
        return least is null || most is null
            ? throw new ArgumentException($"Scale item {entry.LinkId} has no range.", nameof(entry))
            : new ScaleItem(entry, least.Value, most.Value);
    }

    /// <summary>An item that is definitely not asked adds nothing and is not missing.</summary>
    public bool HasValue(Frame frame) => frame.State(Entry.Ordinal) == ItemState.Off || Value(frame) is not null;

    public ScaleTally AddTo(ScaleTally tally, Frame frame)
    {
        if (frame.State(Entry.Ordinal) == ItemState.Off)
        {
            return tally;
        }

        if (Value(frame) is { } value)
        {
            return tally with { Sum = tally.Sum + value, Low = tally.Low + value, High = tally.High + value };
        }

        var most = frame.State(Entry.Ordinal) == ItemState.Blank ? Least : Most;
        return tally with { Low = tally.Low + Least, High = tally.High + most, Without = tally.Without + 1 };
    }

    private decimal? Value(Frame frame) => frame.Answer(Entry.Ordinal) is { } answer ? Entry.Number(answer) : null;
}

/// <summary>
/// The total of a scale lies between two bounds, both inclusive. Missing items are decided by what the total can still be. Only a rule that cannot
/// hold anybody back may go by the prorated total: it would otherwise stay silent, and silence is the worse estimate for a mere note.
/// </summary>
internal sealed class ScaleLeaf(CompiledScale scale, decimal least, decimal most, bool mayEstimate) : Node
{
    public override Verdict Judge(Frame frame)
    {
        var tally = frame.Tallies[scale.Ordinal];
        if (tally.Low >= least && tally.High <= most)
        {
            return Verdict.True;
        }

        if (tally.High < least || tally.Low > most)
        {
            return Verdict.False;
        }

        return mayEstimate && scale.Total(tally) is { } total
            ? (total >= least && total <= most ? Verdict.True : Verdict.False)
            : Verdict.Unknown;
    }

    public override void Explain(Frame frame, Trace trace)
    {
        if (Judge(frame) == Verdict.Unknown)
        {
            scale.ExplainMissing(frame, trace);
        }
        else
        {
            scale.ExplainTotal(frame, trace);
        }
    }
}
