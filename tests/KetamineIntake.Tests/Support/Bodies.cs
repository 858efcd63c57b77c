using System.Text.Json.Nodes;

namespace KetamineIntake.Tests.Support;

/// <summary>Bodies of requests that are right until a test spoils them.</summary>
internal static class Bodies
{
    /// <summary>Canary values: none of them may appear in a log or a problem document.</summary>
    public static readonly string[] Canaries = ["Zebulon", "Quattlebaum", "917555", "917) 555", "917 555", "zq@example.org", "1990-03-04"];

    public static JsonObject Screening() => new()
    {
        ["patient"] = new JsonObject
        {
            ["givenName"] = "Zebulon",
            ["familyName"] = "Quattlebaum",
            ["birthDate"] = "1990-03-04",
            ["phone"] = "(917) 555-0123",
            ["email"] = "zq@example.org",
            ["timeZone"] = "America/Chicago",
            ["smsConsent"] = true,
        },
        ["answers"] = new JsonObject
        {
            ["dem.weightKg"] = 72.5,
            ["psy.schiz"] = "no",
            ["psy.psychosisPast"] = "no",
            ["cv.any"] = "no",
            ["cv.bpSys"] = 120,
            ["med.classes"] = new JsonArray("none"),
            ["phq9.9"] = 0,
            ["asq.1"] = "no",
        },
    };

    public static JsonObject With(string linkId, JsonNode? value)
    {
        var body = Screening();
        body["answers"]![linkId] = value;
        return body;
    }

    public static JsonObject WithPatient(string field, JsonNode? value)
    {
        var body = Screening();
        body["patient"]![field] = value;
        return body;
    }

    public static JsonObject Without(string part, string member)
    {
        var body = Screening();
        body[part]!.AsObject().Remove(member);
        return body;
    }

    /// <summary>The same screening as a FHIR QuestionnaireResponse.</summary>
    public static JsonObject Fhir() => new()
    {
        ["resourceType"] = "QuestionnaireResponse",
        ["questionnaire"] = TestProtocol.Questionnaire.Canonical,
        ["status"] = "completed",
        ["item"] = new JsonArray(
            FhirItem("dem",
                FhirItem("dem.givenName", "valueString", "Zebulon"),
                FhirItem("dem.familyName", "valueString", "Quattlebaum"),
                FhirItem("dem.dob", "valueDate", "1990-03-04"),
                FhirItem("dem.phone", "valueString", "+1 917 555 0123"),
                FhirItem("dem.email", "valueString", "zq@example.org"),
                FhirItem("dem.tz", "valueString", "America/Chicago"),
                FhirItem("dem.smsConsent", "valueBoolean", true),
                FhirItem("dem.weightKg", "valueDecimal", 72.50m)),
            FhirItem("psy", Coded("psy.schiz", "no"), Coded("psy.psychosisPast", "no")),
            FhirItem("cv", Coded("cv.any", "no"), FhirItem("cv.bpSys", "valueInteger", 120)),
            FhirItem("med", Coded("med.classes", "none")),
            FhirItem("mood", Coded("phq9.9", "0"), Coded("asq.1", "no"))),
    };

    public static JsonObject Coded(string linkId, string code) => FhirItem(linkId, "valueCoding", new JsonObject { ["code"] = code });

    public static JsonObject FhirItem(string linkId, string valueName, JsonNode value) =>
        new() { ["linkId"] = linkId, ["answer"] = new JsonArray(new JsonObject { [valueName] = value }) };

    private static JsonObject FhirItem(string linkId, params JsonObject[] items) =>
        new() { ["linkId"] = linkId, ["item"] = new JsonArray([.. items]) };
}
