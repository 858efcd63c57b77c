using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Upgrade;

/// <summary>Patients of the version before, mid-series, on the program as it is served now: judged again, planned anew, and listed for staff once.</summary>
public sealed class JudgedAgainTests
{
    private const string Now = "2026-11-25T03:00:00Z";

    // Hal, Ines, Ivo (insulin) and the one who texted STOP have visits ahead; the other eight have none.
    private static readonly string[] Ahead = ["+12125550101", "+12125550102", "+12125550103", "+12125550111"];

    [Fact]
    public async Task Whoever_has_a_visit_ahead_is_judged_again_and_no_text_of_theirs_names_a_time_any_more()
    {
        using var folder = Extracted();
        await using var host = await HostProcess.StartLocalAsync(folder.Path, "--now", Now);
        using var client = Client(host, folder);

        var notes = await NotesAsync(client);

        Assert.Equal(Ahead, notes.Select(n => n.Phone).Order(StringComparer.Ordinal));
        Assert.All(notes, n => Assert.Contains("questions are open that were not before", n.Words, StringComparison.Ordinal));
        Assert.All(notes, n => Assert.Contains("Please look at the referral and call.", n.Words, StringComparison.Ordinal));
        Assert.All(notes.Where(n => n.Phone is not "+12125550103"), n => Assert.Contains("incomplete (was eligible)", n.Words, StringComparison.Ordinal));
        // Ivo had to call before, because of the insulin.
        Assert.Equal(Ahead.Except(["+12125550103"]), notes.Where(n => n.Words.Contains("call first", StringComparison.Ordinal)).Select(n => n.Phone).Order(StringComparer.Ordinal));
        foreach (var note in notes)
        {
            var planned = (await GetAsync(client, $"patients/{note.Patient}/reminders"))["items"]!.AsArray().Where(r => (string)r!["status"]! == "planned").ToList();
            Assert.DoesNotContain(planned, r => ((string)r!["text"]!).Contains("food", StringComparison.Ordinal) && !((string)r!["text"]!).Contains("call", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(planned, r => ((string)r!["text"]!).Contains("Stop food", StringComparison.Ordinal) || ((string)r!["text"]!).Contains("No coma", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Staff_hear_of_it_once_however_often_the_program_is_killed_and_started()
    {
        using var folder = Extracted();
        for (var start = 0; start < 3; start++)
        {
            await using var killed = await HostProcess.StartLocalAsync(folder.Path, "--now", Now);
            await Task.Delay(TimeSpan.FromMilliseconds(100 * start));
            await killed.KillAsync();
        }

        await using var host = await HostProcess.StartLocalAsync(folder.Path, "--now", Now);
        using var client = Client(host, folder);
        Assert.Equal(Ahead, (await NotesAsync(client)).Select(n => n.Phone).Order(StringComparer.Ordinal));

        using var advanced = await client.PostAsJsonAsync("/dev/clock", new { advance = "P2D" });
        Assert.True(advanced.IsSuccessStatusCode);
        Assert.Equal(Ahead, (await NotesAsync(client)).Where(n => n.Words.Contains("judged again", StringComparison.Ordinal)).Select(n => n.Phone).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_is_booked_after_the_rules_changed_is_judged_again_then()
    {
        using var folder = Extracted();
        await using var host = await HostProcess.StartLocalAsync(folder.Path, "--now", Now);
        using var client = Client(host, folder);
        await NotesAsync(client);
        var uma = (await GetAsync(client, "referrals?limit=100"))["items"]!.AsArray().Single(r => ((string)r!["patient"]!["name"]!).StartsWith("Uma", StringComparison.Ordinal))!;

        for (var day = 1; day < 3; day++)
        {
            using var booked = await client.PostAsJsonAsync($"/api/v1/clinics/northside/patients/{uma["patient"]!["id"]}/appointments", new { start = $"2026-12-0{day}T09:00" });
            Assert.Equal(201, (int)booked.StatusCode);
        }

        var note = Assert.Single(await NotesAsync(client), n => n.Phone == "+12125550104");
        Assert.Contains("judged again", note.Words, StringComparison.Ordinal);
    }

    private static TemporaryFolder Extracted()
    {
        var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Upgrade", "before-safety.zip"), folder.Path);
        return folder;
    }

    private static HttpClient Client(HostProcess host, TemporaryFolder folder)
    {
        var client = new HttpClient { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(folder["staff-key.txt"]).Trim());
        client.DefaultRequestHeaders.Add("X-Dev-Token", File.ReadAllText(folder["dev-token.txt"]).Trim());
        return client;
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string path) =>
        JsonNode.Parse(await client.GetStringAsync($"/api/v1/clinics/northside/{path}"))!;

    /// <summary>Once all that is due has been handled: a message that was being handled when the program was killed comes back after its time, not at once.</summary>
    private static async Task<List<(string Phone, string Patient, string Words)>> NotesAsync(HttpClient client)
    {
        var notes = new List<(string, string, string)>();
        for (var patience = 0; notes.Count < Ahead.Length && patience < 15; patience++)
        {
            using var advanced = await client.PostAsJsonAsync("/dev/clock", new { advance = patience == 0 ? "PT1S" : "PT1M" });
            Assert.True(advanced.IsSuccessStatusCode);
            notes = [.. (await GetAsync(client, "notes?limit=200"))["items"]!.AsArray()
                .Where(n => (string)n!["kind"]! == "visits" && ((string)n["words"]!).Contains("judged again", StringComparison.Ordinal))
                .Select(n => ((string)n!["phone"]!, (string)n["patients"]![0]!, (string)n["words"]!))];
        }

        return notes;
    }
}
