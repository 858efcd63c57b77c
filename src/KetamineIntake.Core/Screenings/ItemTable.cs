using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings;

/// <summary>One questionnaire item that rules depend on.</summary>
/// <param name="ordinal">Its slot; items that decide whether it is asked have lower ones.</param>
/// <param name="position">Its place in the questionnaire.</param>
/// <param name="enabled">When it is asked; null: always.</param>
internal sealed class ItemEntry(int ordinal, int position, QuestionnaireItem item, Clause? enabled)
{
    public int Ordinal => ordinal;

    public int Position => position;

    public Clause? Enabled => enabled;

    public QuestionnaireItem Item => item;

    public string LinkId { get; } = item.LinkId;

    public bool Optional { get; } = item.Optional;

    /// <summary>The number an answer stands for, or null where it stands for none.</summary>
    public decimal? Number(Answer answer) => answer switch
    {
        Answer.Number number => number.Value,
        Answer.Choice choice => Ordinals(choice.Code),
        _ => null,
    };

    private decimal? Ordinals(string code)
    {
        foreach (var option in Item.Codes)
        {
            if (string.Equals(option.Code, code, StringComparison.Ordinal) && option.Ordinal is not null)
            {
                return option.Ordinal;
            }
        }

        return code switch { "yes" => 1, "no" => 0, _ => null };
    }
}

/// <summary>Gives each item that rules and scales name a slot, after the items that its enableWhen conditions (and those of the groups around it) name.</summary>
internal sealed class ItemTable
{
    private readonly Dictionary<string, Placed> placed;
    private readonly Dictionary<string, ItemEntry?> entries = new(StringComparer.Ordinal);
    private readonly List<ItemEntry> inOrder = [];

    public ItemTable(Questionnaire questionnaire)
    {
        placed = new(StringComparer.Ordinal);
        foreach (var section in questionnaire.Sections)
        {
            Walk(section, []);
        }
    }

    public IReadOnlyList<ItemEntry> Entries => inOrder;

    /// <exception cref="ArgumentException">No such item, or it depends on itself.</exception>
    public ItemEntry Need(string linkId)
    {
        if (entries.TryGetValue(linkId, out var known))
        {
            return known ?? throw new ArgumentException($"Item {linkId} is enabled by itself.", nameof(linkId));
        }

        var place = placed.GetValueOrDefault(linkId) ?? throw new ArgumentException($"There is no item {linkId}.", nameof(linkId));
        entries[linkId] = null;
        var enabled = place.Path.Select(Enabling).OfType<Clause>().ToList();
        var entry = new ItemEntry(inOrder.Count, place.Position, place.Path[^1], Clause.AllOf(enabled));
        entries[linkId] = entry;
        inOrder.Add(entry);
        return entry;
    }

    private void Walk(QuestionnaireItem item, QuestionnaireItem[] above)
    {
        QuestionnaireItem[] path = [.. above, item];
        placed[item.LinkId] = new Placed(placed.Count, path);
        foreach (var child in item.Items)
        {
            Walk(child, path);
        }
    }

    private Clause? Enabling(QuestionnaireItem item)
    {
        var conditions = item.EnableWhen
            .Select(e => (Clause)new CodeLeaf(new ItemOperand(Need(e.Question)), [e.Code]))
            .ToList();
        return item.EnableAll ? Clause.AllOf(conditions) : Clause.AnyOf(conditions);
    }

    private sealed record Placed(int Position, QuestionnaireItem[] Path);
}
