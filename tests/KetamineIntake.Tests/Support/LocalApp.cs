using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Local.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Tests.Support;

/// <summary>The local host as it is served, with a clock that stands: driven by its HTTP API alone, as the clinic's website and staff would.</summary>
internal sealed class LocalApp : IAsyncDisposable
{
    public const string Phone = "+12125550123";
    private const string Clinic = "/api/v1/clinics/northside/";

    private readonly TemporaryFolder folder = new();
    private readonly WebApplication app;
    private string key = "";

    /// <summary>A clinician's key.</summary>
    public string Key => key;

    /// <summary>The clinic's other key.</summary>
    public string DirectorKey { get; private set; } = "";

    /// <summary>What opens /dev.</summary>
    public string DevToken { get; private set; } = "";

    private LocalApp(Instant now, Func<IRecordStores, IRecordStores>? decorate)
    {
        app = LocalHost.Build(new LocalOptions("http://127.0.0.1:0", folder.Path, now), decorate);
        app.Services.GetRequiredService<SiteAddress>().LinkBase = "https://visits.example.org";
        Client = null!;
    }

    public HttpClient Client { get; private set; }

    public IServiceProvider Services => app.Services;

    public string EventsKey => File.ReadAllText(folder["events-key.txt"]).Trim();

    public static async Task<LocalApp> StartAsync(string now, Func<IRecordStores, IRecordStores>? decorate = null)
    {
        var local = new LocalApp(InstantPattern.ExtendedIso.Parse(now).Value, decorate);
        var first = await local.app.Services.GetRequiredService<FirstStart>().RunAsync(default);
        local.key = first!.ClinicianKey;
        local.DirectorKey = first.DirectorKey;
        await local.app.StartAsync();
        local.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(local.app.Urls.Single()) };
        local.DevToken = await local.folder.DevTokenAsync();
        local.Client.DefaultRequestHeaders.Add("X-Dev-Token", local.DevToken);
        return local;
    }

    // What the call-first rules ask: without these answers no text names fasting times.
    private static JsonObject NoInsulin => new()
    {
        ["endo.diabetes"] = "no",
        ["med.classes"] = new JsonArray("none"),
        ["med.sglt2"] = "no",
        ["med.glp1"] = "no",
        ["sub.alcohol"] = "no",
        ["sub.withdrawal"] = "no",
    };

    /// <summary>A patient whose referral a clinician has overridden; returns the patient's id.</summary>
    /// <param name="tested">Every required test was done today, so that nothing is texted about tests.</param>
    public async Task<string> PatientAsync(
        string? zone = null, string language = "en", bool consent = true, string phone = Phone, bool accepted = true, JsonObject? answers = null, bool tested = true)
    {
        var body = new JsonObject
        {
            ["patient"] = new JsonObject
            {
                ["givenName"] = "Kim",
                ["familyName"] = "Park",
                ["birthDate"] = "1990-03-04",
                ["phone"] = phone,
                ["timeZone"] = zone,
                ["language"] = language,
                ["smsConsent"] = consent,
            },
            ["answers"] = answers ?? NoInsulin,
        };
        var screening = await PostAsync("screenings", body, 201);
        var id = (string)screening["referral"]!["id"]!;
        if (accepted)
        {
            await PostAsync($"referrals/{id}/decision", new JsonObject { ["decision"] = "override", ["reason"] = "Seen in person" }, 200);
        }

        var referral = await GetAsync($"referrals/{id}");
        var patient = (string)referral["patient"]!["id"]!;
        if (tested)
        {
            var today = (await NowAsync()).InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).Date;
            await TestedAsync(patient, LocalDatePattern.Iso.Format(today), "ecg", "liver", "kidney", "cbc");
        }

        return patient;
    }

    public async Task<Instant> NowAsync() =>
        InstantPattern.ExtendedIso.Parse((string)JsonNode.Parse(await Client.GetStringAsync("/dev/clock"))!["now"]!).Value;

    public Task<JsonNode> TestedAsync(string patient, string collectedOn, params string[] tests) =>
        PostAsync($"patients/{patient}/lab-results", new JsonArray([.. tests.Select(t => new JsonObject { ["test"] = t, ["collectedOn"] = collectedOn })]), 201);

    public async Task<JsonNode> BookAsync(string patient, string start, string kind = "infusion", int status = 201) =>
        await PostAsync($"patients/{patient}/appointments", new JsonObject { ["start"] = start, ["kind"] = kind }, status);

    public async Task<JsonArray> BookSeriesAsync(string patient, string first) =>
        (await PostAsync($"patients/{patient}/appointments", new JsonObject { ["series"] = new JsonObject { ["first"] = first, ["sessions"] = 6, ["perWeek"] = 2 } }, 201))["items"]!.AsArray();

    public Task<JsonNode> MoveAsync(string patient, JsonNode appointment, string start) =>
        SendAsync(HttpMethod.Put, $"patients/{patient}/appointments/{appointment["id"]}", new JsonObject { ["start"] = start }, 200);

    public Task<JsonNode> CancelAsync(string patient, JsonNode appointment) =>
        SendAsync(HttpMethod.Delete, $"patients/{patient}/appointments/{appointment["id"]}", null, 200);

    public async Task<JsonArray> RemindersAsync(string patient) => (await GetAsync($"patients/{patient}/reminders"))["items"]!.AsArray();

    public async Task<JsonArray> NotesAsync() => (await GetAsync("notes"))["items"]!.AsArray();

    public async Task AdvanceAsync(string by)
    {
        using var answer = await Client.PostAsJsonAsync("/dev/clock", new { advance = by });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task ReplyAsync(string words, string from = Phone)
    {
        using var answer = await Client.PostAsJsonAsync("/dev/inbox/reply", new { from, body = words });
        Assert.Equal(202, (int)answer.StatusCode);
    }

    public async Task<JsonArray> InboxAsync() => JsonNode.Parse(await Client.GetStringAsync("/dev/inbox.json"))!.AsArray();

    /// <summary>Each text on a line: the local minute at which it arrived, its septets and segments, its words. Tokens of links are all alike.</summary>
    public async Task<string[]> PhoneAsync(string zone, string to = Phone) =>
    [
        .. (await InboxAsync()).Where(t => (string)t!["to"]! == to).Select(t =>
        {
            var at = InstantPattern.ExtendedIso.Parse((string)t!["sentAt"]!).Value.InZone(DateTimeZoneProviders.Tzdb[zone]);
            var body = System.Text.RegularExpressions.Regex.Replace((string)t["body"]!, "/p/[0-9A-Za-z]{22}|/p/[0-9A-Za-z]{12}", "/p/TOKEN", System.Text.RegularExpressions.RegexOptions.NonBacktracking);
            return $"{at.ToString("uuuu-MM-dd ddd HH:mm o<m>", null)} {SmsLength.Of((string)t["body"]!).Units}/{t["segments"]} | {body}";
        }),
    ];

    public Task<JsonNode> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, 200);

    public Task<JsonNode> PostAsync(string path, JsonNode body, int status) => SendAsync(HttpMethod.Post, path, body, status);

    public async Task<HttpResponseMessage> EventsAsync(string json, string? eventsKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sms/events") { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        if (eventsKey is not null)
        {
            request.Headers.Add("X-Events-Key", eventsKey);
        }

        return await Client.SendAsync(request);
    }

    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, int status, string? by = null)
    {
        using var request = new HttpRequestMessage(method, Clinic + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", by ?? key);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        var records = Services.GetRequiredService<Local.Records.SqliteRecords>();
        await app.DisposeAsync();
        await records.DisposeAsync();
        folder.Dispose();
    }
}
