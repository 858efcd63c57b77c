using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Tests.Screenings;

/// <summary>The healthy patient of the domain reference: "no" to every history item, major depression, two adequate trials, nothing else that anybody minds.</summary>
internal static class HealthyPatient
{
    public static readonly LocalDate Born = new(1990, 1, 1);
    public static readonly LocalDate Today = new(2026, 12, 1);

    private const string NotNo = "ind.primary=MDD ind.trials=2 ind.therapyTried=yes med.classes=none log.escort=yes pain.intensity=0";

    public static readonly AnswerSet Woman = Complete("dem.sexAtBirth=female preg.potential=no preg.contraception=no");

    public static readonly AnswerSet Man = Complete("dem.sexAtBirth=male");

    public static ScreeningFacts Facts(AnswerSet answers) => new(answers, Born, Today);

    /// <summary>Changes as one line of text: answers by linkId, "item=-" to leave one out, "lab:", "reading:", "born=", "." for none.</summary>
    public static ScreeningFacts With(string changes)
    {
        var words = changes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w != ".").ToList();
        var answers = words.Where(w => !w.Contains(':', StringComparison.Ordinal) && !w.StartsWith("born=", StringComparison.Ordinal));
        var born = words.Find(w => w.StartsWith("born=", StringComparison.Ordinal));
        return new ScreeningFacts(
            Written.With(Woman, EmbeddedProtocol.Questionnaire, string.Join(' ', answers)),
            born is null ? Born : Written.Date(born["born=".Length..]).Earliest,
            Today,
            Values(words, "lab:"),
            Values(words, "reading:"));
    }

    private static Dictionary<string, Answer> Values(List<string> words, string prefix) =>
        words.Where(w => w.StartsWith(prefix, StringComparison.Ordinal))
            .Select(w => w[prefix.Length..].Split('='))
            .ToDictionary(p => p[0], p => Written.Value(p[1]), StringComparer.Ordinal);

    /// <summary>The given answers, and no or zero for every other required item that they leave enabled.</summary>
    private static AnswerSet Complete(string given)
    {
        var answers = Written.Answers(EmbeddedProtocol.Questionnaire, $"{NotNo} {given}");
        foreach (var item in EmbeddedProtocol.Questionnaire.All.Where(i => i is { Identity: false, Optional: false, Type: not ItemType.Group and not ItemType.Display }))
        {
            if (answers.Find(item.LinkId) is null && (item.EnableWhen.Count == 0 || item.EnableWhen.Any(e => AnswerText.Of(answers.Find(e.Question)) == e.Code)))
            {
                answers = answers.With(item.LinkId, Written.Answer(item, item.Codes.Any(c => c.Code == "no") ? "no" : "0"));
            }
        }

        return answers;
    }
}
