using KetamineIntake.Azure.Tests.Support;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>A worker that may not start says which setting is to blame, and repeats no value.</summary>
[Collection(nameof(WorkerFixture))]
[NeedsEmulator]
public sealed class WorkerStartTests
{
    [Theory]
    [InlineData("RecordKeys", "Zqx-secret", "RecordKeys")]
    [InlineData("Site", "http://Zqx.example.org", "Site")]
    [InlineData("Clinics__0__TimeZone", "Zqx/Nowhere", "Clinics__0__")]
    [InlineData("ReleaseMessagesSchedule", "Zqx", "ReleaseMessagesSchedule")]
    [InlineData("Sms__Endpoint", "https://zqx.communication.azure.com", "-p:CommunicationServices=true")]
    public async Task It_is_refused_in_words(string setting, string value, string named)
    {
        var settings = await WorkerFixture.SettingsAsync();
        settings[setting] = value;
        var (code, output) = await FunctionsTestHost.RefusedAsync(settings);

        Assert.True(code == 1, $"It ended with {code}:{Environment.NewLine}{output}");
        Assert.Contains(named, output, StringComparison.Ordinal);
        Assert.All(output.Split('\n').Where(l => l.Contains(named, StringComparison.Ordinal)), l => Assert.StartsWith("error: ", l, StringComparison.Ordinal));
        Assert.DoesNotContain("zqx", output, StringComparison.OrdinalIgnoreCase);
    }
}
