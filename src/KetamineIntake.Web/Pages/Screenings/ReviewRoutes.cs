using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Web.Clinics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>All answers in words, sending them, and what the patient sees afterwards.</summary>
internal static class ReviewRoutes
{
    public static async Task<IResult> ShowAsync(HttpContext http, Drafts drafts, IDataProtectionProvider protection, IClock clock)
    {
        var (session, elsewhere) = await FindAsync(http, drafts, protection);
        if (session is not { Draft: { Patient: { } patient } draft, Clinic: { } clinic })
        {
            return elsewhere!;
        }

        var today = clinic.DayAt(clock.GetCurrentInstant());
        var judged = ClinicScreening.Judge(clinic, draft.Answers, patient.BirthDate, today);
        IReadOnlyList<QuestionnaireItem> missing = [.. judged.Missing.Select(m => clinic.Protocol.Questionnaire.Find(m)).OfType<QuestionnaireItem>()];
        var emergencies = Emergency.Of(Emergency.FindingsIn(judged, clinic.Protocol.Rules), clinic.Protocol.Rules, session.Texts);
        return ClinicPages.Show<ReviewPage>(new { Session = session, Missing = missing, Emergencies = emergencies });
    }

    public static async Task<IResult> SubmitAsync(HttpContext http, Drafts drafts, IDataProtectionProvider protection)
    {
        var (session, elsewhere) = await FindAsync(http, drafts, protection);
        if (session is not { Draft: { } draft, Clinic: { } clinic })
        {
            return elsewhere!;
        }

        // Two tabs may have left an answer behind whose question is no longer asked.
        var idle = draft.Answers.All.Where(a => session.Enablement.Prune(draft.Answers).Find(a.Key) is null);
        var changes = idle.ToDictionary(a => a.Key, _ => (Answer?)null, StringComparer.Ordinal);
        if (changes.Count > 0)
        {
            await drafts.SaveAsync(clinic, draft.Id, null, changes, http.RequestAborted);
        }

        var receipt = await drafts.SubmitAsync(clinic, draft.Id, http.RequestAborted);
        return ClinicPages.SeeOther(receipt is null ? FormLinks.Start(clinic) : FormLinks.Done(clinic));
    }

    public static async Task<IResult> DoneAsync(HttpContext http, Drafts drafts, IDataProtectionProvider protection)
    {
        var session = await FormRoutes.FindSessionAsync(http, drafts, protection);
        return session is { Draft.Receipt: not null }
            ? ClinicPages.Show<EndingPage>(new { Session = session })
            : ClinicPages.SeeOther(session is null ? FormLinks.Start(http.Clinic()) : session.Resume);
    }

    /// <summary>A draft that says who the patient is and is not sent yet; or the page to go to instead.</summary>
    private static async Task<(FormSession? Session, IResult? Elsewhere)> FindAsync(
        HttpContext http, Drafts drafts, IDataProtectionProvider protection) =>
        await FormRoutes.FindSessionAsync(http, drafts, protection) switch
        {
            null => (null, ClinicPages.SeeOther(FormLinks.Start(http.Clinic()))),
            { Draft.Receipt: not null } => (null, ClinicPages.SeeOther(FormLinks.Done(http.Clinic()))),
            { Required: { } first } session => (null, ClinicPages.SeeOther(FormLinks.Section(session.Clinic, first))),
            var session => (session, null),
        };
}
