using System.Text.Json;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Labs;

/// <summary>What a code of a value means.</summary>
internal readonly record struct LabSaid(string System, string Code, string Means);

/// <summary>The codes and words by which results are told apart, as labs.json lists them. The loader has checked the document before anything is read by it.</summary>
/// <param name="OtherWords">Of analytes that are no test of ours.</param>
/// <param name="OtherCodes">LOINC codes of what is no test of ours and has the words of one.</param>
internal sealed record LabVocabulary(IReadOnlyList<LabKind> Kinds, IReadOnlyList<string> OtherWords, IReadOnlyList<string> OtherCodes, IReadOnlyList<LabSaid> Said)
{
    /// <summary>
    /// Of the protocol that ships. A stored code has to mean tomorrow what it meant today, whichever protocol a clinic runs, so there is one for all of them.
    /// </summary>
    public static LabVocabulary Shipped()
    {
        using var document = JsonDocument.Parse(EmbeddedProtocols.Documents(EmbeddedProtocols.Shipped)["labs.json"]);
        var root = document.RootElement;
        return new LabVocabulary(
            [.. root.GetProperty("kinds").EnumerateArray().Select(Kind)],
            Texts(root, "otherWords"),
            [.. root.GetProperty("otherCodes").EnumerateArray().Select(c => Text(c, "code"))],
            [.. root.GetProperty("said").EnumerateArray().SelectMany(s => s.GetProperty("codes").EnumerateArray().Select(c => new LabSaid(Text(c, "system"), Text(c, "code"), Text(s, "means"))))]);
    }

    private static LabKind Kind(JsonElement kind) => new(
        Text(kind, "kind"), kind.GetProperty("measured").GetBoolean(), Texts(kind, "tests"), Texts(kind, "codes"), Texts(kind, "words"), Texts(kind, "parts"), Texts(kind, "never"),
        Texts(kind, "elsewhere"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IReadOnlyList<string> Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];
}
