using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Reminders.Replies.Words;

namespace KetamineIntake.Phrases;

/// <summary>Writes <c>replies.weights.json</c>: its hand-written lists stay, points, base and threshold are new. One row a line, so that a change can be read.</summary>
internal static class WeightsDocument
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Learnt learnt, double threshold)
    {
        var old = JsonNode.Parse(EmbeddedProtocols.Documents("iv-ketamine")[CrisisWeightsReader.FileName].Span)!;
        var text = new StringBuilder("{\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"source\": {Line(old["source"])},\n  \"threshold\": {Number(threshold)},\n  \"base\": {Number(learnt.Base)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"laughter\": {Line(old["laughter"])},\n  \"spanish\": {Line(old["spanish"])},\n");
        Append(text, "concepts", old["concepts"]!.AsArray().Select(c => $"{{\"name\": {Line(c!["name"])}, \"words\": {Line(c["words"])}}}")).Append(",\n");
        var rows = learnt.Points.OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal);
        Append(text, "points", rows.Select(p => $"{{\"of\": {JsonSerializer.Serialize(p.Key, Plain)}, \"points\": {Number(p.Value)}}}")).Append("\n}\n");
        return text.ToString();
    }

    private static StringBuilder Append(StringBuilder text, string name, IEnumerable<string> rows) =>
        text.Append(CultureInfo.InvariantCulture, $"  \"{name}\": [\n    {string.Join(",\n    ", rows)}\n  ]");

    private static string Line(JsonNode? node) => node is JsonArray list ? $"[{string.Join(", ", list.Select(Line))}]" : node!.ToJsonString(Plain);

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
