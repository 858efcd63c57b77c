using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Choices for identity questions that the questionnaire leaves open as text, so that nobody has to know an IANA id by heart.</summary>
internal static class IdentityOptions
{
    private static readonly AnswerOption[] Zones =
    [
        Zone("America/New_York", "Eastern"),
        Zone("America/Chicago", "Central"),
        Zone("America/Denver", "Mountain"),
        Zone("America/Phoenix", "Mountain without daylight saving (Arizona)"),
        Zone("America/Los_Angeles", "Pacific"),
        Zone("America/Anchorage", "Alaska"),
        Zone("Pacific/Honolulu", "Hawaii"),
        Zone("America/Puerto_Rico", "Atlantic (Puerto Rico)"),
        Zone("Pacific/Guam", "Chamorro (Guam)"),
        Zone("Pacific/Pago_Pago", "Samoa"),
    ];

    private static readonly AnswerOption[] Languages = [new("en", "English", null), new("es", "Español", null)];

    /// <summary>The choices, or none: the question is answered in free text.</summary>
    public static IReadOnlyList<AnswerOption> For(QuestionnaireItem item) => item.LinkId switch
    {
        "dem.tz" => Zones,
        "dem.lang" => Languages,
        _ => [],
    };

    private static AnswerOption Zone(string id, string name) => new(id, name, null);
}
