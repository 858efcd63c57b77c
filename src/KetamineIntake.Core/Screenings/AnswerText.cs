using System.Globalization;

namespace KetamineIntake.Core.Screenings;

/// <summary>Answers in words as the HTTP contract writes them: codes, numbers without trailing zeros, ISO dates to the precision given.</summary>
public static class AnswerText
{
    /// <summary>The code of an answer of somebody who is not sure.</summary>
    public const string NotSure = "not-sure";

    /// <summary>Null for no answer; several codes are joined by commas.</summary>
    public static string? Of(Answer? answer) => answer switch
    {
        null => null,
        Answer.Choice choice => choice.Code,
        Answer.Choices choices => string.Join(',', choices.Codes),
        Answer.Number number => Of(number.Value),
        Answer.Date date => Of(date.Value),
        Answer.Text text => text.Value,
        Answer.NotSure => NotSure,
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    /// <summary>Whole numbers, which nearly all answers are, take the short way: the custom format costs more than judging a rule.</summary>
    public static string Of(decimal value) => decimal.IsInteger(value) && value is > int.MinValue and < int.MaxValue
        ? ((int)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString("0.############################", CultureInfo.InvariantCulture);

    public static string Of(PartialDate date) => date switch
    {
        { Month: null } => date.Year.ToString("0000", CultureInfo.InvariantCulture),
        { Day: null } => string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}-{date.Day:00}"),
    };
}
