using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Tests.Protocols;

/// <summary>The shipped documents, to be damaged in one place at a time.</summary>
internal sealed class ProtocolDocuments
{
    private readonly Dictionary<string, string> texts =
        EmbeddedProtocols.Documents("iv-ketamine").ToDictionary(d => d.Key, d => Encoding.UTF8.GetString(d.Value.Span), StringComparer.Ordinal);

    public IEnumerable<string> Names => texts.Keys;

    public ProtocolDocuments Edit(string file, Action<JsonNode> edit)
    {
        var root = JsonNode.Parse(texts[file])!;
        edit(root);
        return Write(file, root.ToJsonString());
    }

    public ProtocolDocuments Replace(string file, string old, string replacement)
    {
        var at = texts[file].IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} holds no {old}");
        return Write(file, texts[file][..at] + replacement + texts[file][(at + old.Length)..]);
    }

    public ProtocolDocuments Write(string file, string text)
    {
        texts[file] = text;
        return this;
    }

    public ProtocolDocuments Remove(string file)
    {
        texts.Remove(file);
        return this;
    }

    public ProtocolLoad Load() =>
        ProtocolLoader.Load(texts.ToDictionary(t => t.Key, t => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(t.Value), StringComparer.Ordinal));

    public IReadOnlyList<ProtocolFault> Faults() => Assert.IsType<ProtocolLoad.Faulty>(Load()).Faults;

    public static JsonNode Rule(JsonNode rules, string id) =>
        rules["rules"]!.AsArray().Single(r => (string?)r!["id"] == id)!;

    public static JsonNode Parameter(JsonNode rules, string name) =>
        rules["parameters"]!.AsArray().Single(r => (string?)r!["name"] == name)!;

    public static JsonNode Item(JsonNode questionnaire, string linkId) =>
        Items(questionnaire).Single(i => (string?)i["linkId"] == linkId);

    /// <summary>Where a node stands, as a JSON pointer.</summary>
    public static string Pointer(JsonNode node) => node.Parent switch
    {
        JsonObject parent => $"{Pointer(parent)}/{node.GetPropertyName()}",
        JsonArray parent => $"{Pointer(parent)}/{node.GetElementIndex()}",
        _ => "",
    };

    private static IEnumerable<JsonNode> Items(JsonNode parent) =>
        parent["item"]?.AsArray().SelectMany(i => Items(i!).Prepend(i!)) ?? [];
}
