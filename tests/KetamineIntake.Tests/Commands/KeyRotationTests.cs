using System.Net.Http.Headers;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Commands;

/// <summary>Issue 14, point 6: a new key takes over while the program serves, and a missing one is told before anything is written.</summary>
public sealed class KeyRotationTests : IDisposable
{
    private readonly TemporaryFolder data = new();

    private string KeyFile => data["record-key.txt"];

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task After_a_rotation_the_old_key_is_needed_no_more()
    {
        await using (var first = await HostProcess.StartLocalAsync(data.Path))
        {
            await first.StopAsync();
        }

        var old = await PutNewKeyInFrontAsync();
        var tooEarly = await LocalCommand.RunAsync(data, "keys", "rotate");
        await using (var serving = await HostProcess.StartLocalAsync(data.Path))
        {
            var rotated = await LocalCommand.RunAsync(data, "keys", "rotate");
            var again = await LocalCommand.RunAsync(data, "keys", "rotate");
            Assert.True(rotated.Exit == 0, rotated.Output);
            Assert.Contains("0 records encrypted anew", again.Output, StringComparison.Ordinal);
            Assert.True(await IsServedAsync(serving));
            await serving.StopAsync();
        }

        await File.WriteAllTextAsync(KeyFile, (await File.ReadAllTextAsync(KeyFile)).Replace(old, string.Empty, StringComparison.Ordinal));
        await using var without = await HostProcess.StartLocalAsync(data.Path);

        Assert.Equal(1, tooEarly.Exit);
        Assert.Contains("Restart it", tooEarly.Output, StringComparison.Ordinal);
        Assert.True(await IsServedAsync(without));
    }

    [Fact]
    public async Task A_rotation_that_is_stopped_goes_on_where_it_was()
    {
        var old = RecordKey.New();
        await using var records = SqliteRecords.OpenFile(data["records.db"]);
        records.CheckKeys(new RecordKeys(old));
        var before = new EncryptedRecordStores(records, new RecordKeys(old)).Open("northside");
        for (var i = 0; i < 10_000; i += 100)
        {
            await before.CommitAsync([.. Enumerable.Range(i, 100).Select(n => new Change.Insert($"a|{n:D5}", new byte[] { (byte)n }))], default);
        }

        var keys = new RecordKeys(RecordKey.New(), old);
        using var stop = new CancellationTokenSource();
        var rotation = new KeyRotation(records, keys);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rotation.RunAsync((_, _) => stop.Cancel(), stop.Token));
        var halfway = await rotation.FinishAsync();
        var rest = await rotation.RunAsync((_, _) => { }, default);

        Assert.False(halfway);
        Assert.InRange(rest.Renewed, 1, 9_999);
        Assert.True(await rotation.FinishAsync());
        Assert.Equal(7, (await new EncryptedRecordStores(records, new RecordKeys(keys.Current)).Open("northside").FindAsync("a|00007", default))!.Body.Span[0]);
    }

    [Fact]
    public async Task A_start_without_a_key_that_records_need_is_refused_before_anything_is_written()
    {
        await using (var first = await HostProcess.StartLocalAsync(data.Path))
        {
            await first.StopAsync();
        }

        var old = await PutNewKeyInFrontAsync();
        await using (var second = await HostProcess.StartLocalAsync(data.Path))
        {
            await second.StopAsync();
        }

        await File.WriteAllTextAsync(KeyFile, (await File.ReadAllTextAsync(KeyFile)).Replace(old, string.Empty, StringComparison.Ordinal));
        var before = await File.ReadAllBytesAsync(data["records.db"]);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => HostProcess.StartLocalAsync(data.Path));

        Assert.Contains(old.Split(' ')[0], refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(old.Split(' ')[1], refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(data["records.db"]));
    }

    [Fact]
    public async Task The_key_may_come_from_the_environment_and_no_file_is_made()
    {
        var key = RecordKey.New();
        var given = $"{key.Id} {Convert.ToBase64String(key.ExportSecret())}";
        await using (var host = await HostProcess.StartLocalAsync(data.Path, new Dictionary<string, string> { ["KETAMINE_RECORD_KEYS"] = given }))
        {
            Assert.True(await IsServedAsync(host));
            await host.StopAsync();
        }

        Assert.False(File.Exists(KeyFile));
        var without = await Assert.ThrowsAsync<InvalidOperationException>(() => HostProcess.StartLocalAsync(data.Path));
        Assert.Contains("key file is missing", without.Message, StringComparison.Ordinal);
    }

    private async Task<string> PutNewKeyInFrontAsync()
    {
        var old = (await File.ReadAllTextAsync(KeyFile)).Trim();
        var key = RecordKey.New();
        await File.WriteAllTextAsync(KeyFile, $"{key.Id} {Convert.ToBase64String(key.ExportSecret())}\n{old}\n");
        return old;
    }

    private async Task<bool> IsServedAsync(HostProcess host)
    {
        using var client = new HttpClient { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(data["staff-key.txt"])).Trim());
        return (await client.GetAsync("/api/v1/clinics/northside/referrals")).IsSuccessStatusCode;
    }
}
