using System.Diagnostics;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Faults;

/// <summary>Issue 14, point 7: what a supervisor's stop leaves behind.</summary>
public sealed class StopTests
{
    /// <summary>Docker's patience; systemd's is longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task After_a_stop_the_record_file_alone_holds_everything_that_was_acknowledged()
    {
        using var data = new TemporaryFolder();
        var ledger = new Ledger();
        TimeSpan took;
        await using (var host = await HostProcess.StartLocalAsync(data.Path))
        {
            using var stop = new CancellationTokenSource();
            var clients = IntakeClients.SubmitUntilGoneAsync(host.Url, ledger, "s", stop.Token);
            var deadline = DateTime.UtcNow.AddSeconds(20);
            while (ledger.Acknowledged < 3 * IntakeClients.Concurrent && DateTime.UtcNow < deadline)
            {
                await Task.Delay(5);
            }

            var watch = Stopwatch.StartNew();
            await host.StopAsync();
            took = watch.Elapsed;
            await stop.CancelAsync();
            await clients;
        }

        using var alone = new TemporaryFolder();
        foreach (var file in new[] { "records.db", "record-key.txt" })
        {
            File.Copy(data[file], alone[file]);
        }

        await using var after = await HostProcess.StartLocalAsync(alone.Path);

        Assert.True(took < Patience, $"It took {took}.");
        Assert.False(File.Exists(data["records.db-wal"]), "The log was left behind.");
        Assert.True(ledger.Acknowledged >= 3 * IntakeClients.Concurrent);
        Assert.Empty(ledger.Check(await IntakeClients.ListAsync(after.Url, File.ReadAllText(data["staff-key.txt"]).Trim())));
    }

    [Fact]
    public async Task Settings_that_lie_in_the_data_folder_or_the_working_folder_are_not_read_and_no_folder_is_watched()
    {
        using var data = new TemporaryFolder();
        await File.WriteAllTextAsync(data["appsettings.json"], """{"Logging":{"LogLevel":{"Default":"Trace"}},"Kestrel":{"Endpoints":{"Stray":{"Url":"http://127.0.0.1:1"}}}}""");
        await using var host = await HostProcess.StartLocalAsync(data.Path);

        Assert.DoesNotContain("trce:", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("dbug:", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(host.OpenFiles(), f => f.Contains("inotify", StringComparison.Ordinal));
    }
}
