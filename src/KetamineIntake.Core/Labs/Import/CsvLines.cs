using System.Text;

namespace KetamineIntake.Core.Labs.Import;

/// <summary>One record of a CSV file.</summary>
/// <param name="Number">Of the line on which it starts, from 1.</param>
/// <param name="Fields">Null when the record cannot be read; then <paramref name="Fault"/> says why.</param>
public sealed record CsvLine(int Number, IReadOnlyList<string>? Fields, string? Fault);

/// <summary>Reads RFC 4180, strictly: a quote stands around a whole field or nowhere. A record that cannot be read ends with its line, so that one slip does not swallow the file.</summary>
public static class CsvLines
{
    /// <summary>A field longer than this is no field of ours; it guards against a quote that never closes.</summary>
    public const int LongestField = 1000;

    /// <summary>Records in file order; blank lines are passed over.</summary>
    public static IEnumerable<CsvLine> Read(TextReader reader)
    {
        var number = 0;
        while (reader.ReadLine() is { } text)
        {
            number++;
            var first = number;
            text = first == 1 ? text.TrimStart('\uFEFF') : text;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var fields = new List<string>();
            var fault = ReadRecord(text, reader, fields, ref number);
            yield return new CsvLine(first, fault is null ? fields : null, fault);
        }
    }

    private static string? ReadRecord(string text, TextReader reader, List<string> fields, ref int number)
    {
        var at = 0;
        while (true)
        {
            var fault = at < text.Length && text[at] == '"'
                ? ReadQuoted(ref text, ref at, reader, fields, ref number)
                : ReadPlain(text, ref at, fields);
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
        return field.Contains('"', StringComparison.Ordinal) ? "has a quote inside a field that is not quoted"
            : field.Length > LongestField ? $"has a field of more than {LongestField} characters" : null;
    }

    private static string? ReadQuoted(ref string text, ref int at, TextReader reader, List<string> fields, ref int number)
    {
        var field = new StringBuilder();
        at++;
        while (field.Length <= LongestField)
        {
            if (at >= text.Length)
            {
                if (reader.ReadLine() is not { } more)
                {
                    return "has a quote that never closes";
                }

                number++;
                field.Append('\n');
                text = more;
                at = 0;
            }
            else if (text[at] != '"')
            {
                field.Append(text[at++]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append('"');
                at += 2;
            }
            else
            {
                at++;
                fields.Add(field.ToString());
                return at < text.Length && text[at] != ',' ? "has something between a closing quote and the comma" : null;
            }
        }

        return $"has a field of more than {LongestField} characters";
    }
}
