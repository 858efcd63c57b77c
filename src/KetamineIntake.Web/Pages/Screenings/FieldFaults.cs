using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>What to do about a field that could not be read, in words for the person who filled it in.</summary>
internal static class FieldFaults
{
    public static string Words(QuestionnaireItem item, FormFields fields, LocalDate today) => item.Type switch
    {
        ItemType.Choice when item.Repeats && fields.All(item.LinkId).Count > 1 => "Choose either the last answer that stands alone (“none” or “not sure”) or the others, not both.",
        ItemType.Choice => "Choose one of the answers shown.",
        ItemType.Integer or ItemType.Decimal => Number(item),
        ItemType.Date => Date(DateFieldsText.Join(item, fields), today),
        _ => item.MaximumLength is { } most ? $"Use at most {most} characters, and only letters, digits and ordinary signs." : "Use only letters, digits and ordinary signs.",
    };

    /// <summary>An identity field's fault, by the questionnaire's name for it.</summary>
    public static string Identity(string linkId, bool isBlank) => (linkId, isBlank) switch
    {
        ("dem.givenName", _) => "Enter your first name.",
        ("dem.familyName", _) => "Enter your last name.",
        ("dem.dob", true) => "Enter your date of birth.",
        ("dem.dob", false) => "Enter your date of birth as a month, a day and a year, like 3 14 1985.",
        ("dem.phone", true) => "Enter a phone number that the clinic can reach you at.",
        ("dem.phone", false) => "Enter a phone number that can receive texts, with its area code, like 212 555 0123.",
        ("dem.email", _) => "Enter an e-mail address like name@example.com, or leave it empty.",
        _ => "Choose one of the answers shown.",
    };

    private static string Number(QuestionnaireItem item)
    {
        var kind = item.Type == ItemType.Integer ? "a whole number" : "a number";
        return (item.Minimum, item.Maximum) switch
        {
            ({ } least, { } most) => $"Enter {kind} from {AnswerWords.Plain(least)} to {AnswerWords.Plain(most)}.",
            ({ } least, null) => $"Enter {kind}, {AnswerWords.Plain(least)} or more.",
            (null, { } most) => $"Enter {kind}, {AnswerWords.Plain(most)} or less.",
            _ => $"Enter {kind} in digits.",
        };
    }

    private static string Date(string typed, LocalDate today)
    {
        if (typed.StartsWith('-'))
        {
            return "Enter the year too, like 2019.";
        }

        return PartialDateText.Parse(typed) is { } date && date.Earliest > today
            ? "Enter a date that is not in the future."
            : "Enter a date that exists: the month from 1 to 12, the day if you know it, and the year in four digits.";
    }
}
