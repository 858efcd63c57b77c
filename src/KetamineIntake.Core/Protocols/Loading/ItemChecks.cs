namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>What must hold within one questionnaire item.</summary>
internal static class ItemChecks
{
    public static void Check(Node node, Fields fields, QuestionnaireItem item)
    {
        var isChoice = item.Type == ItemType.Choice;
        Require(isChoice ? item.Codes.Count > 0 : item.Codes.Count == 0 || item is { Type: ItemType.Text, Identity: true }, node, "A choice has answer options; nothing else has, but text about who the patient is.");
        Require(!item.Required || item.Identity, node, "Only what says who the patient is can be required: a clinical question may be skipped.");
        Require(isChoice || !item.Repeats, node, "Only a choice can repeat.");
        Require(item.Type == ItemType.Group == fields.Find("item") is not null, node, "A group has items; nothing else has.");
        Require(item.Type == ItemType.Text == item.MaximumLength.HasValue, node, "Text has a maxLength; nothing else has.");
        Require(item.EnableWhen.Count < 2 || fields.Find("enableBehavior") is not null, node, "Several conditions need an enableBehavior.");
        Require(item.EnableWhen.Count > 1 || fields.Find("enableBehavior") is null, node, "enableBehavior needs several conditions.");
        Require(item.Type is not ItemType.Integer and not ItemType.Decimal || item is { Minimum: not null, Maximum: not null },
            node, "A number needs a smallest and a largest value.");
        Require(!item.Identity || (item.LinkId.StartsWith("dem.", StringComparison.Ordinal) && item.EnableWhen.Count == 0),
            node, "Identity items start with \"dem.\" and are always shown.");
        CheckOrdinals(node, item);
        CheckSelectAll(node, item);
    }

    private static void CheckOrdinals(Node node, QuestionnaireItem item)
    {
        var ordinals = item.Codes.Where(o => o.Ordinal is not null).ToList();
        Require(ordinals.Count == 0 || ordinals.Count == item.Codes.Count, node, "Either every option has an ordinal value or none has.");
        Require(ordinals.TrueForAll(o => o.Code == o.Ordinal!.Value.ToString("0", System.Globalization.CultureInfo.InvariantCulture)),
            node, "The code of a scale's option is its ordinal value.");
        Require(ordinals.Select(o => o.Ordinal).Distinct().Count() == ordinals.Count, node, "Two options have the same ordinal value.");
        Require(ordinals.Count == 0 || !item.Repeats, node, "A scale item takes one answer.");
    }

    /// <summary>"None of these" answers "no" to each item of the group, so each must have a no and be shown to everybody.</summary>
    private static void CheckSelectAll(Node node, QuestionnaireItem item)
    {
        Require(!item.SelectAll || item.Items.All(i => i.Codes.Any(o => o.Code == "no") && i.EnableWhen.Count == 0 && !i.Repeats),
            node, "Each item of a select-all group needs the answer \"no\" and no condition of its own.");
    }

    private static void Require(bool holds, Node node, string detail)
    {
        if (!holds && !node.IsMissing)
        {
            node.Fault(detail);
        }
    }
}
