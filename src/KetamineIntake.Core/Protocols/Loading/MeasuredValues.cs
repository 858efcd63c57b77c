namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Reads lists of laboratory values and day-of readings.</summary>
internal static class MeasuredValues
{
    public static IReadOnlyList<MeasuredValue> Read(Node list)
    {
        var values = new List<MeasuredValue>();
        foreach (var node in list.Elements())
        {
            var fields = node.Fields(["code", "title"], "unit", "minimum", "maximum", "codes");
            var value = fields.Find("codes") is { } codes ? Coded(node, codes) : Number(node);
            if (values.Exists(v => v.Code == value.Code))
            {
                fields["code"].Fault($"The code \"{value.Code}\" stands here twice.");
            }

            values.Add(value);
        }

        return values;
    }

    public static IReadOnlyDictionary<string, MeasuredValue> ByCode(IEnumerable<MeasuredValue> values) =>
        values.GroupBy(v => v.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    private static MeasuredValue Coded(Node node, Node codes)
    {
        var fields = node.Fields(["code", "title", "codes"]);
        var read = codes.SomeElements().Select(c => c.Text()).ToList();
        if (read.Distinct(StringComparer.Ordinal).Count() != read.Count)
        {
            codes.Fault("A code stands here twice.");
        }

        return new MeasuredValue(fields["code"].Text(), fields["title"].Text(), null, null, null, read);
    }

    private static MeasuredValue Number(Node node)
    {
        var fields = node.Fields(["code", "title", "unit", "minimum", "maximum"]);
        var value = new MeasuredValue(
            fields["code"].Text(), fields["title"].Text(), fields["unit"].Text(), fields["minimum"].Number(), fields["maximum"].Number(), []);
        if (value.Minimum >= value.Maximum && !fields["maximum"].IsMissing)
        {
            node.Fault("The minimum is not below the maximum.");
        }

        return value;
    }
}
