using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Hosting;

/// <summary>Issue 14, point 7: a machine whose clock was ahead for a while.</summary>
public sealed class ClockJumpTests : IDisposable
{
    /// <summary>The text about the booking goes at once, whenever that is.</summary>
    private const string AfterTheBooking = "2026-11-17";

    private const string Clinic = "/api/v1/clinics/northside/";
    private readonly TemporaryFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Texts_that_a_clock_ahead_of_time_has_found_late_are_planned_again_when_it_is_put_right()
    {
        string patient;
        string[] planned;
        await using (var host = await HostProcess.StartLocalAsync(data.Path, "--now", "2026-11-16T15:00:00Z"))
        {
            using var client = Client(host);
            patient = await PatientAsync(client);
            await PostAsync(client, $"patients/{patient}/appointments", new JsonObject { ["start"] = "2026-11-24T09:00", ["kind"] = "infusion" });
            planned = await TextsAsync(client, patient, "planned");
            await host.StopAsync();
        }

        await using (var ahead = await HostProcess.StartLocalAsync(data.Path, "--now", "2026-12-20T15:00:00Z"))
        {
            using var client = Client(ahead);
            await UntilAsync(async () => (await TextsAsync(client, patient, "planned")).Length == 0);
            Assert.NotEmpty(await TextsAsync(client, patient, "dropped"));
            await ahead.StopAsync();
        }

        await using var right = await HostProcess.StartLocalAsync(data.Path, "--now", "2026-11-16T15:05:00Z");
        using var last = Client(right);
        await UntilAsync(async () => (await TextsAsync(last, patient, "planned")).Length == planned.Length);

        Assert.NotEmpty(planned);
        Assert.Equal(planned, await TextsAsync(last, patient, "planned"));
    }

    private HttpClient Client(HostProcess host)
    {
        var client = new HttpClient { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(data["staff-key.txt"]).Trim());
        return client;
    }

    private static async Task<string> PatientAsync(HttpClient client)
    {
        var form = JsonNode.Parse("""
            {"patient":{"givenName":"Kim","familyName":"Park","birthDate":"1990-03-04","phone":"+12125550123","smsConsent":true},
             "answers":{"endo.diabetes":"no","med.classes":["none"],"med.sglt2":"no","med.glp1":"no","sub.alcohol":"no","sub.withdrawal":"no"}}
            """)!.AsObject();
        var referral = (string)(await PostAsync(client, "screenings", form))["referral"]!["id"]!;
        await PostAsync(client, $"referrals/{referral}/decision", new JsonObject { ["decision"] = "override", ["reason"] = "Seen in person" });
        return (string)JsonNode.Parse(await client.GetStringAsync($"{Clinic}referrals/{referral}"))!["patient"]!["id"]!;
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, JsonObject body)
    {
        using var answer = await client.PostAsJsonAsync(Clinic + path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static async Task<string[]> TextsAsync(HttpClient client, string patient, string status) =>
    [
        .. JsonNode.Parse(await client.GetStringAsync($"{Clinic}patients/{patient}/reminders"))!["items"]!.AsArray()
            .Where(r => (string)r!["status"]! == status && string.CompareOrdinal((string)r["sendAt"]!, AfterTheBooking) > 0).Select(r => $"{r!["sendAt"]} {r["template"]}").Order(StringComparer.Ordinal),
    ];

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        for (var left = 200; left > 0 && !await done(); left--)
        {
            await Task.Delay(50);
        }
    }
}
