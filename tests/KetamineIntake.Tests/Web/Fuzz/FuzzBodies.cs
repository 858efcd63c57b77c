using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Fuzz;

/// <summary>Bodies: right ones for each address, and what becomes of them when they are spoilt.</summary>
internal static class FuzzBodies
{
    private const string Observation = """
        {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},"effectiveDateTime":"2026-11-10","valueQuantity":{"value":13.5,"unit":"g/dL","system":"http://unitsofmeasure.org","code":"g/dL"}}
        """;

    private const string Report = """{"id":"ID","eventType":"Microsoft.Communication.SMSDeliveryReportReceived","data":{"from":"+12125550199","to":"+12125550123","messageId":"m","deliveryStatus":"Failed","deliveryStatusDetails":"4008","tag":"x","receivedTimestamp":"2026-11-16T15:00:00Z"}}""";

    private const string Received = """[{"id":"ID","eventType":"Microsoft.Communication.SMSReceived","data":{"from":"+12125550123","to":"+12125550199","message":"C","receivedTimestamp":"2026-11-16T15:00:00Z"}}]""";

    private static readonly (string End, string[] Bodies)[] ByAddress =
    [
        ("/screenings", [Bodies.Screening().ToJsonString(), Bodies.Fhir().ToJsonString(), """{"patient":{"givenName":"Kim","familyName":"Park","birthDate":"1990-03-04","phone":"+12125550123"},"answers":{"cv.any":"yes","asq.1":"no"}}"""]),
        ("/decision", ["""{"decision":"override","reason":"Seen in person","note":"n","seen":"s"}"""]),
        ("/appointments", ["""{"start":"2026-12-01T09:00","kind":"infusion"}""", """{"series":{"first":"2026-12-01T09:00","sessions":6,"perWeek":2}}"""]),
        ("/preview", ["""{"start":"2026-12-01T09:00"}"""]),
        ("/{appointment}", ["""{"start":"2026-12-02T09:00"}"""]),
        ("/preparation", ["""{"benzodiazepine":false,"lamotrigine":true,"fastingPlanOnFile":false,"fastingPlanNeeded":true}"""]),
        ("/opt-out", ["""{"how":"phone"}""", """{"decision":"keep"}"""]),
        ("/lab-results", ["""[{"test":"ecg","collectedOn":"2026-11-10","status":"final"}]""", """[{"id":"01kx0000000000000000000000","status":"entered-in-error"}]""", Observation,
            $$"""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{{Observation}}}]}""",
            $$"""{"resourceType":"DiagnosticReport","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"58410-2"}]},"effectiveDateTime":"2026-11-10","contained":[{{Observation}}],"result":[{"reference":"#a"}]}"""]),
        ("/sms/events", [Received, Report, """[{"id":"v","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"c"}}]"""]),
        ("/dev/clock", ["""{"advance":"PT1S"}"""]),
        ("/reply", ["""{"from":"+12125550123","body":"HELP"}"""]),
    ];

    private static readonly string[] FormFields =
    [
        "dem.givenName", "dem.familyName", "dem.dob:month", "dem.dob:day", "dem.dob:year", "dem.phone", "dem.weightKg", "dem.weightKg:lb", "dem.heightCm", "asq.1", "asq.5", "phq9.9", "cv.any", "cv.bpSys",
        "med.classes", "med.list", "psy.schiz", "key", "start", "kind", "sessions", "perWeek", "do", "how", "order", "where", "confirmed", "seen", "whom", "decision", "tick", "reason", "note", "takeBack", "test",
        "collectedOn", "status", "birthDate", "go", "from", "body",
    ];

    private static readonly string[] Words =
    [
        "", " ", "yes", "no", "not-sure", "none", "0", "-1", "1e400", "99999999999999999999", "NaN", "2026-12-01T09:00", "0001-01-01", "9999-12-31", "9999-12-31T23:59", "9999-12-31T23:59:59.9999999Z", "-9998-01-01T00:00:00Z",
        "2026-02-30", "1990-03-04", "\0", "\u202E", "\uFFFF", "😀", "é\u0301", "'\"<>&;--", "../../etc", "{0}%s%n", "+" + "12125550123", "call", "override", "accept", "infusion", "series", "ecg", "final", "keep",
        "|", "~", "/", "#", "idempotency|x", "01kx0000000000000000000000", "P1D", "PT1H", "-PT1S", "STOP", "START", "my heart hurts and I want to die",
    ];

