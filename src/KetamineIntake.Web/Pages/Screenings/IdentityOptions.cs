using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Choices for questions about who the patient is that may also be answered in free text, so that nobody has to know an IANA id by heart.</summary>
internal static class IdentityOptions
{
    /// <summary>The choices, or none: the question is answered in free text.</summary>
    public static IReadOnlyList<AnswerOption> For(QuestionnaireItem item) => item is { Type: ItemType.Text, Identity: true } ? item.Codes : [];
}
