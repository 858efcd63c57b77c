using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Faults;

/// <summary>Issue 2, "It shows" 4: what was acknowledged survives kill -9, and the check can fail.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task Kills_during_64_concurrent_submissions_lose_nothing_acknowledged_and_double_nothing()
    {
        var kills = Times.Of("KILLS", 20);
        using var data = new TemporaryFolder();
        var ledger = new Ledger();
        for (var kill = 0; kill < kills; kill++)
        {
            await using var host = await HostProcess.StartLocalAsync(data.Path);
            await SubmitAndKillAsync(host, ledger, $"k{kill}");
        }

        await using var after = await HostProcess.StartLocalAsync(data.Path);
        var listed = await IntakeClients.ListAsync(after.Url, StaffKey(data));

        Assert.Empty(ledger.Check(listed));
        Assert.True(ledger.Acknowledged > kills, $"Only {ledger.Acknowledged} submissions were acknowledged: the kills came too early to prove anything.");
        Assert.True(ledger.Sent > ledger.Acknowledged, "No kill interrupted a submission.");
    }

    [Theory]
    [InlineData("ack-before-commit")]
    [InlineData("drop-row")]
    public async Task The_check_finds_a_store_that_lies(string fault)
    {
        using var data = new TemporaryFolder();
        var ledger = new Ledger();
        for (var kill = 0; kill < 3; kill++)
        {
            await using var host = await HostProcess.StartFaultyAsync(data.Path, fault);
            await SubmitAndKillAsync(host, ledger, $"k{kill}");
        }

        await using var after = await HostProcess.StartLocalAsync(data.Path);
        var faults = ledger.Check(await IntakeClients.ListAsync(after.Url, StaffKey(data)));

        Assert.Contains(faults, f => f.StartsWith("lost:", StringComparison.Ordinal));
    }

    private static async Task SubmitAndKillAsync(HostProcess host, Ledger ledger, string mark)
    {
        using var stop = new CancellationTokenSource();
        var before = ledger.Acknowledged;
        var clients = IntakeClients.SubmitUntilGoneAsync(host.Url, ledger, mark, stop.Token);
        var deadline = DateTime.UtcNow.AddSeconds(20);

        // In the middle of the work: after the first acknowledgements of this round, a different moment each time.
        while (ledger.Acknowledged < before + IntakeClients.Concurrent && DateTime.UtcNow < deadline)
        {
            await Task.Delay(5);
        }

        await Task.Delay(Random.Shared.Next(0, 150));
        await host.KillAsync();
        await stop.CancelAsync();
        await clients;
    }

    private static string StaffKey(TemporaryFolder data) => File.ReadAllText(data["staff-key.txt"]).Trim();
}
