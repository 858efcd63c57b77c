using System.Globalization;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Core.Labs.Import;

/// <summary>The value columns of a line: a LOINC code, a number or words, a unit and the reference range.</summary>
internal static class LabImportValue
{
    private static readonly string[] Columns = ["value", "unit", "low", "high"];

    /// <returns>Null when the line has no value.</returns>
    public static LabValue? Read(Func<string, string?> field, List<FieldFault> faults)
    {
        if (field("loinc") is not { } code)
        {
            faults.AddRange(Columns.Where(c => field(c) is not null).Take(1).Select(c => new FieldFault(c, "needs a loinc code that says what it is")));
            return null;
        }

        if (LabKinds.Find(code) is not { } kind)
        {
            faults.Add(new FieldFault("loinc", "is no code of a required test"));
            return null;
        }

        if (field("value") is not { } text)
        {
            faults.AddRange(kind.IsMeasured ? [new FieldFault("value", "is needed with this loinc code")] : []);
            return kind.IsMeasured ? null : new LabValue(code, null, null, null, null, null, null, null);
        }

        var comparator = text.StartsWith("<=", StringComparison.Ordinal) || text.StartsWith(">=", StringComparison.Ordinal) ? text[..2]
            : text[0] is '<' or '>' ? text[..1] : null;
        var number = Number(text[(comparator?.Length ?? 0)..]);
        if (number is null && !kind.IsNumber && MangledText.Fault(text) is not null)
        {
            faults.Add(new FieldFault("value", "was lost in a spreadsheet"));
        }

        if (number is null && kind.IsNumber)
        {
            // "TNP", "see note": a test that was not done.
            faults.Add(new FieldFault("value", "must be a number such as 7.5 with this loinc code"));
        }

        return new LabValue(
            code, null, number, number is null ? null : comparator, field("unit"), Limit("low", field, faults), Limit("high", field, faults), number is null ? text : null);
    }

    private static decimal? Limit(string column, Func<string, string?> field, List<FieldFault> faults)
    {
        if (field(column) is not { } text)
        {
            return null;
        }

        var number = Number(text);
        if (number is null)
        {
            faults.Add(new FieldFault(column, "must be a number such as 7.5"));
        }

        return number;
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
