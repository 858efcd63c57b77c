using System.Diagnostics;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Labs;

/// <summary><c>labs import</c> as the person at the machine uses it.</summary>
public sealed class LabImportCommandTests
{
    [Fact]
    public async Task The_import_reports_line_by_line_and_its_exit_code_says_whether_all_went_well()
    {
        using var data = new TemporaryFolder();
        await using var host = await HostProcess.StartLocalAsync(data.Path);
        await File.WriteAllTextAsync(data["fine.csv"], "patient,test,collectedOn\n");
        await File.WriteAllTextAsync(data["nobody.csv"], "patient,test,collectedOn\n0123456789abcdefghjkmnpqrs,ecg,2026-01-01\n0123456789abcdefghjkmnpqrs,ecg,1 Jan\n");
        await File.WriteAllTextAsync(data["odd.csv"], "who,what\n");

        var fine = await LocalCommand.RunAsync(data, "labs", "import", data["fine.csv"], "--clinic", "northside");
        var nobody = await LocalCommand.RunAsync(data, "labs", "import", data["nobody.csv"], "--clinic", "northside", "--dry-run");
        var odd = await LocalCommand.RunAsync(data, "labs", "import", data["odd.csv"], "--clinic", "northside");
        var nowhere = await LocalCommand.RunAsync(data, "labs", "import", data["fine.csv"], "--clinic", "nowhere");

        Assert.Equal((0, 1, 1, 2), (fine.Exit, nobody.Exit, odd.Exit, nowhere.Exit));
        Assert.Contains("0 stored, 0 known already, 0 refused", fine.Output, StringComparison.Ordinal);
        Assert.Contains("line 2: refused: patient is nobody of this clinic", nobody.Output, StringComparison.Ordinal);
        Assert.Contains("line 3: refused: collectedOn must be a date, YYYY-MM-DD", nobody.Output, StringComparison.Ordinal);
        Assert.Contains("0 would be stored, 0 known already, 2 refused", nobody.Output, StringComparison.Ordinal);
        Assert.Contains("line 1: refused: The header lacks the column patient.", odd.Output, StringComparison.Ordinal);
        Assert.Contains("There is no clinic named nowhere.", nowhere.Output, StringComparison.Ordinal);
    }
}
