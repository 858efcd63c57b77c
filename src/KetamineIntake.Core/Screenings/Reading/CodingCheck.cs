using System.Globalization;
using System.Text;
using System.Text.Json;
using KetamineIntake.Core.Labs.Fhir;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>
/// Whether an answer's coding says one thing: a code of another system is another code ("no" of a terminology is not our "no"), and a text that names another option means that one
/// (codes that count from one are the next option's here).
/// </summary>
internal static class CodingCheck
{
    private const string Ordinal = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

    // LOINC's answer lists are codes of their own, which whoever reads the code looks up.
    private const string Loinc = "http://loinc.org";

    // Shorter texts ("No", "Yes") stand in many sentences.
    private const int LongEnough = 6;

    /// <summary>What is wrong with the coding and where in it; null when nothing is, or the code itself is none of the question's.</summary>
    public static (string Member, string Detail)? Fault(QuestionnaireItem question, JsonElement coding, CodedWords words)
    {
        var code = coding.Text("code");
        if (coding.Member("system") is { } system && !IsOf(question, code, system))
        {
            return ("system", "is not the system of this question's answers");
        }

        // By another system's code too: it is read as ours, and its words and points may contradict it as well.
        if (question.Codes.FirstOrDefault(o => o.Code == code || (o.SameAs is { } same && same == (coding.Text("system"), code))) is not { } option)
        {
            return null;
        }

        if (coding.Text("display") is { } display && Contradicts(question, option, Plain(display), words))
        {
            return ("display", "names another answer than the code");
        }

        if (coding.Items("extension").Any(e => e.Text("url") == FhirAnswer.DataAbsentReason))
        {
            return ("extension", "says that there is no answer");
        }

        return option.Ordinal is { } points && coding.Items("extension").Any(e => e.Text("url") == Ordinal && e.Member("valueDecimal") is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var sent) && sent != points)
            ? ("extension", "counts other points than the code")
            : null;
    }

    private static bool IsOf(QuestionnaireItem question, string? code, JsonElement system) =>
        system.ValueKind == JsonValueKind.String
        && (question.Codes.All(o => o.System is null) || question.Codes.Any(o => o.System == system.GetString()) || (system.GetString() == Loinc && code?.StartsWith("LA", StringComparison.Ordinal) == true));

    private static bool Contradicts(QuestionnaireItem question, AnswerOption option, string said, CodedWords words)
    {
        if (Texts(option).Contains(said, StringComparer.Ordinal))
        {
            return false;
        }

        var others = question.Codes.Where(o => o != option).SelectMany(Texts).ToList();
        return others.Contains(said, StringComparer.Ordinal)
            || (others.Exists(o => o.Length >= LongEnough && said.Contains(o, StringComparison.Ordinal)) && !Texts(option).Any(own => said.Contains(own, StringComparison.Ordinal)))
            || (option.Code is "yes" or "no" && words.Neither.Any(u => $" {said}".Contains($" {u}", StringComparison.Ordinal)))
            || (option.Ordinal is { } points && decimal.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var named) && named != points)
            || (option.Code is "yes" or "no" && words.First.TryGetValue(said.Split(' ')[0], out var word) && word != option.Code);
    }

    internal static IEnumerable<string> Texts(AnswerOption option) => option.Translated.Append(option.Display).Select(Plain);

    /// <summary>Renderers change case and quotes; no two options differ by those.</summary>
    internal static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text)
        {
            plain.Append(char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ');
        }

        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
