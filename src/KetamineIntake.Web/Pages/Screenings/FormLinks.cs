using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Addresses of the form's pages. They name sections, never answers or people.</summary>
internal static class FormLinks
{
    private const string SectionPrefix = "section.";

    public static string Start(ClinicContext clinic) => "/" + clinic.Clinic.Slug;

    public static string Section(ClinicContext clinic, QuestionnaireItem section, bool fromReview = false) =>
        $"{Start(clinic)}/form/{Slug(section)}{(fromReview ? "?from=review" : "")}";

    public static string Help(ClinicContext clinic, QuestionnaireItem section, bool fromReview) =>
        $"{Start(clinic)}/form/{Slug(section)}/help{(fromReview ? "?from=review" : "")}";

    public static string Review(ClinicContext clinic) => Start(clinic) + "/review";

    public static string Done(ClinicContext clinic) => Start(clinic) + "/done";

    public static string Forget(ClinicContext clinic) => Start(clinic) + "/forget";

    /// <summary>The hash makes another version of the questionnaire another address.</summary>
    public static string Styles(ClinicContext clinic) => $"{Start(clinic)}/form.css?v={clinic.Protocol.Hash[..Math.Min(16, clinic.Protocol.Hash.Length)]}";

    public static QuestionnaireItem? FindSection(Questionnaire questionnaire, string slug) =>
        questionnaire.Sections.FirstOrDefault(s => Slug(s) == slug);

    private static string Slug(QuestionnaireItem section) =>
        section.LinkId.StartsWith(SectionPrefix, StringComparison.Ordinal) ? section.LinkId[SectionPrefix.Length..] : section.LinkId;
}
