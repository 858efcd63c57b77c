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
        ItemType.Integer or ItemType.Decimal => DecimalComma.Ask(fields.Text(item.LinkId)) ?? Number(item),
        ItemType.Date => Date(DateFieldsText.Join(item, fields), today),
        _ => Text(item, fields.Text(item.LinkId)),
    };

    private static string Text(QuestionnaireItem item, string typed) => item.MaximumLength is { } most && typed.Trim().Length > most
        ? $"{typed.Trim().Length} characters are too many: use {most} at most."
        : "There is a mark in it that cannot be seen. Type it by hand instead of pasting it.";

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

    private static string Date(string typed, LocalDate today) =>
        TypedDate.Read(typed, today).Fault is { } fault ? TypedDate.Words(fault) : "Enter a date: the month from 1 to 12, the day if you know it, and the year in four digits.";
}
