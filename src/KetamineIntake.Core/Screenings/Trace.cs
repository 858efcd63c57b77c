namespace KetamineIntake.Core.Screenings;

/// <summary>Collects what one verdict rests on: inputs once each, in the order of the rule.</summary>
internal sealed class Trace
{
    private readonly List<FindingInput> inputs = [];
    private readonly List<ItemEntry> missing = [];

    public IReadOnlyList<FindingInput> Inputs => inputs;

    /// <summary>Asked, unanswered items that keep the verdict unknown.</summary>
    public IReadOnlyList<ItemEntry> Missing => missing;

    /// <summary>A "not sure", an imprecise date or an unreadable answer keeps the verdict unknown.</summary>
    public bool Unsure { get; private set; }

    public void Add(string name, string? value)
    {
        foreach (var input in inputs)
        {
            if (string.Equals(input.Name, name, StringComparison.Ordinal))
            {
                return;
            }
        }

        inputs.Add(new FindingInput(name, value));
    }

    public void AddUnsure(string name, string? value)
    {
        Unsure = true;
        Add(name, value);
    }

    public void AddMissing(ItemEntry item)
    {
        missing.Add(item);
        Add(item.LinkId, null);
    }

    /// <summary>
    /// The parts of an all or any that have its own verdict: for a true any, the true ones; for a true all, every one; for an unknown one, the unknown ones.
    /// </summary>
    public void AddThose(Clause[] parts, Verdict verdict, Frame frame)
    {
        foreach (var part in parts)
        {
            if (part.Judge(frame) == verdict)
            {
                part.Explain(frame, this);
            }
        }
    }
}
