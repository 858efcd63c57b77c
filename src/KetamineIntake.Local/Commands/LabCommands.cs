using System.CommandLine;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs.Import;
using KetamineIntake.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Local.Commands;

/// <summary><c>labs import</c> reads a clinic's back catalogue of laboratory results. Running it again changes nothing.</summary>
internal static class LabCommands
{
    private static readonly Argument<FileInfo> File = new("file")
    {
        Description = "CSV with a header: patient,test,collectedOn and, if you have them, status,id,loinc,value,unit,low,high. Dates as YYYY-MM-DD, patient as the id in links. "
            + "Without an id, two values of one test and day both stand, and a line with status entered-in-error or cancelled takes back the line with the same value, comparator and unit; "
            + "to correct a value, give its lines the same id.",
    };

    private static readonly Option<string> Slug = new("--clinic") { Description = "The clinic's name in links.", Required = true };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check every line and report, but store nothing." };

    public static Command Build() => new("labs", "Laboratory results.") { Import() };

    private static Command Import()
    {
        var command = new Command("import", "Imports results line by line, each all or none, and reports every line. A stopped import is simply run again.") { File, Slug, DryRun };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = LocalHost.Build(LocalHost.Offline(parsed.GetValue(LocalCommands.Data)!));
            if (await app.Services.GetRequiredService<ClinicDirectory>().FindAsync(parsed.GetValue(Slug)!, cancellation) is not { } clinic)
            {
                Console.Error.WriteLine($"There is no clinic named {parsed.GetValue(Slug)}.");
                return 2;
            }

            await using var file = parsed.GetValue(File)!.OpenRead();
            return await ImportAsync(app.Services.GetRequiredService<ImportLabs>(), clinic, file, parsed.GetValue(DryRun), cancellation);
        });
        return command;
    }

    private static async Task<int> ImportAsync(ImportLabs import, ClinicContext clinic, FileStream file, bool isDryRun, CancellationToken cancellation)
    {
        using var reader = new StreamReader(file);
        var bar = new ProgressBar();
        var count = new Dictionary<LabImportOutcome, int>();
        await foreach (var line in import.RunAsync(clinic, reader, isDryRun, cancellation))
        {
            count[line.Outcome] = count.GetValueOrDefault(line.Outcome) + 1;
            bar.Clear();
            Console.WriteLine($"line {line.Line}: {Words(line, isDryRun)}");
            bar.Show(file.Position, file.Length);
        }

        bar.Clear();
        var (stored, known, refused) = (count.GetValueOrDefault(LabImportOutcome.Stored), count.GetValueOrDefault(LabImportOutcome.Known), count.GetValueOrDefault(LabImportOutcome.Refused));
        Console.WriteLine($"{stored} {(isDryRun ? "would be stored" : "stored")}, {known} known already, {refused} refused");
        return refused == 0 ? 0 : 1;
    }

    private static string Words(LabImportReport line, bool isDryRun) => line.Outcome switch
    {
        LabImportOutcome.Stored => isDryRun ? "would be stored" : "stored",
        LabImportOutcome.Known => "known already",
        _ => "refused: " + string.Join("; ", line.Faults),
    };
}
