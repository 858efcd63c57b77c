using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>All that a page of the form is drawn from.</summary>
/// <param name="Answers">The draft's answers; they decide which questions of the page show.</param>
/// <param name="Fields">What stands in the fields: the answers, or after an error exactly what was typed.</param>
public sealed record SectionView(
    Questionnaire Questionnaire,
    Enablement Enablement,
    QuestionnaireItem Section,
    AnswerSet Answers,
    FormFields Fields,
    IReadOnlyList<FieldError> Errors)
{
    /// <summary>The patient's.</summary>
    public SmsLanguage Language => Texts.Language;

    /// <summary>In the patient's language.</summary>
    public required ProtocolTexts Texts { get; init; }

    /// <summary>The words of an item that asks nothing, in the patient's language where there are any, with the language's code.</summary>
    public (string Words, string Language) Said(QuestionnaireItem item)
    {
        var code = SmsLanguages.Code(Language);
        return item.Translations.TryGetValue(code, out var words) ? (words, code) : (item.Text, SmsLanguages.Code(SmsLanguage.English));
    }

    public string? Error(string linkId) => Errors.FirstOrDefault(e => e.LinkId == linkId)?.Message;

    public bool Shows(QuestionnaireItem item) => Enablement.IsShown(item, Answers);

    public bool Follows(QuestionnaireItem item) => Enablement.DependsOnPage(item, Answers);

    public static string HintId(QuestionnaireItem item) => FieldName.Id(item.LinkId) + "-hint";

    public static string ErrorId(QuestionnaireItem item) => FieldName.Id(item.LinkId) + "-error";

    /// <summary>The ids of the hint and error that explain the field; null without any.</summary>
    public string? DescribedBy(QuestionnaireItem item)
    {
        var ids = string.Join(' ', new[] { Hint(item) is null ? "" : HintId(item), Error(item.LinkId) is null ? "" : ErrorId(item) }.Where(i => i.Length > 0));
        return ids.Length == 0 ? null : ids;
    }

    public static string? Hint(QuestionnaireItem item) => item switch
    {
        _ when IdentityOptions.For(item).Count > 0 => null,
        _ when Measure.Is(item) => null,
        { Help: { Length: > 0 } help } => help,
        { Type: ItemType.Date, Identity: false } => "The month and year are enough, or the year alone.",
        { Type: ItemType.Choice, Repeats: true } when !item.Text.Contains("all that", StringComparison.Ordinal) => "Choose all that apply.",
        _ => null,
    };

    /// <summary>When the question counts, for browsers that cannot hide it: “If you answered Yes to …”.</summary>
    public string When(QuestionnaireItem item) => "Only if: " + string.Join(
        item.EnableAll ? " and " : " or ",
        item.EnableWhen.GroupBy(c => c.Question, StringComparer.Ordinal).Select(c => Condition(c.Key, [.. c.Select(x => x.Code)])));

    private string Condition(string question, IReadOnlyList<string> codes)
    {
        var gate = Questionnaire.Find(question);
        var words = codes.Select(code => gate?.Codes.FirstOrDefault(c => c.Code == code)?.Display ?? code);
        return $"“{gate?.Text}” is “{string.Join("” or “", words)}”";
    }
}
