using System.IO.Compression;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Upgrade;

/// <summary>A data folder of the version before, read by this one.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task Screenings_that_an_earlier_version_judged_replay_to_the_byte()
    {
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Upgrade", "before-safety.zip"), folder.Path);

        var (exit, output) = await LocalCommand.RunAsync(folder, "rescreen", "--as-recorded");

        Assert.Contains("northside: 12 screenings replayed, 0 changed", output, StringComparison.Ordinal);
        Assert.Equal(0, exit);
    }

    [Fact]
    public async Task By_the_rules_of_today_the_same_screenings_show_what_changed_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Upgrade", "before-safety.zip"), folder.Path);

        var (exit, output) = await LocalCommand.RunAsync(folder, "rescreen");
        var (_, again) = await LocalCommand.RunAsync(folder, "rescreen", "--as-recorded");

        Assert.Contains("eligible/none -> incomplete/none", output, StringComparison.Ordinal);
        Assert.Contains("contraindicated/none -> needs-review/none; now also", output, StringComparison.Ordinal);
        Assert.Equal(1, exit);
        Assert.Contains("12 screenings replayed, 0 changed", again, StringComparison.Ordinal);
    }
}
