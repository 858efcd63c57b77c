using System.Globalization;
using KetamineIntake.Local.Records;
using KetamineIntake.Tests.Support;
using Xunit.Abstractions;

namespace KetamineIntake.Tests.Faults;

/// <summary>Issue 14, point 5: a copy made while 64 clients submit is whole, holds what was acknowledged before it began, and comes back.</summary>
public sealed class BackupUnderLoadTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Backups_under_load_are_whole_and_restore_row_by_row()
    {
        var backups = Times.Of("BACKUPS", 3);
        using var data = new TemporaryFolder();
        using var copies = new TemporaryFolder();
        var ledger = new Ledger();
        await using var host = await HostProcess.StartLocalAsync(data.Path);
        using var stop = new CancellationTokenSource();
        var clients = IntakeClients.SubmitUntilGoneAsync(host.Url, ledger, "b", stop.Token);
        var rows = 0L;
        for (var i = 0; i < backups; i++)
        {
            await Task.Delay(Random.Shared.Next(20, 200));
            var acknowledged = ledger.Referrals;
            var copy = copies[i.ToString(CultureInfo.InvariantCulture)];
            var made = await LocalCommand.RunAsync(data, "backup", copy);
            Assert.True(made.Exit == 0, made.Output);
            rows += await CompareRestoredAsync(data, copy, acknowledged);
            Directory.Delete(copy, recursive: true);
        }

        await stop.CancelAsync();
        await clients;
        output.WriteLine($"{backups} backups of a store that {IntakeClients.Concurrent} clients wrote to: {rows} rows restored and compared, {ledger.Acknowledged} intakes acknowledged.");
        Assert.True(ledger.Acknowledged > IntakeClients.Concurrent, "Nobody wrote meanwhile.");
    }

    [Theory]
    [InlineData("DELETE FROM rows WHERE key = (SELECT max(key) FROM rows WHERE key LIKE 'referral|%')")]
    [InlineData("UPDATE rows SET body = zeroblob(length(body)) WHERE key = (SELECT max(key) FROM rows WHERE key LIKE 'patient|%')")]
    public async Task The_comparison_finds_one_row_that_is_missing_or_altered(string harm)
    {
        using var data = new TemporaryFolder();
        using var copies = new TemporaryFolder();
        var ledger = new Ledger();
        await using var host = await HostProcess.StartLocalAsync(data.Path);
        using var stop = new CancellationTokenSource();
        var clients = IntakeClients.SubmitUntilGoneAsync(host.Url, ledger, "b", stop.Token);
        while (ledger.Acknowledged < IntakeClients.Concurrent)
        {
            await Task.Delay(10);
        }

        await stop.CancelAsync();
        await clients;
        Assert.Equal(0, (await LocalCommand.RunAsync(data, "backup", copies["one"])).Exit);
        using (var connection = new SqliteFile(Path.Combine(copies["one"], "records.db")).OpenWriter())
        {
            connection.Run(harm);
        }

        Assert.NotEmpty(Differences(Rows(data["records.db"]), Rows(Path.Combine(copies["one"], "records.db")), ledger.Referrals));
    }

    private static async Task<long> CompareRestoredAsync(TemporaryFolder data, string copy, IReadOnlyCollection<string> acknowledged)
    {
        using var restored = new TemporaryFolder();
        File.Copy(data["record-key.txt"], restored["record-key.txt"]);
        var back = await LocalCommand.RunAsync(restored, "restore", copy);
        Assert.True(back.Exit == 0, back.Output);
        var (live, kept) = (Rows(data["records.db"]), Rows(restored["records.db"]));
        Assert.Empty(Differences(live, kept, acknowledged));
        return kept.Count;
    }

    /// <summary>A row that the live store still has under the same ETag must be the same; and what was acknowledged before must be there. What the restore itself writes has later ETags than any of the copy.</summary>
    private static List<string> Differences(Dictionary<long, (string Key, string Body)> live, Dictionary<long, (string Key, string Body)> kept, IReadOnlyCollection<string> acknowledged)
    {
        var last = kept.Where(r => live.TryGetValue(r.Key, out var other) && other == r.Value).Select(r => r.Key).DefaultIfEmpty(0).Max();
        var altered = kept.Where(r => r.Key <= last && live.TryGetValue(r.Key, out var other) && other != r.Value).Select(r => $"altered: {r.Value.Key}");
        var missing = live.Where(r => r.Key <= last && !kept.ContainsKey(r.Key) && !r.Value.Key.StartsWith("_global keyring|", StringComparison.Ordinal)).Select(r => $"missing: {r.Value.Key}");
        var keys = kept.Select(r => r.Value.Key).ToHashSet(StringComparer.Ordinal);
        return [.. altered, .. missing, .. acknowledged.Where(id => !keys.Contains($"northside referral|{id}")).Select(id => $"lost: {id}")];
    }

    private static Dictionary<long, (string Key, string Body)> Rows(string file)
    {
        using var connection = new SqliteFile(file).OpenReader();
        using var all = connection.Statement("SELECT etag, partition || ' ' || key, hex(body) FROM rows");
        using var reader = all.ExecuteReader();
        var rows = new Dictionary<long, (string, string)>();
        while (reader.Read())
        {
            rows[reader.GetInt64(0)] = (reader.GetString(1), reader.GetString(2));
        }

        return rows;
    }
}
