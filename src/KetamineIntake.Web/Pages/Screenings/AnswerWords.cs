using System.Globalization;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>An answer as a person would say it.</summary>
internal static class AnswerWords
{
    public const string Unanswered = "Not answered";

    public static string Of(QuestionnaireItem? item, Answer? answer) => answer switch
    {
        null => Unanswered,
        Answer.NotSure => "Not sure",
        Answer.Choice choice => Display(item, choice.Code),
        Answer.Choices choices => string.Join("; ", choices.Codes.Select(c => Display(item, c))),
        Answer.Number number => Number(item, number.Value),
        Answer.Date date => Date(date.Value),
        Answer.Text text => text.Value,
        _ => throw new InvalidOperationException($"No words for {answer.GetType().Name}."),
    };

    /// <summary>"March 14, 2026", "March 2026" or "2026".</summary>
    public static string Date(PartialDate date) => date switch
    {
        { Month: null } => date.Year.ToString("0000"),
        { Day: null } => date.Earliest.ToString("MMMM uuuu", CultureInfo.InvariantCulture),
        _ => date.Earliest.ToString("MMMM d, uuuu", CultureInfo.InvariantCulture),
    };

    public static string Plain(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static string Number(QuestionnaireItem? item, decimal value)
    {
        var words = item?.Codes.FirstOrDefault(c => c.Ordinal == value)?.Display;
        return words is not null ? $"{words} ({Plain(value)})"
            : item is not null && Measure.Is(item) ? Measure.Words(item, value)
            : item?.Unit is { } unit ? $"{Plain(value)} {unit}"
            : Plain(value);
    }

    private static string Display(QuestionnaireItem? item, string code) =>
        item?.Codes.FirstOrDefault(c => c.Code == code)?.Display ?? code switch
        {
            "yes" => "Yes",
            "no" => "No",
            "none" => "None of these",
            "declined" => "Preferred not to answer",
            _ => code,
        };
}
