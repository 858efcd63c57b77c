using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Reminders.Replies.Words;

namespace KetamineIntake.Phrases;

/// <summary>Writes <c>replies.weights.json</c>: its hand-written lists stay, points, base and threshold are new. What has the same points stands together, on lines that can be read.</summary>
internal static class WeightsDocument
{
    private const int Widest = 170;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Learnt learnt, double threshold)
    {
        var old = JsonNode.Parse(EmbeddedProtocols.Documents("iv-ketamine")[CrisisWeightsReader.FileName].Span)!;
        var text = new StringBuilder("{\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"source\": {Line(old["source"])},\n  \"threshold\": {Number(threshold)},\n  \"base\": {Number(learnt.Base)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"laughter\": {Line(old["laughter"])},\n  \"spanish\": {Line(old["spanish"])},\n");
        Append(text, "concepts", old["concepts"]!.AsArray().Select(c => $"{{\"name\": {Line(c!["name"])}, \"words\": {Line(c["words"])}}}")).Append(",\n");
        var rows = learnt.Points.GroupBy(p => p.Value, p => p.Key).OrderByDescending(g => g.Key);
        Append(text, "points", rows.Select(g => $"{{\"points\": {Number(g.Key)}, \"of\": [{Wrapped(g.Order(StringComparer.Ordinal).Select(k => JsonSerializer.Serialize(k, Plain)))}]}}")).Append("\n}\n");
        return text.ToString();
    }

    private static StringBuilder Append(StringBuilder text, string name, IEnumerable<string> rows) =>
        text.Append(CultureInfo.InvariantCulture, $"  \"{name}\": [\n    {string.Join(",\n    ", rows)}\n  ]");

    private static string Wrapped(IEnumerable<string> words)
    {
        var (text, line) = (new StringBuilder(), 0);
        foreach (var word in words)
        {
            var breaks = line + word.Length > Widest;
            text.Append(line == 0 ? "" : breaks ? ",\n      " : ", ").Append(word);
            line = breaks ? word.Length : line + word.Length + 2;
        }

        return text.ToString();
    }

    private static string Line(JsonNode? node) => node is JsonArray list ? $"[{string.Join(", ", list.Select(Line))}]" : node!.ToJsonString(Plain);

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
