namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Reads scales.json.</summary>
internal static class ScaleReader
{
    public static IReadOnlyList<Scale> Read(Node root, Questionnaire questionnaire)
    {
        var scales = new List<Scale>();
        foreach (var node in root.Fields(["scales"])["scales"].Elements())
        {
            var fields = node.Fields(["id", "title", "loaded", "items", "maximumMissing", "bands", "source"], "gate", "gateCode");
            var scale = new Scale(
                fields["id"].Text(), fields["title"].Text(), [.. fields["items"].Elements().Select(n => n.Text())],
                fields["maximumMissing"].Whole(0, 10), fields.Find("gate")?.Text(), fields.Find("gateCode")?.Text(),
                Bands(fields["bands"]), fields["loaded"].Flag(), fields["source"].Text());
            if (scales.Exists(s => s.Id == scale.Id))
            {
                fields["id"].Fault($"The scale \"{scale.Id}\" stands here twice.");
            }

            Check(node, fields, scale, questionnaire);
            scales.Add(scale);
        }

        return scales;
    }

    private static List<ScaleBand> Bands(Node list)
    {
        var bands = new List<ScaleBand>();
        foreach (var node in list.Elements())
        {
            var fields = node.Fields(["from", "name"]);
            var band = new ScaleBand(fields["from"].Number(), fields["name"].Text());
            if (bands.Count == 0 ? band.From != 0 : band.From <= bands[^1].From)
            {
                fields["from"].Fault("Bands start at 0 and rise.");
            }

            bands.Add(band);
        }

        return bands;
    }

    private static void Check(Node node, Fields fields, Scale scale, Questionnaire questionnaire)
    {
        CheckItems(fields["items"], questionnaire);
        CheckGate(node, fields, scale, questionnaire);
        if (scale.Loaded == (scale.Items.Count == 0) || scale.Loaded == (scale.Bands.Count == 0))
        {
            node.Fault("A loaded scale has items and bands; a slot for a scale that is not loaded has neither.");
        }

        if (scale.Loaded && scale.MaximumMissing >= scale.Items.Count)
        {
            fields["maximumMissing"].Fault("At least one item has to be answered.");
        }
    }

    private static void CheckItems(Node list, Questionnaire questionnaire)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in list.Elements())
        {
            var linkId = node.Text();
            var item = questionnaire.Find(linkId);
            if (item is null || !IsScored(item))
            {
                node.Fault($"\"{linkId}\" is no item with a score: ordinal values, or yes and no.");
            }
            else if (!seen.Add(linkId))
            {
                node.Fault($"\"{linkId}\" stands here twice.");
            }
        }
    }

    private static bool IsScored(QuestionnaireItem item) =>
        item is { Type: ItemType.Choice, Repeats: false, Optional: false }
        && (item.Codes.All(o => o.Ordinal is not null) || (item.Codes.Any(o => o.Code == "yes") && item.Codes.Any(o => o.Code == "no")));

    private static void CheckGate(Node node, Fields fields, Scale scale, Questionnaire questionnaire)
    {
        if (scale.Gate is null != scale.GateCode is null)
        {
            node.Fault("gate and gateCode go together.");
        }
        else if (scale.Gate is not null && questionnaire.Find(scale.Gate) is not { Type: ItemType.Choice, Repeats: false })
        {
            fields["gate"].Fault($"\"{scale.Gate}\" is not a question with one code as its answer.");
        }
        else if (scale.Gate is not null && questionnaire.Find(scale.Gate)!.Codes.All(o => o.Code != scale.GateCode))
        {
            fields["gateCode"].Fault($"\"{scale.GateCode}\" is no answer to \"{scale.Gate}\".");
        }
    }
}
