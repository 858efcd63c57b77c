using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Which control fits an item.</summary>
internal static class Widgets
{
    /// <summary>Up to this many options are shown at once; more become a drop-down list.</summary>
    private const int MostCards = 20;

    /// <summary>A label up to this long fits beside two others on a narrow phone.</summary>
    private const int ShortLabel = 12;

    public static bool IsSelect(QuestionnaireItem item) =>
        IdentityOptions.For(item).Count > 0 || (item is { Type: ItemType.Choice, Repeats: false } && item.Codes.Count > MostCards);

    public static IReadOnlyList<AnswerOption> Options(QuestionnaireItem item) =>
        IdentityOptions.For(item) is { Count: > 0 } offered ? offered : item.Codes;

    /// <summary>Three short options (yes, no, not sure) stand side by side; a scale does on a wide screen; the rest is stacked.</summary>
    public static string CardsClass(QuestionnaireItem item) =>
        item.Codes.Count <= 3 && item.Codes.All(c => c.Display.Length <= ShortLabel) ? "cards row"
        : item.Codes.Any(c => c.Ordinal is not null) ? "cards scale"
        : "cards";

    public static bool IsYesNo(QuestionnaireItem item) =>
        item is { Type: ItemType.Choice, Repeats: false } && item.Codes.Any(c => c.Code == "yes") && item.Codes.Any(c => c.Code == "no");

    /// <summary>"Not sure" is a legal answer to any date or number; who you are and readings nobody must have need no such box.</summary>
    public static bool OffersUnsure(QuestionnaireItem item) =>
        item is { Type: ItemType.Date or ItemType.Integer or ItemType.Decimal, Identity: false, Optional: false };

    public static bool IsQuestion(QuestionnaireItem item) => item.Type is not (ItemType.Group or ItemType.Display);
}