    public static byte[] For(FuzzRoute route, Random random)
    {
        if (random.Next(30) == 0)
        {
            return Noise(random, random.Next(2000));
        }

        var valid = ByAddress.FirstOrDefault(a => route.Pattern.EndsWith(a.End, StringComparison.Ordinal)).Bodies ?? ["{}"];
        var text = valid[random.Next(valid.Length)].Replace("\"ID\"", $"\"{random.Next()}\"", StringComparison.Ordinal);
        return Spoil(text, random);
    }

    /// <summary>A form's fields: some of those that there are, with some of the values that there could be.</summary>
    public static byte[] Form(Random random)
    {
        var fields = Enumerable.Range(0, random.Next(8)).Select(_ => Uri.EscapeDataString(Pick(FormFields, random)) + "=" + Uri.EscapeDataString(Word(random)));
        var bytes = Encoding.UTF8.GetBytes(string.Join('&', fields));
        return random.Next(10) == 0 ? Hit(bytes, random) : bytes;
    }

    public static string Word(Random random) => random.Next(12) switch
    {
        0 => new string((char)random.Next('0', '9' + 1), random.Next(1, 400)),
        1 => new string('x', random.Next(1, 9000)),
        2 => new string((char)random.Next(0xD7FF), random.Next(1, 40)),
        _ => Pick(Words, random),
    };

    private static byte[] Spoil(string valid, Random random) => random.Next(10) switch
    {
        0 or 1 => Encoding.UTF8.GetBytes(valid),
        2 => Encoding.UTF8.GetBytes(valid[..random.Next(valid.Length)]),
        3 => Hit(Encoding.UTF8.GetBytes(valid), random),
        4 => Encoding.UTF8.GetBytes(Deep(random)),
        5 => Encoding.UTF8.GetBytes(Number(valid, random)),
        _ => Encoding.UTF8.GetBytes(Changed(valid, random)),
    };

    // Somewhere in the valid body another value stands: of another type, or of the same and too much.
    private static string Changed(string valid, Random random)
    {
        var root = JsonNode.Parse(valid)!;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var all = Inside(root).ToList();
            if (all.Count == 0)
            {
                return Value(random)?.ToJsonString() ?? "null";
            }

            Put(all[random.Next(all.Count)], random);
        }

        return root.ToJsonString();
    }

    private static void Put(JsonNode at, Random random)
    {
        switch (at.Parent)
        {
            case JsonObject parent when random.Next(8) == 0:
                parent.Remove(at.GetPropertyName());
                break;
            case JsonObject parent when random.Next(8) == 0:
                parent[Word(random)] = Value(random);
                break;
            case JsonObject parent:
                parent[at.GetPropertyName()] = Value(random);
                break;
            case JsonArray parent when random.Next(4) == 0:
                parent.Add(at.DeepClone());
                break;
            case JsonArray parent:
                parent[at.GetElementIndex()] = Value(random);
                break;
        }
    }

    private static IEnumerable<JsonNode> Inside(JsonNode node) => (node switch
    {
        JsonObject o => o.Select(m => m.Value),
        JsonArray a => a,
        _ => [],
    }).OfType<JsonNode>().SelectMany(n => Inside(n).Prepend(n));

    private static JsonNode? Value(Random random) => random.Next(9) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.Next(-3, 300)),
        3 => JsonValue.Create((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(30))),
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random))]),
        5 => new JsonObject { [Word(random)] = Value(random) },
        _ => JsonValue.Create(Word(random)),
    };

    private static string Deep(Random random)
    {
        var levels = random.Next(1, 3000);
        return random.Next(2) == 0 ? new string('[', levels) + new string(']', levels) : string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
    }

    private static string Number(string valid, Random random)
    {
        var digit = valid.AsSpan().IndexOfAnyInRange('0', '9');
        var huge = Pick(["1e400", "-1e400", "79228162514264337593543950336", "0.0000000000000000000000000000000000001", "1E+2147483648", "9223372036854775808", new string('9', 5000)], random);
        return digit < 0 ? huge : string.Create(CultureInfo.InvariantCulture, $"{valid.AsSpan(0, digit)}{huge}{valid.AsSpan(digit + 1)}");
    }

    private static byte[] Hit(byte[] bytes, Random random)
    {
        for (var hits = random.Next(1, 6); hits > 0 && bytes.Length > 0; hits--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
