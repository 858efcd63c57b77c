using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Tests.Support;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Tests.Upgrade;

/// <summary>Issue 10: a data folder of the version before, in the middle of three series, opened by this one.</summary>
public class UpgradedTextsTests
{
    private const string Api = "/api/v1/clinics/northside/";
    private const string Stands = "2026-11-25T03:00:00Z";

    [Fact]
    public async Task Every_planned_text_gets_the_new_plan_and_words_nothing_goes_twice_and_old_links_open()
    {
        using var folder = Unpacked();
        await using var host = await HostProcess.StartLocalAsync(folder.Path, "--now", Stands, "--site", "https://visits.example.org");
        using var client = Client(host, folder);
        var before = await InboxAsync(client);
        var report = new StringBuilder();

        // Whatever is due now, the new plan among it.
        await AdvanceAsync(client, "PT1S");
        foreach (var (name, number) in new[] { ("Hal, English", "0101"), ("Ines, Spanish", "0102"), ("Ivo, on insulin", "0103"), ("Stop, opted out", "0111") })
        {
            report.Append("# ").Append(name).Append(", as planned on the first look\n");
            foreach (var text in await RemindersAsync(client, number))
            {
                report.Append($"{text["localTime"]} {text["template"]} {text["status"]} | {Shown((string)text["text"]!)}\n");
            }

            report.Append('\n');
        }

        await AdvanceAsync(client, "P28D");
        var after = await InboxAsync(client);
        Assert.Equal(before, after.Take(before.Count), JsonNode.DeepEquals);
        foreach (var phone in after.Skip(before.Count).GroupBy(t => (string)t["to"]!).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            report.Append("# What ").Append(phone.Key).Append(" got in four weeks\n");
            foreach (var text in phone)
            {
                var at = InstantPattern.ExtendedIso.Parse((string)text["sentAt"]!).Value.InZone(DateTimeZoneProviders.Tzdb["America/New_York"]);
                report.Append($"{at.ToString("uuuu-MM-dd ddd HH:mm", null)} {SmsLength.Of((string)text["body"]!).Units}/{text["segments"]} | {Shown((string)text["body"]!)}\n");
            }

            report.Append('\n');
        }

        // One text of each kind for each visit.
        Assert.Empty(after.Select(t => $"{t["to"]} {t["body"]} {t["sentAt"]}").GroupBy(t => t, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));
        foreach (var number in new[] { "0101", "0102", "0103" })
        {
            var sent = (await RemindersAsync(client, number)).Where(t => (string)t["status"]! is "sent" or "delivered").ToList();
            Assert.Empty(sent.GroupBy(t => $"{t["template"]} {t["appointment"]}").Where(g => g.Count() > 1 && g.Any(t => IsSince(t))).Select(g => g.Key));
            foreach (var text in (await RemindersAsync(client, number)).Where(t => (string)t["status"]! is "dropped" or "failed" or "planned"))
            {
                report.Append($"not sent to {number}: {text["localTime"]} {text["template"]} {text["status"]}: {text["why"]}\n");
            }
        }

        Approved.Equal("Upgrade/UpgradedTexts.approved.txt", report.ToString());
    }

    [Fact]
    public async Task A_link_that_went_out_before_opens()
    {
        using var folder = Unpacked();
        await using var host = await HostProcess.StartLocalAsync(folder.Path, "--now", Stands);
        using var client = Client(host, folder);
        var links = (await InboxAsync(client)).Select(t => Regex.Match((string)t["body"]!, "/p/[0-9A-Za-z]{22}", RegexOptions.NonBacktracking).Value).Where(l => l.Length > 0).Distinct(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            using var answer = await client.GetAsync(link);
            Assert.Equal($"/northside{link}", answer.Headers.Location!.OriginalString);
            using var page = await client.GetAsync(answer.Headers.Location);
            Assert.Equal(200, (int)page.StatusCode);
        }
    }

    [Fact]
    public async Task What_was_judged_before_is_replayed_to_the_byte()
    {
        using var folder = Unpacked();

        var (exit, output) = await LocalCommand.RunAsync(folder, "rescreen", "--as-recorded");

        Assert.Contains("12 screenings replayed, 0 changed", output, StringComparison.Ordinal);
        Assert.Equal(0, exit);
    }

    private static TemporaryFolder Unpacked()
    {
        var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Upgrade", "before-safety.zip"), folder.Path);
        return folder;
    }

    private static HttpClient Client(HostProcess host, TemporaryFolder folder)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(folder["staff-key.txt"]).Trim());
        client.DefaultRequestHeaders.Add("X-Dev-Token", File.ReadAllText(folder["dev-token.txt"]).Trim());
        return client;
    }

    private static async Task<IReadOnlyList<JsonNode>> InboxAsync(HttpClient client) =>
        [.. JsonNode.Parse(await client.GetStringAsync("/dev/inbox.json"))!.AsArray().Select(t => t!)];

    private static async Task AdvanceAsync(HttpClient client, string by)
    {
        using var answer = await client.PostAsJsonAsync("/dev/clock", new { advance = by });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<IReadOnlyList<JsonNode>> RemindersAsync(HttpClient client, string number)
    {
        var referrals = JsonNode.Parse(await client.GetStringAsync(Api + "referrals?limit=50"))!["items"]!.AsArray();
        foreach (var referral in referrals)
        {
            var patient = (string)referral!["patient"]!["id"]!;
            var details = JsonNode.Parse(await client.GetStringAsync($"{Api}patients/{patient}"))!;
            if (details.ToJsonString().Contains("212555" + number, StringComparison.Ordinal))
            {
                return [.. JsonNode.Parse(await client.GetStringAsync($"{Api}patients/{patient}/reminders"))!["items"]!.AsArray().Select(t => t!)];
            }
        }

        throw new InvalidOperationException($"Nobody has the number {number}.");
    }

    private static bool IsSince(JsonNode text) => InstantPattern.ExtendedIso.Parse((string)text["sentAt"]!).Value > InstantPattern.ExtendedIso.Parse(Stands).Value;

    private static string Shown(string text) => Regex.Replace(text, "/p/[0-9A-Za-z]+", "/p/TOKEN", RegexOptions.NonBacktracking);
}
