using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Referrals;
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
        section.MapPost("/help", TellWhereAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string section, Drafts drafts, IDataProtectionProvider protection)
    {
        var (session, page, elsewhere) = await FindAsync(http, section, drafts, protection);
        if (elsewhere is not null)
        {
            return elsewhere;
        }

        var fields = FormFields.From(session!.Questionnaire, session.Draft.Answers, session.Draft.Patient);
        return Draw(http, session, page!, fields, [], Urgent.Nothing);
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
        var reading = new SectionReader(session.Enablement).Read(page!, fields, session.Draft.Answers, today, session.Draft.Patient?.BirthDate);
        var identity = FormSession.HasIdentity(page!) ? IdentityReader.Read(page!, fields, today) : new IdentityReading(null, []);
        var changes = reading.ChangesFrom(session.Draft.Answers);
        var unheard = UnheardRisk.Find(session.Clinic.Protocol, reading.Said, reading.Answers);
        if (await drafts.SaveAsync(session.Clinic, session.Draft.Id, identity.Patient, changes, unheard?.Urgency ?? Urgency.None, http.RequestAborted) is not { } saved)
        {
            return ClinicPages.SeeOther(FormLinks.Start(session.Clinic));
        }

        DraftCookie.Write(http, session.Clinic, protection, session.Draft.Id);
        var now = new FormSession(session.Clinic, saved.Draft);
        var told = Emergency.Of(saved.Emergencies, now.Clinic.Protocol.Rules, now.Texts);
        IReadOnlyList<FieldError> errors = [.. identity.Errors, .. reading.Errors];
        return unheard is not null
            ? Ask(http, now, page!, fields, errors, unheard, told)
            : Answer(http, now, page!, fields, errors, new Urgent(saved.Raised, told));
    }

    /// <summary>Help, and which of the answers holds. A contradicted one is cleared: the style sheet may hide it, and then nobody could change it.</summary>
    private static IResult Ask(
        HttpContext http, FormSession session, QuestionnaireItem page, FormFields fields, IReadOnlyList<FieldError> errors, UnheardRisk unheard, IReadOnlyList<Emergency> told)
    {
        var shown = unheard.IsContradicted ? fields.Without(unheard.Item.LinkId) : fields;
        var urgency = unheard.Urgency > session.Draft.Urgency ? unheard.Urgency : session.Draft.Urgency;
        IReadOnlyList<Emergency> emergencies = unheard.Emergency is { } rule ? [.. told, Emergency.Of(rule, session.Texts)] : told;
        return Draw(http, session, page, shown, [unheard.Error, .. errors], new Urgent(urgency, emergencies));
    }

    private static IResult Answer(
        HttpContext http, FormSession session, QuestionnaireItem page, FormFields fields, IReadOnlyList<FieldError> errors, Urgent urgent)
    {
        if (errors.Count > 0)
        {
            return Draw(http, session, page, fields, errors, urgent);
        }

        return ClinicPages.SeeOther(
            urgent.IsAny || IsAskedWhere(session, fields) ? FormLinks.Help(session.Clinic, page, IsFromReview(http))
            : fields.Text("go") == "back" ? session.Before(page)
            : Onwards(http, session, page));
    }

    // Help that stood above an error asked nothing; whoever is at risk chooses once whether to tell where they are.
    private static bool IsAskedWhere(FormSession session, FormFields fields) =>
        session.Draft is { Urgency: >= Urgency.High, Whereabouts: null } && fields.Text(SectionPage.HelpShown).Length > 0;

    private static async Task<IResult> HelpAsync(HttpContext http, string section, Drafts drafts, IDataProtectionProvider protection, IClock clock)
    {
        var (session, page, elsewhere) = await FindAsync(http, section, drafts, protection);
        if (elsewhere is not null)
        {
            return elsewhere;
        }

        var onwards = Onwards(http, session!, page!);
        var emergencies = EmergenciesOn(session!, page!, clock.GetCurrentInstant());
        return session!.Draft.Urgency == Urgency.None && emergencies.Count == 0
            ? ClinicPages.SeeOther(onwards)
            : ClinicPages.Show<HelpPage>(new
            {
                Session = session,
                Emergencies = emergencies,
                Address = FormLinks.Help(session.Clinic, page!, IsFromReview(http)),
                Onwards = onwards,
                IsSaved = http.Request.Query.ContainsKey("saved"),
            });
    }

    /// <summary>What somebody at risk chooses to tell after reading where to get help. Too long is cut, never refused: this is no moment for an error.</summary>
    private static async Task<IResult> TellWhereAsync(HttpContext http, string section, Drafts drafts, IDataProtectionProvider protection)
    {
        var (session, page, elsewhere) = await FindAsync(http, section, drafts, protection);
        if (elsewhere is not null)
        {
            return elsewhere;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        await drafts.TellWhereAsync(session!.Clinic, session.Draft.Id, Whereabouts.Read(form["where"]), Whereabouts.Read(form["whom"]), http.RequestAborted);
        var back = FormLinks.Help(session.Clinic, page!, IsFromReview(http));
        return ClinicPages.SeeOther(back + (IsFromReview(http) ? "&saved" : "?saved"));
    }

    /// <summary>The emergencies that rest on an answer of this page.</summary>
    private static IReadOnlyList<Emergency> EmergenciesOn(FormSession session, QuestionnaireItem page, Instant now)
    {
        var asked = Enablement.Inside(page).Select(i => i.LinkId).ToHashSet(StringComparer.Ordinal);
        var findings = Drafts.EmergenciesIn(session.Clinic, session.Draft.Patient, session.Draft.Answers, now);
        return Emergency.Of(findings.Where(f => f.Inputs.Any(i => asked.Contains(i.Name))), session.Clinic.Protocol.Rules, session.Texts);
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
        HttpContext http, FormSession session, QuestionnaireItem page, FormFields fields, IReadOnlyList<FieldError> errors, Urgent urgent)
    {
        // The page that asks for the language can be wrong before anything of it is saved.
        var texts = session.Language is null && fields.Text("dem.lang") is { Length: > 0 } chosen ? session.Clinic.Protocol.TextsFor(chosen) : session.Texts;
        var view = new SectionView(session.Questionnaire, session.Enablement, page, session.Draft.Answers, fields, [.. errors.Select(e => e.In(texts))]) { Texts = texts };
        var status = errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        return ClinicPages.Show<SectionPage>(new { Session = session, View = view, Raised = urgent.Raised, urgent.Emergencies, IsFromReview = IsFromReview(http) }, status);
    }

    private static string Onwards(HttpContext http, FormSession session, QuestionnaireItem page) =>
        IsFromReview(http) ? FormLinks.Review(session.Clinic) : session.After(page);

    private static bool IsFromReview(HttpContext http) => http.Request.Query["from"] == "review";

    /// <summary>What saving has just told that is read before anything else.</summary>
    private sealed record Urgent(Urgency Raised, IReadOnlyList<Emergency> Emergencies)
    {
        public static readonly Urgent Nothing = new(Urgency.None, []);

        public bool IsAny => Raised > Urgency.None || Emergencies.Count > 0;
    }
}
