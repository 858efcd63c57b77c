using System.Runtime.CompilerServices;
using KetamineIntake.Core.Clinics;
using NodaTime;

namespace KetamineIntake.Core.Labs.Import;

/// <summary>What became of one line of a file; there is nothing between all of it and none of it.</summary>
public enum LabImportOutcome
{
    /// <summary>Stored, durable; in a dry run: would be.</summary>
    Stored,

    /// <summary>There already; nothing was changed.</summary>
    Known,

    /// <summary>Nothing of the line was stored.</summary>
    Refused,
}

/// <summary>What became of one line.</summary>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Faults">Why it was refused. They repeat nothing that stands in the line.</param>
public sealed record LabImportReport(int Line, LabImportOutcome Outcome, IReadOnlyList<string> Faults);

/// <summary>
/// Imports a clinic's back catalogue, each line all or none and durable before it is reported. What was stored is known the next time, so that a stopped
/// import is simply run again.
/// </summary>
public sealed class ImportLabs(AddLabResults add, IClock clock)
{
    /// <summary>Who is on record as having added them.</summary>
    public const string By = "import";

    /// <summary>One report a line, in file order. A header that is not understood is the only report.</summary>
    /// <param name="isDryRun">Nothing is stored. Lines that repeat each other, or take back another line of the same file, are told apart only in a real run.</param>
    public async IAsyncEnumerable<LabImportReport> RunAsync(
        ClinicContext clinic, TextReader file, bool isDryRun, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Whole, because a later line can show that an id on an earlier one identifies nothing. Rows of commas are what a spreadsheet writes below its last one.
        var lines = CsvLines.Read(file).Where(l => l.Fields is not { } fields || fields.Any(f => !string.IsNullOrWhiteSpace(f))).ToList();
        var (format, faults) = LabImportFormat.FromHeader(lines.FirstOrDefault());
        if (format is null)
        {
            yield return new LabImportReport(1, LabImportOutcome.Refused, faults);
            yield break;
        }

        var ambiguous = LabImportName.Ambiguous(lines.Skip(1).Select(format.FinalId).OfType<LabImportName>());
        foreach (var line in lines.Skip(1))
        {
            var read = format.FinalId(line) is { } name && ambiguous.Contains((name.Patient, name.Id))
                ? LabImportFormat.Ambiguous(line.Number)
                : format.Read(line, clinic.DayAt(clock.GetCurrentInstant()));
            yield return await ImportAsync(clinic, read, isDryRun, cancellation);
        }
    }

    private async Task<LabImportReport> ImportAsync(ClinicContext clinic, LabImportLine line, bool isDryRun, CancellationToken cancellation)
    {
        if (line.Result is null)
        {
            return new LabImportReport(line.Number, LabImportOutcome.Refused, line.Faults);
        }

        try
        {
            var outcome = isDryRun
                ? await add.TryAsync(clinic, line.PatientId!, [line.Result], cancellation)
                : await add.RunAsync(clinic, line.PatientId!, [line.Result], By, cancellation);
            return Report(line.Number, outcome);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // A patient whose records cannot be read, or a store that is away for a moment, costs this line and no other.
            return new LabImportReport(line.Number, LabImportOutcome.Refused, [$"could not be stored ({broken.GetType().Name}): import the file again"]);
        }
    }

    private static LabImportReport Report(int line, AddLabResultsOutcome outcome) => outcome switch
    {
        AddLabResultsOutcome.Added { New: > 0 } => new LabImportReport(line, LabImportOutcome.Stored, []),
        AddLabResultsOutcome.Added => new LabImportReport(line, LabImportOutcome.Known, []),
        AddLabResultsOutcome.NothingToTakeBack => new LabImportReport(line, LabImportOutcome.Refused, ["takes back a result that is not stored"]),
        AddLabResultsOutcome.NameTaken => new LabImportReport(line, LabImportOutcome.Refused, ["id belongs to another result of this patient"]),
        _ => new LabImportReport(line, LabImportOutcome.Refused, ["patient is nobody of this clinic"]),
    };
}
