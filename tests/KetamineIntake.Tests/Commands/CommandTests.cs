using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Commands;

/// <summary>The command line as the person at the machine uses it, in a process of its own, beside a program that serves.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task A_clinic_added_while_the_program_serves_is_there_at_once_and_its_printed_key_opens_it()
    {
        using var data = new TemporaryFolder();
        await using var host = await HostProcess.StartLocalAsync(data.Path);

        var added = await LocalCommand.RunAsync(data, "clinic", "add", "southside", "--name", "Southside", "--time-zone", "America/Chicago", "--phone", "312-555-0199");
        var key = added.Output.Split('\n').First(l => l.Contains("clinician key", StringComparison.Ordinal)).Split(' ')[^1].Trim();
        using var http = new HttpClient { BaseAddress = host.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        Assert.Equal(0, added.Exit);
        Assert.True((await http.GetAsync("/api/v1/clinics/southside/referrals")).IsSuccessStatusCode);
        Assert.Equal(401, (int)(await http.GetAsync("/api/v1/clinics/northside/referrals")).StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_with_a_new_clinic_is_said_in_sentences_and_nothing_is_made()
    {
        using var data = new TemporaryFolder();
        await using var host = await HostProcess.StartLocalAsync(data.Path);

        var refused = await LocalCommand.RunAsync(data, "clinic", "add", "API", "--name", "", "--time-zone", "Mars", "--phone", "1");

        Assert.Equal(1, refused.Exit);
        Assert.Equal(4, refused.Output.Trim().Split('\n').Length);
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_override_counts_for_the_next_screening_and_rescreen_reports_what_it_would_have_changed()
    {
        using var data = new TemporaryFolder();
        await using var host = await HostProcess.StartLocalAsync(data.Path);
        using var http = new HttpClient { BaseAddress = host.Url };
        await SubmitAsync(http);
        await File.WriteAllTextAsync(data["strict.json"], """{"severities":[{"rule":"NV-01","severity":"absolute"}],"parameters":[]}""");

        var before = await LocalCommand.RunAsync(data, "rescreen");
        var overridden = await LocalCommand.RunAsync(data, "clinic", "override", "northside", data["strict.json"]);
        var after = await LocalCommand.RunAsync(data, "rescreen", "--clinic", "northside");
        var proof = await LocalCommand.RunAsync(data, "rescreen", "--as-recorded");

        Assert.Equal((0, 0, 1, 0), (before.Exit, overridden.Exit, after.Exit, proof.Exit));
        Assert.Contains("1 screenings replayed, 0 changed", before.Output, StringComparison.Ordinal);
        Assert.Contains("-> contraindicated", after.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Park", after.Output, StringComparison.Ordinal);
        Assert.Contains("contraindicated", await SubmitAsync(http), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"severities":[{"rule":"PSY-01","severity":"info","signedBy":"Dr. A"}],"parameters":[]}""", "PSY-01")]
    [InlineData("""{"severities":[{"rule":"NV-01","severity":"info"}],"parameters":[]}""", "sign-off")]
    [InlineData("not json", "not the JSON")]
    [InlineData("""{"severities":[],"parameters":[],"surprise":1}""", "not the JSON")]
    public async Task An_override_outside_the_limits_is_refused_in_words(string file, string why)
    {
        using var data = new TemporaryFolder();
        await using (await HostProcess.StartLocalAsync(data.Path))
        {
            await File.WriteAllTextAsync(data["overrides.json"], file);
        }

        var refused = await LocalCommand.RunAsync(data, "clinic", "override", "northside", data["overrides.json"]);

        Assert.Equal(1, refused.Exit);
        Assert.Contains(why, refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_start_makes_no_second_clinic_and_keeps_the_keys()
    {
        using var data = new TemporaryFolder();
        await using (await HostProcess.StartLocalAsync(data.Path))
        {
        }

        var key = await File.ReadAllTextAsync(data["staff-key.txt"]);
        await using var again = await HostProcess.StartLocalAsync(data.Path);
        using var http = new HttpClient { BaseAddress = again.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Trim());

        Assert.True((await http.GetAsync("/api/v1/clinics/northside/referrals")).IsSuccessStatusCode);
        Assert.DoesNotContain(key.Trim(), again.Output, StringComparison.Ordinal);
        Assert.Equal(key, await File.ReadAllTextAsync(data["staff-key.txt"]));
    }

    [Fact]
    public async Task The_clock_stands_until_it_is_told_and_answers_only_the_machine_itself()
    {
        using var data = new TemporaryFolder();
        await using var host = await HostProcess.StartLocalAsync(data.Path, "--now", "2026-12-01T14:00:00Z");
        using var http = new HttpClient { BaseAddress = host.Url };
        http.DefaultRequestHeaders.Add("X-Dev-Token", await data.DevTokenAsync());

        using var advanced = await http.PostAsJsonAsync("/dev/clock", new { advance = "P1DT90M" });
        Assert.Contains("2026-12-02T15:30:00Z", await advanced.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var bad in new[] { "P1M", "-P1D", "PT0S", "P500D", "soon" })
        {
            using var refused = await http.PostAsJsonAsync("/dev/clock", new { advance = bad });
            Assert.Equal(422, (int)refused.StatusCode);
        }

        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/dev/clock") { Headers = { Host = "evil.example" } };
        Assert.Equal(404, (int)(await http.SendAsync(rebound)).StatusCode);
    }

    private static async Task<string> SubmitAsync(HttpClient http)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/clinics/northside/screenings", new
        {
            patient = new { givenName = "Kim", familyName = "Park", birthDate = "1985-04-12", phone = "+12125550123" },
            answers = new Dictionary<string, string> { ["anes.motion"] = "yes" },
        });
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }
}
