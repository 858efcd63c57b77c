using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Screenings.Reading;

/// <summary>Bodies as they arrive, read, and what was wrong with them as lines of "pointer detail".</summary>
internal static class Sent
{
    public static readonly LocalDate Today = new(2026, 12, 1);

    public static SubmissionReading Json(string body) => Read(body, root => JsonSubmissionReader.Read(root, TestProtocol.Questionnaire, Today));

    public static SubmissionReading Json(JsonNode body) => Json(body.ToJsonString());

    public static SubmissionReading Fhir(string body, Questionnaire? questionnaire = null) =>
        Read(body, root => FhirSubmissionReader.Read(root, questionnaire ?? TestProtocol.Questionnaire, Today));

    public static SubmissionReading Fhir(JsonNode body) => Fhir(body.ToJsonString());

    /// <summary>A right response in which these items stand behind the sections, at /item/5 and so on; the sections no longer answer their questions.</summary>
    public static SubmissionReading FhirWith(params string[] items)
    {
        var body = Bodies.Fhir();
        foreach (var item in items.Select(i => JsonNode.Parse(i)))
        {
            var linkId = item is JsonObject ? item["linkId"]?.ToString() : null;
            foreach (var section in body["item"]!.AsArray().Select(s => s?["item"]).OfType<JsonArray>())
            {
                section.Remove(section.FirstOrDefault(i => i!["linkId"]!.ToString() == linkId));
            }

            body["item"]!.AsArray().Add(item);
        }

        return Fhir(body);
    }

    /// <summary>As <see cref="FhirWith"/>, one item with one answer, which stands at /item/5/answer/0.</summary>
    public static SubmissionReading FhirAnswer(string linkId, string answer) => FhirWith($$"""{"linkId":"{{linkId}}","answer":[{{answer}}]}""");

    public static IEnumerable<string> Lines(SubmissionReading reading) => Lines(reading.Faults);

    public static IEnumerable<string> Lines(IEnumerable<FieldFault> faults) => faults.Select(f => $"{f.Pointer} {f.Detail}");

    private static SubmissionReading Read(string body, Func<System.Text.Json.JsonElement, SubmissionReading> read)
    {
        using var document = JsonBody.TryParse(Encoding.UTF8.GetBytes(body))!;
        return read(document.RootElement);
    }
}
