using System.Text;

namespace KetamineIntake.Core.Labs.Import;

/// <summary>One record of a CSV file, which is one line of it.</summary>
/// <param name="Number">Of the line, from 1.</param>
/// <param name="Fields">Null when the record cannot be read; then <paramref name="Fault"/> says why.</param>
public sealed record CsvLine(int Number, IReadOnlyList<string>? Fields, string? Fault);

/// <summary>
/// Reads RFC 4180, strictly and without line breaks inside fields: no column of ours needs one, and a quote that was forgotten would swallow the results on
/// the lines behind it unseen. A quote stands around a whole field or nowhere. Each line is read or refused by itself.
/// </summary>
public static class CsvLines
{
    /// <summary>Characters; a longer field is no field of ours.</summary>
    public const int LongestField = 1000;

    /// <summary>Lines in file order, numbered as an editor numbers them; blank ones are passed over. A byte order mark is no part of the first field.</summary>
    public static IEnumerable<CsvLine> Read(TextReader reader)
    {
        var number = 0;
        while (reader.ReadLine() is { } text)
        {
            number++;
            text = number == 1 ? text.TrimStart('\uFEFF') : text;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var fields = new List<string>();
            var fault = ReadRecord(text, fields);
            yield return new CsvLine(number, fault is null ? fields : null, fault);
        }
    }

    private static string? ReadRecord(string text, List<string> fields)
    {
        var at = 0;
        while (true)
        {
            var fault = at < text.Length && text[at] == '"' ? ReadQuoted(text, ref at, fields) : ReadPlain(text, ref at, fields);
            if (fault is not null)
            {
                return fault;
            }

            if (at >= text.Length)
            {
                return null;
            }

            // At the comma: one more field follows, even when nothing stands behind it.
            at++;
        }
    }

    private static string? ReadPlain(string text, ref int at, List<string> fields)
    {
        var end = text.IndexOf(',', at) is >= 0 and var comma ? comma : text.Length;
        var field = text[at..end];
        at = end;
        fields.Add(field);
        return field.Contains('"', StringComparison.Ordinal) ? "has a quote inside a field that is not quoted" : LengthFault(field.Length);
    }

    private static string? ReadQuoted(string text, ref int at, List<string> fields)
    {
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                field.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append('"');
                at++;
            }
            else
            {
                at++;
                fields.Add(field.ToString());
                return at < text.Length && text[at] != ',' ? "has something between a closing quote and the comma" : LengthFault(field.Length);
            }
        }

        return "has a quote that does not close on its line";
    }

    private static string? LengthFault(int length) => length > LongestField ? $"has a field of more than {LongestField} characters" : null;
}
