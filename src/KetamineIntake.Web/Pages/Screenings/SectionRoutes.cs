using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Web.Clinics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>One section of the questionnaire: show it, save it, and show help before anything else when an answer calls for it.</summary>
internal static class SectionRoutes
{
    public static void Map(RouteGroupBuilder section)
    {
        section.MapGet("", ShowAsync);
        section.MapPost("", SaveAsync);
        section.MapGet("/help", HelpAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string section, Drafts drafts, IDataProtectionProvider protection)
    {
        var (session, page, elsewhere) = await FindAsync(http, section, drafts, protection);
        if (elsewhere is not null)
        {
            return elsewhere;
        }

        var fields = FormFields.From(session!.Questionnaire, session.Draft.Answers, session.Draft.Patient);
        return Draw(http, session, page!, fields, [], Urgency.None);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext http, string section, Drafts drafts, IDataProtectionProvider protection, IClock clock)
    {
        var (session, page, elsewhere) = await FindAsync(http, section, drafts, protection);
        if (elsewhere is not null)
        {
            return elsewhere;
        }

        var fields = FormFields.From(await http.Request.ReadFormAsync(http.RequestAborted));
        var today = session!.Clinic.DayAt(clock.GetCurrentInstant());
        var reading = new SectionReader(session.Enablement).Read(page!, fields, session.Draft.Answers, today);
        var identity = FormSession.HasIdentity(page!) ? IdentityReader.Read(page!, fields, today) : new IdentityReading(null, []);
        var changes = reading.ChangesFrom(session.Draft.Answers);
        if (await drafts.SaveAsync(session.Clinic, session.Draft.Id, identity.Patient, changes, http.RequestAborted) is not { } saved)
        {
            return ClinicPages.SeeOther(FormLinks.Start(session.Clinic));
        }

        DraftCookie.Write(http, session.Clinic, protection, session.Draft.Id);
        var now = new FormSession(session.Clinic, saved.Draft);
        IReadOnlyList<FieldError> errors = [.. identity.Errors, .. reading.Errors];
        return UnheardRisk.Find(now.Clinic.Protocol, reading.Said, reading.Answers) is { } unheard
            ? Ask(http, now, page!, fields, errors, unheard)
            : Answer(http, now, page!, fields, errors, saved.Raised);
    }

    /// <summary>Help, and which of the answers holds. A contradicted one is cleared: the style sheet may hide it, and then nobody could change it.</summary>
    private static IResult Ask(
        HttpContext http, FormSession session, QuestionnaireItem page, FormFields fields, IReadOnlyList<FieldError> errors, UnheardRisk unheard)
    {
        var shown = unheard.IsContradicted ? fields.Without(unheard.Item.LinkId) : fields;
        var urgency = unheard.Urgency > session.Draft.Urgency ? unheard.Urgency : session.Draft.Urgency;
        return Draw(http, session, page, shown, [unheard.Error, .. errors], urgency);
    }

    private static IResult Answer(
        HttpContext http, FormSession session, QuestionnaireItem page, FormFields fields, IReadOnlyList<FieldError> errors, Urgency raised)
    {
        if (errors.Count > 0)
        {
            return Draw(http, session, page, fields, errors, raised);
        }

        return ClinicPages.SeeOther(
            raised > Urgency.None ? FormLinks.Help(session.Clinic, page, IsFromReview(http))
            : fields.Text("go") == "back" ? session.Before(page)
            : Onwards(http, session, page));
    }

    private static async Task<IResult> HelpAsync(HttpContext http, string section, Drafts drafts, IDataProtectionProvider protection)
    {
        var (session, page, elsewhere) = await FindAsync(http, section, drafts, protection);
        if (elsewhere is not null)
        {
            return elsewhere;
        }

        var onwards = Onwards(http, session!, page!);
        return session!.Draft.Urgency == Urgency.None
            ? ClinicPages.SeeOther(onwards)
            : ClinicPages.Show<HelpPage>(new { Session = session, Onwards = onwards });
    }

    /// <summary>The draft and the section; or the page to go to instead: no draft, already sent, or the patient is not known yet.</summary>
    private static async Task<(FormSession? Session, QuestionnaireItem? Page, IResult? Elsewhere)> FindAsync(
        HttpContext http, string section, Drafts drafts, IDataProtectionProvider protection)
    {
        var clinic = http.Clinic();
        if (FormLinks.FindSection(clinic.Protocol.Questionnaire, section) is not { } page)
        {
            return (null, null, ClinicPages.NotFound(clinic));
        }

        var session = await FormRoutes.FindSessionAsync(http, drafts, protection);
        return session switch
        {
            null => (null, null, ClinicPages.SeeOther(FormLinks.Start(clinic))),
            { Draft.Receipt: not null } => (null, null, ClinicPages.SeeOther(FormLinks.Done(clinic))),
            { Required: { } first } when first.LinkId != page.LinkId => (null, null, ClinicPages.SeeOther(FormLinks.Section(clinic, first))),
            _ => (session, page, null),
        };
    }

    private static IResult Draw(
        HttpContext http, FormSession session, QuestionnaireItem page, FormFields fields, IReadOnlyList<FieldError> errors, Urgency raised)
    {
        var view = new SectionView(session.Questionnaire, session.Enablement, page, session.Draft.Answers, fields, errors);
        var status = errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        return ClinicPages.Show<SectionPage>(new { Session = session, View = view, Raised = raised, IsFromReview = IsFromReview(http) }, status);
    }

    private static string Onwards(HttpContext http, FormSession session, QuestionnaireItem page) =>
        IsFromReview(http) ? FormLinks.Review(session.Clinic) : session.After(page);

    private static bool IsFromReview(HttpContext http) => http.Request.Query["from"] == "review";
}
