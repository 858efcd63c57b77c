using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using KetamineIntake.Tests.Support;
using KetamineIntake.Tests.Web.Pages;

namespace KetamineIntake.Tests.Commands;

/// <summary>Issue 14, point 5: everything can be brought back, and a restore is an event.</summary>
public sealed class BackupTests : IDisposable
{
    private const string Phone = "+12125550123";
    private readonly TemporaryFolder data = new();
    private readonly TemporaryFolder backups = new();

    public void Dispose()
    {
        data.Dispose();
        backups.Dispose();
    }

    /// <param name="isKept">False: the file beside the store is lost too, which shows that the test can fail.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_opted_out_after_the_backup_is_not_texted_after_the_restore(bool isKept)
    {
        await using (var host = await StartAsync())
        {
            using var client = Client(host);
            await FormAsync(client);
            Assert.Contains("planned", await StatusesAsync(client, await PatientAsync(client)));
            Assert.Equal(0, (await LocalCommand.RunAsync(data, "backup", backups["one"])).Exit);
            await SmsAsync(client, "STOP");
            Assert.False(await AnyPlannedAsync(client));
            await host.StopAsync();
        }

        if (!isKept)
        {
            File.Delete(data["opt-outs.log"]);
        }

        var (exit, output) = await LocalCommand.RunAsync(data, "restore", backups["one"]);
        Assert.True(exit == 0, output);
        await using var after = await StartAsync();
        using var again = Client(after);

        Assert.Contains(isKept ? "1 later words" : "0 later words", output, StringComparison.Ordinal);
        Assert.Equal(!isKept, await AnyPlannedAsync(again));
    }

