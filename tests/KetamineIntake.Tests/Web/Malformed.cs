using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web;

/// <summary>Ways in which a submission can be wrong. Each makes another request from another seed.</summary>
internal static class Malformed
{
    private const string Json = "application/json";
    private const string Fhir = "application/fhir+json";

    private static readonly string[] YesNoItems = ["psy.schiz", "psy.psychosisPast", "cv.any", "asq.1"];
    private static readonly string[] NumberItems = ["dem.weightKg", "cv.bpSys"];
    private static readonly string[] AnyItem = [.. YesNoItems, .. NumberItems, "med.classes", "phq9.9"];

    public static readonly IReadOnlyDictionary<string, Func<Random, HttpRequestMessage>> Kinds = new Dictionary<string, Func<Random, HttpRequestMessage>>
    {
        ["cut off"] = r => Send(Text()[..r.Next(1, Text().Length - 1)]),
        ["not JSON"] = r => Send(Pick(r, "", " ", "{", "]", "patient=1&answers=2", "<patient/>", "{'patient':{}}", "NaN", "{\"patient\":}", "[1,]", "\u0000")),
        ["something behind the end"] = r => Send(Text() + Pick(r, "{}", "x", "]", "null", ",", "1")),
        ["comments or trailing commas"] = r => Send(Pick(r, "/* c */" + Text(), Text() + "// c", Text()[..^1] + ",}", "{,}")),
        ["two byte order marks or UTF-16"] = r => Send(r.Next(2) == 0 ? [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text())] : Encoding.Unicode.GetBytes(Text())),
        ["bytes that are no UTF-8"] = r => Send(Broken(r)),
        ["half a character"] = r => Send(Text().Replace("Zebulon", Pick(r, "\\ud800", "\\udc00", "\\ud800x", "a\\udfff"), StringComparison.Ordinal)),
        ["half a character in a name"] = r => Send(Text().Replace("cv.any", Pick(r, "\\ud800", "\\udc00x"), StringComparison.Ordinal)),
        ["nested too deep"] = r => Send(new string('[', r.Next(65, 5000))),
        ["another root"] = r => Send(Pick(r, "null", "true", "1", "\"text\"", "[]", "[{}]", "{}")),
        ["unknown member"] = r => Send(Bodies.Screening(), b => b[Pick(r, "Patient", "answer", "id", "outcome", "__proto__", "$type", "a/b~c")] = 1),
        ["unknown patient member"] = r => Send(Bodies.WithPatient(Pick(r, "ssn", "GivenName", "dob", "id", "createdAt", "name"), "x")),
        ["a part of the wrong type"] = r => Send(Bodies.Screening(), b => b[Pick(r, "patient", "answers")] = Any(r)),
        ["a part missing"] = r => Send(Bodies.Screening(), b => b.Remove(Pick(r, "patient", "answers"))),
        ["a required patient field missing"] = r => Send(Bodies.Without("patient", Pick(r, "birthDate", "phone"))),
        ["no name at all"] = r => Send(Bodies.WithPatient("givenName", Pick<JsonNode?>(r, "", "  ", null)), b => b["patient"]!["familyName"] = ""),
        ["a patient field of the wrong type"] = r => Send(Bodies.WithPatient(Pick(r, "givenName", "familyName", "birthDate", "phone", "email", "timeZone", "smsConsent"), Odd(r))),
        ["an impossible name"] = r => Send(Bodies.WithPatient(Pick(r, "givenName", "familyName"), Pick(r, new string('x', 101), "A\nB", "A\u0000", "\u202Eevil", "123"))),
        ["an impossible birth date"] = r => Send(Bodies.WithPatient("birthDate", Pick(r, "1990-02-30", "1990", "1990-13-01", "2031-01-01", "1899-12-31", "03/04/1990", "1990-3-4", "", "1990-03-04T00:00:00Z", "٢٠٢٠-01-01", "not-sure"))),
        ["an impossible phone"] = r => Send(Bodies.WithPatient("phone", Pick(r, "", "911", "555-0123", "+1 (212) 555-01234", "+999123456789", "+18005550199", "+19005550123", "212-555-0123 x5", "call me", "+" + new string('1', 300)))),
        ["an impossible e-mail address"] = r => Send(Bodies.WithPatient("email", Pick(r, "x", "@", "a@b", "a@b..c", "a b@c.de", "a@b@c.de", "a@.de", new string('a', 260) + "@b.cd"))),
        ["a language that is no text"] = r => Send(Bodies.WithPatient("language", Odd(r))),
        ["consent that is not clear"] = r => Send(Bodies.WithPatient("smsConsent", Any(r, "yes", 1, "true", 0, "", new JsonArray()))),
        ["an unknown linkId"] = r => Send(Bodies.With(Pick(r, "cv.nothing", "CV.any", "cv.any ", "", "__proto__", "cv/any~", "Zebulon\u0001", new string('k', 500)), "yes")),
        ["a heading answered"] = r => Send(Bodies.With(Pick(r, "cv", "psy", "dem", "psy.intro", "mood"), "yes")),
        ["identity among the answers"] = r => Send(Bodies.With(Pick(r, "dem.dob", "dem.phone", "dem.givenName", "dem.smsConsent"), "yes")),
        ["null"] = r => Send(Bodies.With(Pick(r, AnyItem), null)),
        ["an answer of the wrong type"] = r => Send(Bodies.With(Pick(r, AnyItem), Odd(r))),
        ["an unknown code"] = r => Send(Bodies.With(Pick(r, YesNoItems), Pick(r, "Yes", "YES", "y", "true", "unknown", "", " yes", "not sure"))),
        ["a scale point as text, or none"] = r => Send(Bodies.With("phq9.9", Any(r, "2", 4, -1, 1.5, "no", 1e30))),
        ["several where one is asked"] = r => Send(Bodies.With(Pick(r, YesNoItems), new JsonArray("yes"))),
        ["one where several may be"] = r => Send(Bodies.With("med.classes", Pick(r, "none", "opioid", "not-sure"))),
        ["codes that contradict or repeat"] = r => Send(Bodies.With("med.classes", Codes(r))),
        ["a number out of range"] = r => Send(Bodies.With(Pick(r, NumberItems), Any(r, 0, -5, 100000, 1e20, 400.5, "72", 19))),
        ["a number no decimal holds"] = r => Send(Text().Replace("120", Pick(r, "1e400", "-1e400", "79228162514264337593543950336", "1e99999"), StringComparison.Ordinal)),
        ["not a whole number"] = r => Send(Bodies.With("cv.bpSys", 100 + (r.Next(1, 9) / 10.0))),
        ["an impossible date"] = r => Send(Dated(Pick(r, "2026-13", "2026-02-30", "2027", "2026-12-02", "26-01-01", "2026-1-1", "1899", "yesterday", "", "2026-W01", "2026-00-10", "0000"))),
        ["a hidden question answered"] = r => Send(Bodies.With("psy.psychosisLast", Pick(r, "2020", "2020-05", "not-sure"))),
        ["a repeated name"] = r => Send(Repeated(r)),
        ["text no screen should show"] = r => Send(Bodies.With("med.list", Pick(r, "", "  ", "a\u0000b", "\u001b[31m", "\u202Ex", new string('x', 201)))),
        ["another content type"] = r => Send(Encoding.UTF8.GetBytes(Text()), Pick(r, "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", "application/json; charset=utf-16")),
        ["no content type"] = _ => Send(Encoding.UTF8.GetBytes(Text()), null),
        ["too large"] = r => Send(Bodies.With("med.list", new string('x', (256 * 1024) + r.Next(100000)))),
        ["a bad idempotency key"] = r => Keyed(Pick(r, "", " ", "a b", new string('k', 256), "\u00e9", "a\tb")),
        ["an unknown clinic"] = r => Send(Encoding.UTF8.GetBytes(Text()), Json, $"/api/v1/clinics/{Pick(r, "nowhere", "NORTHSIDE", "north%2Fside", "_global", "..%2f", "a")}/screenings"),
        ["another method or address"] = r => new HttpRequestMessage(new HttpMethod(Pick(r, "GET", "PUT", "DELETE", "PATCH", "BREW")), IntakeApp.Path("screenings")),
        ["FHIR of another kind"] = r => SendFhir(b => b[Pick(r, "resourceType", "status", "questionnaire")] = Pick(r, "Bundle", "in-progress", "http://example.org/other", "http://example.org/Questionnaire/small|9")),
        ["FHIR without what it needs"] = r => SendFhir(b => b.Remove(Pick(r, "resourceType", "status", "questionnaire", "item"))),
        ["FHIR with a modifier"] = r => SendFhir(b => (r.Next(2) == 0 ? b : Item(b, 1))["modifierExtension"] = new JsonArray()),
        ["FHIR with an unknown linkId"] = r => SendFhir(b => Item(b, 1)["linkId"] = Pick(r, "psy.nothing", "", "PSY")),
        ["FHIR with a linkId twice"] = r => SendFhir(b => b["item"]!.AsArray().Add(Bodies.Coded(Pick(r, "cv.any", "psy.schiz", "asq.1"), "yes"))),
        ["FHIR with a value of another type"] = r => SendFhir(b => Item(b, 2)["item"]![1] = Bodies.FhirItem("cv.bpSys", Pick(r, "valueString", "valueDate", "valueCoding", "valueQuantity", "valueInteger"), "120")),
        ["FHIR with two values"] = r => SendFhir(b => Item(b, 2)["item"]![0]!["answer"] = TwoValues(r)),
        ["FHIR that is no object"] = r => Send(Encoding.UTF8.GetBytes(Pick(r, "null", "[]", "\"x\"", "1", "{}", "{\"item\":{}}")), Fhir),
    };

    private static string Text() => Bodies.Screening().ToJsonString();

    private static T Pick<T>(Random random, params T[] from) => from[random.Next(from.Length)];

    private static JsonNode? Any(Random random, params object[] from)
    {
        object[] values = from.Length > 0 ? from : [1, "text", true, new JsonArray(), new JsonArray(1)];
        return Pick(random, values) switch { JsonNode node => node.DeepClone(), var value => JsonValue.Create(value) };
    }

    /// <summary>A value that no field takes.</summary>
    private static JsonNode Odd(Random random) => Pick<JsonNode>(
        random, new JsonObject(), new JsonObject { ["value"] = "yes" }, new JsonArray(new JsonArray()), new JsonArray(new JsonObject()), new JsonArray(1, 2), new JsonArray(true, "yes"));

    private static JsonArray Codes(Random random) => Pick(
        random,
        new JsonArray("none", "opioid"),
        new JsonArray("not-sure", "none"),
        new JsonArray("opioid", "not-sure"),
        new JsonArray("opioid", "opioid"),
        new JsonArray("heroin"),
        new JsonArray(""),
        new JsonArray("opioid", null));

    private static JsonObject Dated(string date)
    {
        var body = Bodies.With("psy.psychosisPast", "yes");
        body["answers"]!["psy.psychosisLast"] = date;
        return body;
    }

    private static string Repeated(Random random) => Pick(
        random,
        Text().Replace("\"cv.any\":\"no\"", "\"cv.any\":\"yes\",\"cv.any\":\"no\"", StringComparison.Ordinal),
        Text().Replace("\"smsConsent\":true", "\"smsConsent\":false,\"smsConsent\":true", StringComparison.Ordinal),
        Text()[..^1] + ",\"answers\":{}}",
        Text().Replace("\"cv.any\":\"no\"", "\"cv.any\":\"no\",\"cv\\u002eany\":\"no\"", StringComparison.Ordinal));

    private static byte[] Broken(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Text());
        bytes[Text().IndexOf("Zebulon", StringComparison.Ordinal) + random.Next(6)] = Pick<byte>(random, 0x80, 0xC0, 0xFF, 0xF8);
        return bytes;
    }

    private static JsonArray TwoValues(Random random) => random.Next(2) == 0
        ? new JsonArray(new JsonObject { ["valueBoolean"] = true, ["valueCoding"] = new JsonObject { ["code"] = "no" } })
        : new JsonArray(new JsonObject { ["valueCoding"] = new JsonObject { ["code"] = "no" } }, new JsonObject { ["valueCoding"] = new JsonObject { ["code"] = "yes" } });

    private static JsonNode Item(JsonObject body, int index) => body["item"]![index]!;

    private static HttpRequestMessage SendFhir(Action<JsonObject> spoil)
    {
        var body = Bodies.Fhir();
        spoil(body);
        return Send(Encoding.UTF8.GetBytes(body.ToJsonString()), Fhir);
    }

    private static HttpRequestMessage Keyed(string key)
    {
        var request = Send(Text());
        Assert.True(request.Headers.TryAddWithoutValidation("Idempotency-Key", key));
        return request;
    }

    private static HttpRequestMessage Send(JsonObject body, Action<JsonObject>? spoil = null)
    {
        spoil?.Invoke(body);
        return Send(body.ToJsonString());
    }

    private static HttpRequestMessage Send(string body) => Send(Encoding.UTF8.GetBytes(body));

    private static HttpRequestMessage Send(byte[] body, string? contentType = Json, string? path = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path ?? IntakeApp.Path("screenings")) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return request;
    }
}
