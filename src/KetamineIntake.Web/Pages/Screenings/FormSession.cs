using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>One patient's way through the form: which pages there are for them, and which comes next.</summary>
public sealed class FormSession(ClinicContext clinic, Draft draft)
{
    public ClinicContext Clinic => clinic;

    public Draft Draft => draft;

    public Questionnaire Questionnaire => clinic.Protocol.Questionnaire;

    /// <summary>The patient's language; null before they have said who they are.</summary>
    public string? Language => draft.Patient?.Language;

    /// <summary>What must be said in the patient's language.</summary>
    public ProtocolTexts Texts => clinic.Protocol.TextsFor(Language);

    public Enablement Enablement { get; } = new(clinic.Protocol.Questionnaire);

    /// <summary>The sections with at least one question that the answers so far call for.</summary>
    public IReadOnlyList<QuestionnaireItem> Sections =>
        [.. Questionnaire.Sections.Where(s => Enablement.Questions(s, draft.Answers).Any())];

    /// <summary>Who the patient is has to be said first: a suicide-risk answer on a later page must reach the clinic with a name.</summary>
    public QuestionnaireItem? Required => draft.Patient is null ? Questionnaire.Sections.First(HasIdentity) : null;

    /// <summary>Counted from 1; the page that shows all answers is the last.</summary>
    public int StepOf(QuestionnaireItem section) => Sections.TakeWhile(s => s.LinkId != section.LinkId).Count() + 1;

    public int Steps => Sections.Count + 1;

    public string After(QuestionnaireItem section)
    {
        var later = Questionnaire.Sections.SkipWhile(s => s.LinkId != section.LinkId).Skip(1);
        var next = later.FirstOrDefault(s => Sections.Contains(s));
        return next is null ? FormLinks.Review(clinic) : FormLinks.Section(clinic, next);
    }

    public string Before(QuestionnaireItem section)
    {
        var last = Sections.TakeWhile(s => s.LinkId != section.LinkId).LastOrDefault();
        return last is null ? FormLinks.Start(clinic) : FormLinks.Section(clinic, last);
    }

    /// <summary>Where somebody who comes back goes on: the first page without any answer, else all answers.</summary>
    public string Resume
    {
        get
        {
            var next = Required ?? Sections.FirstOrDefault(s =>
                !HasIdentity(s) && Enablement.Questions(s, draft.Answers).All(q => draft.Answers.Find(q.LinkId) is null));
            return next is null ? FormLinks.Review(clinic) : FormLinks.Section(clinic, next);
        }
    }

    public static bool HasIdentity(QuestionnaireItem section) => Enablement.Inside(section).Any(i => i.Identity);
}
