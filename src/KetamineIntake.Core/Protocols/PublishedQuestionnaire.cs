using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols.Loading;

namespace KetamineIntake.Core.Protocols;

/// <summary>
/// The questionnaire as other programs get it: help stands as items that every renderer shows, a group is shown only while a question of it is, and nothing is in it that needs
/// our own extensions.
/// </summary>
internal static class PublishedQuestionnaire
{
    private const string HelpLinkId = ".help";

    // A document for programs, never part of a page.
    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> document)
    {
        var root = JsonNode.Parse(document.Span)!.AsObject();
        foreach (var item in Items(root))
        {
            Publish(item);
        }

        var published = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(published, Written))
        {
            root.WriteTo(writer);
        }

        return published.WrittenMemory;
    }

    private static List<JsonObject> Items(JsonObject parent) => [.. (parent["item"]?.AsArray() ?? []).OfType<JsonObject>()];

    private static void Publish(JsonObject item)
    {
        var children = Items(item);
        var confirmations = children.Select(c => Extension(c, FhirTerms.Confirm) is { } words ? Confirmation(c, words, children) : null).ToList();
        children.ForEach(Publish);
        ShowWithChildren(item, children);
        if (confirmations.Exists(c => c is not null))
        {
            children = [.. children.Zip(confirmations).SelectMany(p => p.Second is null ? [(JsonObject)p.First.DeepClone()] : new[] { (JsonObject)p.First.DeepClone(), p.Second })];
            item["item"] = new JsonArray([.. children]);
        }

        var help = Extension(item, FhirTerms.Help);
        foreach (var holder in (item["answerOption"]?.AsArray() ?? []).OfType<JsonObject>().Append(item))
        {
            DropLocal(holder);
        }

        if (item["type"]?.GetValue<string>() == "open-choice")
        {
            // Renderers measure the chosen code as if it were text.
            item.Remove("maxLength");
        }

        if (help is not null)
        {
            item["item"] = new JsonArray([Help(item, help), .. children.Select(c => c.DeepClone())]);
        }
    }

    /// <summary>
    /// A yes by which other programs confirm what looks mistaken; we ask that in our own form only. Shown once there is a height, or a weight that is odd by itself: no condition of an item can
    /// reckon with both.
    /// </summary>
    private static JsonObject Confirmation(JsonObject height, JsonObject words, List<JsonObject> siblings)
    {
        var linkId = height["linkId"]!.GetValue<string>();
        var gates = new JsonArray(new JsonObject { ["question"] = linkId, ["operator"] = "exists", ["answerBoolean"] = true });
        foreach (var other in siblings.Where(s => s != height && Extension(s, FhirTerms.AskAbove) is not null))
        {
            gates.Add(Gate(other, "<", FhirTerms.AskBelow));
            gates.Add(Gate(other, ">", FhirTerms.AskAbove));
        }

        var item = new JsonObject { ["linkId"] = linkId + FhirTerms.ConfirmLinkId, ["text"] = words["valueString"]!.DeepClone(), ["type"] = "boolean", ["enableWhen"] = gates, ["enableBehavior"] = "any" };
        if (words["_valueString"] is { } translations)
        {
            item["_text"] = translations.DeepClone();
        }

        return item;
    }

    private static JsonObject Gate(JsonObject question, string comparison, string limit) => new()
    {
        ["question"] = question["linkId"]!.GetValue<string>(),
        ["operator"] = comparison,
        ["answerDecimal"] = Extension(question, limit)!["valueDecimal"]!.DeepClone(),
    };

    /// <summary>A heading over nothing tells a reader that something is broken.</summary>
    private static void ShowWithChildren(JsonObject item, List<JsonObject> children)
    {
        if (children.Count == 0)
        {
            return;
        }

        if (children.TrueForAll(c => Extension(c, FhirTerms.Hidden) is not null))
        {
            item["extension"] = new JsonArray([.. (item["extension"]?.AsArray() ?? []).Select(e => e!.DeepClone()), Extension(children[0], FhirTerms.Hidden)!.DeepClone()]);
        }

        var asked = children.Where(c => Extension(c, FhirTerms.Hidden) is null).ToList();
        if (item["enableWhen"] is null && asked is [{ } first, ..] && first["enableWhen"] is { } gate && asked.TrueForAll(c => IsGatedAlike(c, first)))
        {
            item["enableWhen"] = gate.DeepClone();
            item["enableBehavior"] = first["enableBehavior"]?.DeepClone();
            if (item["enableBehavior"] is null)
            {
                item.Remove("enableBehavior");
            }
        }
    }

    private static bool IsGatedAlike(JsonObject one, JsonObject other) =>
        JsonNode.DeepEquals(one["enableWhen"], other["enableWhen"]) && JsonNode.DeepEquals(one["enableBehavior"], other["enableBehavior"]);

    private static JsonObject Help(JsonObject item, JsonObject extension)
    {
        var help = new JsonObject
        {
            ["extension"] = new JsonArray(new JsonObject
            {
                ["url"] = FhirTerms.ItemControl,
                ["valueCodeableConcept"] = new JsonObject
                {
                    ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://hl7.org/fhir/questionnaire-item-control", ["code"] = "help", ["display"] = "Help-Button" }),
                },
            }),
            ["linkId"] = item["linkId"]!.GetValue<string>() + HelpLinkId,
            ["text"] = extension["valueString"]!.DeepClone(),
            ["type"] = "display",
        };
        if (extension["_valueString"] is { } translations)
        {
            help["_text"] = translations.DeepClone();
        }

        return help;
    }

    private static JsonObject? Extension(JsonObject holder, string url) =>
        (holder["extension"]?.AsArray() ?? []).OfType<JsonObject>().FirstOrDefault(e => e["url"]?.GetValue<string>() == url);

    private static void DropLocal(JsonObject holder)
    {
        var kept = (holder["extension"]?.AsArray() ?? []).OfType<JsonObject>().Where(e => e["url"]?.GetValue<string>().StartsWith(FhirTerms.Local, StringComparison.Ordinal) != true).ToList();
        holder.Remove("extension");
        if (kept.Count > 0)
        {
            holder["extension"] = new JsonArray([.. kept.Select(e => e.DeepClone())]);
        }
    }
}
