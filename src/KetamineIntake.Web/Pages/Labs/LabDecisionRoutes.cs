using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace KetamineIntake.Web.Pages.Labs;

/// <summary>What a person decides about one patient's results: what a result is that could not be placed, and whether visits go ahead in spite of a value.</summary>
internal static class LabDecisionRoutes
{
    public static void Map(RouteGroupBuilder signedIn)
    {
        signedIn.MapPost("/patients/{id}/labs/unplaced/{lab}", PlaceAsync);
        signedIn.MapPost("/patients/{id}/labs/holds/{rule}", ReleaseAsync);
    }

    private static async Task<IResult> PlaceAsync(HttpContext http, string id, string lab, UnplacedLabs labs, FindLabs find, FindPatientCard cards, IClock clock)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["do"] == "dismiss")
        {
            return Answer(http, id, await labs.DismissAsync(http.Clinic(), id, lab, http.Staff(), http.RequestAborted));
        }

        var test = form["test"].ToString() is { Length: > 0 } chosen ? chosen : null;
        var (day, fault) = LabResultReader.ReadDate(form["collectedOn"], http.Clinic().DayAt(clock.GetCurrentInstant()));
        if (fault is not null || (test is not null && UnplacedLabs.TestFault(test) is not null))
        {
            return await RefusedAsync(http, id, (find, cards, clock), fault is null ? "Choose a test." : $"The date of collection {fault}.");
        }

        return await labs.MatchAsync(http.Clinic(), id, lab, test, day!.Value, http.Staff(), http.RequestAborted) is PlaceLabOutcome.Refused refused
            ? await RefusedAsync(http, id, (find, cards, clock), refused.Member switch
            {
                "test" when test is not null => $"The test {refused.Detail}.",
                "test" => "Choose the test that it is of.",
                "collectedOn" => $"The date of collection {refused.Detail}.",
                _ => $"The result {refused.Detail}.",
            })
            : ClinicPages.SeeOther(LabLinks.Patient(http.Clinic(), id));
    }

    private static async Task<IResult> ReleaseAsync(HttpContext http, string id, string rule, ReleaseLabHold release, FindLabs find, FindPatientCard cards, IClock clock)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var reason = form["reason"].ToString();
        if (!TextCheck.IsPlain(reason, Decision.LongestReason))
        {
            return await RefusedAsync(http, id, (find, cards, clock), $"Give a reason of 1 to {Decision.LongestReason} characters.");
        }

        return await release.RunAsync(http.Clinic(), id, rule, form["basis"].ToString(), reason.Trim(), http.Staff(), http.RequestAborted) switch
        {
            ReleaseOutcome.Changed => await RefusedAsync(http, id, (find, cards, clock), "It rests on other values than those that you saw: look at them first."),
            ReleaseOutcome.NeedsAnother => await RefusedAsync(http, id, (find, cards, clock), "You have said so already: a second person, signed in with another key, has to say the same."),
            ReleaseOutcome.NotFound => ClinicPages.NotFound(http.Clinic()),
            _ => ClinicPages.SeeOther(LabLinks.Patient(http.Clinic(), id)),
        };
    }

    private static IResult Answer(HttpContext http, string id, PlaceLabOutcome outcome) =>
        outcome is PlaceLabOutcome.Placed ? ClinicPages.SeeOther(LabLinks.Patient(http.Clinic(), id)) : ClinicPages.NotFound(http.Clinic());

    private static Task<IResult> RefusedAsync(HttpContext http, string id, (FindLabs, FindPatientCard, IClock) with, string error) =>
        LabRoutes.DrawAsync(http, id, with, LabInput.Empty, error, StatusCodes.Status422UnprocessableEntity);
}
