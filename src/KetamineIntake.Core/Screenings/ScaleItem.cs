namespace KetamineIntake.Core.Screenings;

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
            return tally with { Sum = tally.Sum + value };
        }

        var most = Entry.Optional ? Least : Most;
        return tally with { Least = tally.Least + Least, Most = tally.Most + most, Without = tally.Without + 1 };
    }

    private decimal? Value(Frame frame) => frame.Answer(Entry.Ordinal) is { } answer ? Entry.Number(answer) : null;
}
