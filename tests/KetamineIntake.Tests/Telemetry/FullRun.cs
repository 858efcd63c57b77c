using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Telemetry;

/// <summary>Four weeks of a clinic, from the outside: a form, a decision, a visit, its texts, answers to them, results, a FHIR intake, the staff's and the patient's pages.</summary>
internal sealed partial class FullRun(Uri host, string key, string devToken) : IDisposable
{
    public const string Now = "2026-11-16T15:00:00Z";
    private const string Route = "/api/v1/clinics/northside/";
    private const string Phone = "+12125550177";
    private const string BirthDate = "1985-04-17";

    // What is known of the patients: names, numbers, addresses, birth dates, answers, their own words, what the staff wrote and when blood was taken.
    private static readonly string[] Known =
    [
        "Zqx", Phone[1..], Phone[2..], "(212) 555-0177", "212-555-0177", BirthDate, "19850417", "April 17", "2026-10-07", .. Bodies.Canaries, "9175550123",
    ];

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = true }) { BaseAddress = host, DefaultRequestHeaders = { { "X-Dev-Token", devToken } } };
    private readonly HashSet<string> secrets = new(StringComparer.Ordinal);

    /// <summary>What of all that stands in a text.</summary>
    public IEnumerable<string> Found(string text) => Known.Concat(secrets).Where(canary => text.Contains(canary, StringComparison.OrdinalIgnoreCase));

    public async Task RunAsync()
    {
        var patient = await AdmittedAsync();
        await SendAsync(HttpMethod.Post, $"patients/{patient}/appointments", new JsonObject { ["start"] = "2026-12-01T14:00" });
        await FhirIntakeAsync();
        await AdvanceAsync("P14D");
        var link = await LinkAsync();
        await PreparationAsync(link);
        foreach (var words in new[] { "C", "Zqxwords I want to end my life", "HELP", "STOP" })
        {
            using var reply = await http.PostAsJsonAsync("/dev/inbox/reply", new { from = Phone, body = words });
            Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        }

        await AdvanceAsync("P14D");
        Assert.Contains("Zqxwords", await ReadAsync("notes"), StringComparison.Ordinal);
        await SendAsync(HttpMethod.Post, $"patients/{patient}/lab-results", new JsonArray(new JsonObject { ["test"] = "ecg", ["collectedOn"] = "2026-10-07" }));
        await StaffPagesAsync(patient);
        using var asked = await http.GetAsync($"{Route}patients/{patient}?token={link}&name=Zqxfamily");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
    }

    public void Dispose() => http.Dispose();

    private async Task<string> AdmittedAsync()
    {
        var body = new JsonObject
        {
            ["patient"] = new JsonObject
            {
                ["givenName"] = "Zqxgiven",
                ["familyName"] = "Zqxfamily",
                ["birthDate"] = BirthDate,
                ["phone"] = Phone,
                ["email"] = "zqx@example.org",
                ["smsConsent"] = true,
            },
            ["answers"] = new JsonObject { ["cv.any"] = "yes", ["med.list"] = "Zqxmedicine", ["asq.1"] = "yes" },
        };
        var referral = (await SendAsync(HttpMethod.Post, "screenings", body))["referral"]!["id"]!;
        var decided = await SendAsync(HttpMethod.Post, $"referrals/{referral}/decision", new JsonObject { ["decision"] = "override", ["reason"] = "Zqxreason", ["note"] = "Zqxnote" });
        Assert.Equal("overridden", (string?)decided["status"]);
        var patient = (string)decided["patient"]!["id"]!;

        // Nobody has ruled out what has to call first, and until a plan is on file no text leads to the page.
        await SendAsync(HttpMethod.Put, $"patients/{patient}/preparation", new JsonObject { ["benzodiazepine"] = false, ["lamotrigine"] = false, ["fastingPlanOnFile"] = true });
        return patient;
    }

    private async Task FhirIntakeAsync()
    {
        var questionnaire = JsonNode.Parse(await http.GetStringAsync(Route + "questionnaire"))!;
        var body = new JsonObject
        {
            ["resourceType"] = "QuestionnaireResponse",
            ["questionnaire"] = $"{questionnaire["url"]}|{questionnaire["version"]}",
            ["status"] = "completed",
            ["item"] = Answered(questionnaire["item"]!.AsArray()),
        };
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/fhir+json");
        using var answer = await http.PostAsync(Route + "screenings", content);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The groups and items of a questionnaire that have an answer, in its order.</summary>
    private static JsonArray Answered(JsonArray items)
    {
        var answers = new Dictionary<string, JsonObject>
        {
            ["dem.givenName"] = new() { ["valueString"] = "Zebulon" },
            ["dem.familyName"] = new() { ["valueString"] = "Quattlebaum" },
            ["dem.dob"] = new() { ["valueDate"] = "1990-03-04" },
            ["dem.phone"] = new() { ["valueString"] = "+1 917 555 0123" },
            ["dem.email"] = new() { ["valueString"] = "zq@example.org" },
            ["cv.any"] = new() { ["valueCoding"] = new JsonObject { ["code"] = "yes" } },
        };
        var answered = new JsonArray();
        foreach (var item in items)
        {
            var (id, inner) = ((string)item!["linkId"]!, Answered(item["item"]?.AsArray() ?? []));
            if (answers.TryGetValue(id, out var answer))
            {
                answered.Add(new JsonObject { ["linkId"] = id, ["answer"] = new JsonArray(answer) });
            }
            else if (inner.Count > 0)
            {
                answered.Add(new JsonObject { ["linkId"] = id, ["item"] = inner });
            }
        }

        return answered;
    }

    /// <summary>Opens the patient's page as the text says, with a wrong and the right date of birth.</summary>
    private async Task PreparationAsync(string link)
    {
        foreach (var (date, shows) in new[] { ("1985-04-18", false), (BirthDate, true) })
        {
            var asked = await http.GetStringAsync("/p/" + link);
            var page = await PostFormAsync($"/northside/p/{link}", asked, ("birthDate", date));
            Assert.Equal(shows, page.Contains("Tue Dec 1", StringComparison.Ordinal));
        }
    }

    private async Task StaffPagesAsync(string patient)
    {
        await PostFormAsync("/northside/staff/sign-in", await http.GetStringAsync("/northside/staff/sign-in"), ("key", key));
        Assert.Contains("Zqxfamily", await http.GetStringAsync("/northside/staff"), StringComparison.Ordinal);
        foreach (var page in new[] { $"patients/{patient}", $"patients/{patient}/labs", $"patients/{patient}/lab-order", "texts", "labs" })
        {
            using var shown = await http.GetAsync("/northside/staff/" + page);
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        }
    }

    private async Task<string> LinkAsync()
    {
        var texts = JsonNode.Parse(await http.GetStringAsync("/dev/inbox.json"))!.AsArray();
        Assert.True(texts.Count >= 2, "The run sent no texts.");
        var link = texts.Select(text => Link().Match((string)text!["body"]!)).First(static found => found.Success).Groups["token"].Value;
        secrets.Add(link);
        return link;
    }

    private async Task AdvanceAsync(string by)
    {
        using var answer = await http.PostAsJsonAsync("/dev/clock", new { advance = by });
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> ReadAsync(string path) => (await SendAsync(HttpMethod.Get, path, null)).ToJsonString();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, Route + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, string.Create(CultureInfo.InvariantCulture, $"{method} {path}: {(int)answer.StatusCode} {text}"));
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private async Task<string> PostFormAsync(string path, string page, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(page).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var answer = await http.PostAsync(path, form);
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("/p/(?<token>[0-9A-Za-z]{12,22})", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
