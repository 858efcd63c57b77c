namespace KetamineIntake.Core.Screenings;

/// <summary>Collects what one verdict rests on: inputs once each, in the order of the rule. Cleared and used again for the next rule.</summary>
internal sealed class Trace
{
    private readonly List<FindingInput> inputs = [];
    private readonly List<ItemEntry> missing = [];

    /// <summary>A copy that stays as it is.</summary>
    public IReadOnlyList<FindingInput> Inputs => inputs.ToArray();

    /// <summary>Asked, unanswered items that keep the verdict unknown.</summary>
    public List<ItemEntry> Missing => missing;

    /// <summary>A "not sure", an imprecise date or an unreadable answer keeps the verdict unknown.</summary>
    public bool Unsure { get; private set; }

    public void Clear()
    {
        inputs.Clear();
        missing.Clear();
        Unsure = false;
    }

    public void Add(FindingInput added)
    {
        foreach (var input in inputs)
        {
            // An item's input is the same object wherever it is named.
            if (ReferenceEquals(input, added) || string.Equals(input.Name, added.Name, StringComparison.Ordinal))
            {
                return;
            }
        }

        inputs.Add(added);
    }

    public void AddUnsure(FindingInput input)
    {
        Unsure = true;
        Add(input);
    }

    public void AddMissing(ItemEntry item, FindingInput input)
    {
        missing.Add(item);
        Add(input);
    }

    /// <summary>
    /// The parts of an all or any that have its own verdict: for a true any, the true ones; for a true all, every one; for an unknown one, the unknown ones.
    /// </summary>
    /// <param name="alike">Every part is known to have that verdict, so none is judged again.</param>
    public void AddThose(Clause[] parts, Verdict verdict, bool alike, Frame frame)
    {
        foreach (var part in parts)
        {
            if (alike || part.Judge(frame) == verdict)
            {
                part.Explain(frame, this, verdict);
            }
        }
    }
}