    [Fact]
    public async Task The_file_of_opt_outs_shows_neither_number_nor_words_and_a_torn_last_line_costs_no_other()
    {
        await using (var host = await StartAsync())
        {
            using var client = Client(host);
            await FormAsync(client);
            await SmsAsync(client, "STOP");
            await SmsAsync(client, "START");
            await host.StopAsync();
        }

        var written = await File.ReadAllTextAsync(data["opt-outs.log"]);
        await File.WriteAllTextAsync(data["opt-outs.log"], written[..^20]);
        var log = new OptOutLog(data["opt-outs.log"], RecordKeyFile.Open(data["record-key.txt"], recordsExist: true));
        var (torn, unreadable) = log.Read();
        log.Append(torn);

        Assert.DoesNotContain("555", written, StringComparison.Ordinal);
        Assert.DoesNotContain("reply", written, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data["opt-outs.log"]));
        }

        Assert.Contains(torn, w => w.Entry is { Allows: false });
        Assert.DoesNotContain(torn, w => w.Entry is { Allows: true });
        Assert.Equal((1, 2 * torn.Count), (unreadable, log.Read().Words.Count));
    }

    [Fact]
    public async Task A_restore_is_refused_while_a_server_runs_and_changes_nothing()
    {
        await using var host = await StartAsync();
        Assert.Equal(0, (await LocalCommand.RunAsync(data, "backup", backups["one"])).Exit);

        var (exit, output) = await LocalCommand.RunAsync(data, "restore", backups["one"]);

        Assert.Equal(1, exit);
        Assert.Contains("Stop it first", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(data.Path), f => f.Contains("before-restore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restore_ends_sessions_is_on_record_and_holds_planned_texts_until_they_are_released()
    {
        string? session;
        bool wasIn;
        int sentBefore;
        await using (var host = await StartAsync())
        {
            using var client = Client(host);
            var visitor = new Visitor(host.Url);
            await visitor.SubmitAsync(await visitor.GetAsync(Desk.Staff), new Typed { ["key"] = (await File.ReadAllTextAsync(data["staff-key.txt"])).Trim() });
            session = visitor.Cookies(Desk.Staff)["staff-session"]?.Value;
            wasIn = await IsSignedInAsync(host, session);
            await FormAsync(client);
            await Task.Delay(TimeSpan.FromSeconds(1));
            sentBefore = (await StatusesAsync(client, await PatientAsync(client))).Count(s => s is "sent" or "delivered");
            Assert.Equal(0, (await LocalCommand.RunAsync(data, "backup", backups["one"])).Exit);
            await host.StopAsync();
        }

        Assert.Equal(0, (await LocalCommand.RunAsync(data, "restore", backups["one"])).Exit);
        await using var after = await StartAsync();
        using var again = Client(after);
        var patient = await PatientAsync(again);
        await PostAsync(again, $"patients/{patient}/appointments", new JsonObject { ["start"] = "2026-11-26T09:00", ["kind"] = "infusion" });
        await Task.Delay(TimeSpan.FromSeconds(2));
        var held = await StatusesAsync(again, patient);
        var released = await LocalCommand.RunAsync(data, "texts", "release");

        Assert.True(wasIn);
        Assert.False(await IsSignedInAsync(after, session));
        Assert.Contains("TEXTS ARE HELD", after.Output, StringComparison.Ordinal);
        Assert.Equal(sentBefore, held.Count(s => s is "sent" or "delivered"));
        Assert.Contains("Released", released.Output, StringComparison.Ordinal);
        Assert.Contains("No texts are held", (await LocalCommand.RunAsync(data, "texts", "release")).Output, StringComparison.Ordinal);
        Assert.Contains(await AuditAsync(), a => a.Contains("records.restore", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("is empty")]
    [InlineData("cut short")]
    [InlineData("holds no row")]
    public async Task Records_that_are_lost_beside_their_key_stop_the_start_and_nothing_is_made_in_their_place(string loss)
    {
        await using (var host = await StartAsync())
        {
            using var client = Client(host);
            await FormAsync(client);
            Assert.Equal(0, (await LocalCommand.RunAsync(data, "backup", backups["one"])).Exit);
            await host.StopAsync();
        }

        Lose(loss);
        var before = Keys();
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());
        var kept = Keys();
        var restored = await LocalCommand.RunAsync(data, "restore", backups["one"]);
        await using var after = await StartAsync();
        using var again = Client(after);

        Assert.Contains(loss, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("restore", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, kept);
        Assert.True(restored.Exit == 0, restored.Output);
        Assert.NotNull(await PatientAsync(again));
    }

    [Fact]
    public async Task A_backup_that_is_not_whole_is_not_restored()
    {
        await using (var host = await StartAsync())
        {
            using var client = Client(host);
            await FormAsync(client);
            Assert.Equal(0, (await LocalCommand.RunAsync(data, "backup", backups["one"])).Exit);
            await host.StopAsync();
        }

        Run(Path.Combine(backups["one"], "records.db"), "UPDATE rows SET body = zeroblob(length(body)) WHERE key LIKE 'referral|%'");
        var (exit, output) = await LocalCommand.RunAsync(data, "restore", backups["one"]);

        Assert.Equal(1, exit);
        Assert.Contains("not whole", output, StringComparison.Ordinal);
        await using var after = await StartAsync();
        using var again = Client(after);
        Assert.NotNull(await PatientAsync(again));
    }

    [Fact]
    public async Task A_check_names_what_is_wrong_and_repairs_lists_but_no_body()
    {
        await using (var host = await StartAsync())
        {
            using var client = Client(host);
            await FormAsync(client);
            await host.StopAsync();
        }

        var well = await LocalCommand.RunAsync(data, "check");
        Run(data["records.db"], "DELETE FROM rows WHERE key LIKE 'inbox|%'");
        var broken = await LocalCommand.RunAsync(data, "check");
        var repaired = await LocalCommand.RunAsync(data, "check", "--repair");
        var again = await LocalCommand.RunAsync(data, "check");
        Run(data["records.db"], "UPDATE rows SET body = zeroblob(length(body)) WHERE key LIKE 'screening|%'");
        var unreadable = await LocalCommand.RunAsync(data, "check", "--repair");

        Assert.True(well.Exit == 0, well.Output);
        Assert.Equal((1, 0, 0, 1), (broken.Exit, repaired.Exit, again.Exit, unreadable.Exit));
        Assert.Contains("is missing", broken.Output, StringComparison.Ordinal);
        Assert.Contains("screening|", unreadable.Output, StringComparison.Ordinal);
        await using var after = await StartAsync();
        using var listed = Client(after);
        Assert.Single(JsonNode.Parse(await listed.GetStringAsync("/api/v1/clinics/northside/referrals"))!["items"]!.AsArray());
    }

    private void Lose(string loss)
    {
        var file = data["records.db"];
        switch (loss)
        {
            case "missing":
                File.Delete(file);
                break;
            case "is empty":
                File.WriteAllBytes(file, []);
                break;
            case "cut short":
                using (var whole = new FileStream(file, FileMode.Open))
                {
                    whole.SetLength(whole.Length / 2);
                }

                break;
            default:
                Run(file, "DELETE FROM rows");
                break;
        }
    }

    private static void Run(string file, string sql)
    {
        using var connection = new SqliteFile(file).OpenWriter();
        connection.Run(sql);
    }

    private string[] Keys() => [.. new[] { "record-key.txt", "staff-key.txt", "director-key.txt" }.Select(f => File.ReadAllText(data[f]))];

    private async Task<List<string>> AuditAsync()
    {
        await using var records = SqliteRecords.OpenFile(data["records.db"]);
        var stores = new EncryptedRecordStores(records, RecordKeyFile.Open(data["record-key.txt"], recordsExist: true));
        var entries = new List<string>();
        await foreach (var row in stores.Open("northside").ListAsync(Rows.Audit, default))
        {
            entries.Add(System.Text.Encoding.UTF8.GetString(row.Body.Span));
        }

        return entries;
    }

    private HttpClient Client(HostProcess host)
    {
        var client = new HttpClient { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(data["staff-key.txt"]).Trim());
        return client;
    }

    private static async Task FormAsync(HttpClient client)
    {
        var form = JsonNode.Parse("""
            {"patient":{"givenName":"Kim","familyName":"Park","birthDate":"1990-03-04","phone":"+12125550123","smsConsent":true},
             "answers":{"endo.diabetes":"no","med.classes":["none"],"med.sglt2":"no","med.glp1":"no","sub.alcohol":"no","sub.withdrawal":"no"}}
            """)!.AsObject();
        var referral = (string)(await PostAsync(client, "screenings", form))["referral"]!["id"]!;
        await PostAsync(client, $"referrals/{referral}/decision", new JsonObject { ["decision"] = "override", ["reason"] = "Seen in person" });
        await PostAsync(client, $"patients/{await PatientAsync(client)}/appointments", new JsonObject { ["start"] = "2026-11-24T09:00", ["kind"] = "infusion" });
    }

    private static async Task<string> PatientAsync(HttpClient client)
    {
        var listed = JsonNode.Parse(await client.GetStringAsync("/api/v1/clinics/northside/referrals"))!["items"]!.AsArray();
        return (string)JsonNode.Parse(await client.GetStringAsync($"/api/v1/clinics/northside/referrals/{listed[0]!["id"]}"))!["patient"]!["id"]!;
    }

    private static async Task<string[]> StatusesAsync(HttpClient client, string patient) =>
        [.. JsonNode.Parse(await client.GetStringAsync($"/api/v1/clinics/northside/patients/{patient}/reminders"))!["items"]!.AsArray().Select(r => (string)r!["status"]!)];

    private async Task SmsAsync(HttpClient client, string words)
    {
        var sent = new JsonArray(new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["topic"] = "t",
            ["subject"] = "/phonenumber/" + Phone,
            ["eventType"] = "Microsoft.Communication.SMSReceived",
            ["dataVersion"] = "1.0",
            ["metadataVersion"] = "1",
            ["eventTime"] = "2026-11-16T15:00:00Z",
            ["data"] = new JsonObject
            {
                ["messageId"] = Guid.NewGuid().ToString(),
                ["from"] = Phone,
                ["to"] = "+12125550199",
                ["message"] = words,
                ["receivedTimestamp"] = "2026-11-16T15:00:00Z",
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sms/events") { Content = JsonContent.Create(sent) };
        request.Headers.Add("X-Events-Key", (await File.ReadAllTextAsync(data["events-key.txt"])).Trim());
        using var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<bool> AnyPlannedAsync(HttpClient client)
    {
        var patient = await PatientAsync(client);
        for (var left = 100; left > 0; left--)
        {
            if (!(await StatusesAsync(client, patient)).Contains("planned"))
            {
                return false;
            }

            await Task.Delay(50);
        }

        return true;
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, JsonObject body)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/clinics/northside/" + path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private Task<HostProcess> StartAsync() => HostProcess.StartLocalAsync(data.Path, "--now", "2026-11-16T15:00:00Z");

    private static async Task<bool> IsSignedInAsync(HostProcess host, string? session)
    {
        using var client = new HttpClient { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Add("Cookie", "staff-session=" + session);
        return !(await client.GetStringAsync(Desk.Staff)).Contains("name=\"key\"", StringComparison.Ordinal);
    }
}
