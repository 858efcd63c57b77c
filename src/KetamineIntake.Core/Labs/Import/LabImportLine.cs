using System.Globalization;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Core.Labs.Import;

/// <summary>One line of a back catalogue: read whole or refused whole.</summary>
/// <param name="Number">In the file, from 1 (the header).</param>
/// <param name="Result">Null when the line is refused; then <paramref name="Faults"/> say why. Faults repeat no value of the line.</param>
public sealed record LabImportLine(int Number, string? PatientId, LabResult? Result, IReadOnlyList<string> Faults);

/// <summary>The id of a line, and what it is a final result of.</summary>
public sealed record LabImportName(string Patient, string Id, string Day, string Code, string Value)
{
    /// <summary>Patients' ids that stand on final lines of different days, or of different values of one quantity.</summary>
    public static HashSet<(string Patient, string Id)> Ambiguous(IEnumerable<LabImportName> names) =>
        [.. names.GroupBy(n => (n.Patient, n.Id)).Where(g => g.DistinctBy(n => n.Day).Count() > 1 || g.GroupBy(n => n.Code, StringComparer.Ordinal).Any(c => c.DistinctBy(n => n.Value).Count() > 1)).Select(g => g.Key)];
}

/// <summary>Reads the lines of a back catalogue: patient,test,collectedOn and, when the clinic has them, status,id,loinc,value,unit,low,high. Columns in any order.
/// Without an id a value can be taken back (with the same value, comparator and unit) but not corrected: another value of the same day stands beside it.</summary>
public sealed class LabImportFormat
{
    private static readonly string[] Required = ["patient", "test", "collectedOn"];
    private static readonly string[] Optional = ["status", "id", "loinc", "value", "unit", "low", "high"];

    private static readonly string[] ValueColumns = ["value", "unit", "low", "high"];

    private readonly Dictionary<string, int> columns;

    // The header's, empty columns at its end included: a spreadsheet writes them into every line.
    private readonly int width;

    private LabImportFormat(Dictionary<string, int> columns, int width) => (this.columns, this.width) = (columns, width);

    /// <summary>The format that a header line announces, or what is wrong with it.</summary>
    public static (LabImportFormat? Format, IReadOnlyList<string> Faults) FromHeader(CsvLine? header)
    {
        if (header?.Fields is not { } fields)
        {
            return (null, [header?.Fault is { } fault ? "The header " + fault + "." : "The file is empty."]);
        }

        var names = fields.Select(f => f.Trim()).ToList();
        names = names[..(names.FindLastIndex(n => n.Length > 0) + 1)];
        var faults = Required.Except(names, StringComparer.Ordinal).Select(name => $"The header lacks the column {name}.")
            .Concat(names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"The header names column {names.IndexOf(g.Key) + 1} twice."))
            .Concat(names.Where(n => !Required.Contains(n, StringComparer.Ordinal) && !Optional.Contains(n, StringComparer.Ordinal))
                .Select(n => $"The header's column {names.IndexOf(n) + 1} is none of {string.Join(", ", Required.Concat(Optional))}."))
            .ToList();
        return faults.Count > 0
            ? (null, faults)
            : (new LabImportFormat(names.Select((name, index) => (name, index)).ToDictionary(c => c.name, c => c.index, StringComparer.Ordinal), fields.Count), []);
    }

    /// <summary>
    /// Whose id the line has, and what it is a final result of: day and value. Null for a line that has no id, or takes back or corrects one. Two of them under one id are two results.
    /// </summary>
    public LabImportName? FinalId(CsvLine line) =>
        line.Fields is { } fields && fields.Count >= columns.Count && Field(fields, "id") is { } id && (Field(fields, "status") ?? "final") == "final"
            ? new LabImportName(Field(fields, "patient") ?? "", id, Field(fields, "collectedOn") ?? "", Field(fields, "loinc") ?? Field(fields, "test") ?? "", string.Join('\u001f', ValueColumns.Select(c => Same(Field(fields, c)))))
            : null;

    /// <summary>The line refused: its id names several results.</summary>
    public static LabImportLine Ambiguous(int number) =>
        new(number, null, null, ["id stands on final lines of different days or values, so it identifies none of them: leave it empty, give each result its own, or mark the later one as corrected"]);

    /// <param name="today">The clinic's day: a later date is refused.</param>
    public LabImportLine Read(CsvLine line, LocalDate today)
    {
        if (line.Fields is not { } fields)
        {
            return new LabImportLine(line.Number, null, null, [line.Fault!]);
        }

        if (fields.Count < columns.Count || fields.Count > width || fields.Skip(columns.Count).Any(f => !string.IsNullOrWhiteSpace(f)))
        {
            return new LabImportLine(line.Number, null, null, [$"has {fields.Count} fields where the header has {columns.Count}"]);
        }

        var faults = new List<FieldFault>();
        var patient = Field(fields, "patient");
        Note(faults, "patient", RowId.IsValid(patient) ? null : "is no patient id");
        var test = Field(fields, "test");
        Note(faults, "test", LabResultReader.TestFault(test));
        var (date, dateFault) = LabResultReader.ReadDate(Field(fields, "collectedOn"), today);
        Note(faults, "collectedOn", dateFault);
        var (status, statusFault) = Field(fields, "status") is { } word ? LabResultReader.ReadStatus(word) : (LabResultStatus.Final, null);
        Note(faults, "status", statusFault);
        Note(faults, "id", Field(fields, "id") is { } named ? MangledText.Fault(named) : null);
        var value = LabImportValue.Read(name => Field(fields, name), faults);
        Note(faults, "loinc", value is not null && test is not null && LabResultReader.TestFault(test) is null && !LabKinds.CanBe(value.Code, test) ? "is a code of another test" : null);
        return faults.Count > 0
            ? new LabImportLine(line.Number, null, null, [.. faults.Select(f => $"{f.Pointer} {f.Detail}")])
            : new LabImportLine(line.Number, patient, Result(test!, date!.Value, status!.Value, Field(fields, "id"), value), []);
    }

    // The clinic's own number of the result makes it one; without it test, date, quantity and value do: two values of one day both stand, and a line that
    // takes back says which of them it means.
    private static LabResult Result(string test, LocalDate date, LabResultStatus status, string? id, LabValue? value)
    {
        var typed = LabResultReader.Typed(test, date, status);
        if (id is null && value is null)
        {
            return typed;
        }

        var identity = id is null ? LabIds.Of(["lab-import", typed.Id, value!.Code, .. Said(value)]) : LabIds.Of("lab-import", id);
        // A line with a value attests that quantity, not the whole test.
        return typed with { Id = identity, HasSource = id is not null, Codes = value is null ? [test] : [value.Code], Values = value is null ? [] : [value] };
    }

    // 5 and 5.0 are the same number; a panel's code without a value goes by itself.
    private static IEnumerable<string> Said(LabValue value) =>
        value.Number is { } number ? [$"{value.Comparator}{number.ToString("0.############################", CultureInfo.InvariantCulture)}", value.Unit ?? string.Empty]
        : value.Text is { } text ? [text, value.Unit ?? string.Empty]
        : [];

    private static string Same(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.############################", CultureInfo.InvariantCulture) : text ?? "";

    private static void Note(List<FieldFault> faults, string column, string? fault)
    {
        if (fault is not null)
        {
            faults.Add(new FieldFault(column, fault));
        }
    }

    private string? Field(IReadOnlyList<string> fields, string name) =>
        columns.TryGetValue(name, out var index) && fields[index].Trim() is { Length: > 0 } text ? text : null;
}
