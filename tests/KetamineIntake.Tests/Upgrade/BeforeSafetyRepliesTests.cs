using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Upgrade;

/// <summary>What patients text to a clinic whose data folder an earlier version left behind.</summary>
public sealed class BeforeSafetyRepliesTests : IDisposable
{
    private readonly TemporaryFolder data = new();

    public BeforeSafetyRepliesTests() =>
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Upgrade", "before-safety.zip"), data.Path, overwriteFiles: true);

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task A_patient_of_before_is_known_by_number_and_an_answer_counts_for_the_visit_that_the_earlier_version_asked_about()
    {
        await using var host = await HostProcess.StartLocalAsync(data.Path, "--now", "2026-11-25T03:00:00Z");
        using var client = new HttpClient { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(data["staff-key.txt"]).Trim());
        client.DefaultRequestHeaders.Add("X-Dev-Token", await data.DevTokenAsync());

        // Uma was never planned for; a text asked Ivo about the next morning.
        await ReplyAsync(client, "+12125550104", "I want to die");
        await ReplyAsync(client, "+12125550103", "C");
        await ReplyAsync(client, "+12125550103", "I don't want you to stop texting me");

        var notes = JsonNode.Parse(await client.GetStringAsync("/api/v1/clinics/northside/notes?limit=200"))!["items"]!.AsArray();
        var crisis = Assert.Single(notes, n => (string)n!["phone"]! == "+12125550104" && (string)n["kind"]! == "crisis")!;
        Assert.Single(crisis["patients"]!.AsArray());
        var doubt = Assert.Single(notes, n => (string)n!["kind"]! == "may-opt-out")!;
        var ivo = (string)Assert.Single(doubt["patients"]!.AsArray())!;
        Assert.DoesNotContain(notes, n => (string)n!["words"]! == "C");
        var visits = JsonNode.Parse(await client.GetStringAsync($"/api/v1/clinics/northside/patients/{ivo}/appointments"))!["items"]!.AsArray();
        var confirmed = Assert.Single(visits, v => v!["confirmedAt"] is not null)!;
        Assert.StartsWith("2026-11-25T09:00", (string)confirmed["start"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Screenings_of_before_are_replayed_although_their_documents_say_nothing_about_replies()
    {
        var (exit, output) = await LocalCommand.RunAsync(data, "rescreen", "--as-recorded");

        Assert.True(exit == 0, output);
    }

    [Fact]
    public async Task A_data_folder_of_before_is_checked_backed_up_and_restored_in_the_middle_of_a_series()
    {
        await using (var host = await HostProcess.StartLocalAsync(data.Path, "--now", "2026-11-25T03:00:00Z"))
        {
            await host.StopAsync();
        }

        using var backups = new TemporaryFolder();
        var check = await LocalCommand.RunAsync(data, "check");
        var backup = await LocalCommand.RunAsync(data, "backup", backups["one"]);
        var restore = await LocalCommand.RunAsync(data, "restore", backups["one"]);
        await using var after = await HostProcess.StartLocalAsync(data.Path, "--now", "2026-11-25T03:10:00Z");

        Assert.True(check.Exit == 0, check.Output);
        Assert.True(backup.Exit == 0, backup.Output);
        Assert.True(restore.Exit == 0, restore.Output);
    }

    private static async Task ReplyAsync(HttpClient client, string from, string body)
    {
        using var answer = await client.PostAsJsonAsync("/dev/inbox/reply", new { from, body });
        Assert.Equal(202, (int)answer.StatusCode);
    }
}
