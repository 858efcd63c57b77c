using KetamineIntake.Core.Referrals;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Problems;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KetamineIntake.Web.Referrals;

/// <summary>The clinic's list, one referral, and what a clinician decides about it.</summary>
internal static class ReferralEndpoints
{
    public static void MapReferrals(this IEndpointRouteBuilder staff)
    {
        staff.MapGet("referrals", ListAsync);
        staff.MapGet("referrals/{id}", GetAsync);
        staff.MapPost("referrals/{id}/decision", DecideAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ListReferrals list)
    {
        var (filter, faults) = ReferralQuery.Read(http.Request.Query);
        if (faults.Count > 0)
        {
            return new ProblemResult(Problem.Validation(faults));
        }

        var page = await list.RunAsync(http.Clinic(), filter, http.Staff(), http.RequestAborted);
        return Results.Json(ReferralListBody.Of(page), ApiJson.Default.ReferralListBody);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, FindReferral find)
    {
        var view = await find.RunAsync(http.Clinic(), id, http.Staff(), http.RequestAborted);
        return view is null ? new ProblemResult(Problem.NotFound) : Show(view, http);
    }

    private static Task<IResult> DecideAsync(string id, HttpContext http, DecideReferral decide) => http.WithJsonAsync(async root =>
    {
        var (request, faults) = DecisionRequest.Read(root);
        if (request is null)
        {
            return new ProblemResult(Problem.Validation(faults));
        }

        var result = await decide.RunAsync(http.Clinic(), id, request.Kind, request.Reason, request.Note, http.Staff(), http.RequestAborted, request.Seen);
        return result switch
        {
            DecideResult.Decided decided => Show(decided.Referral, http),
            DecideResult.AwaitingSecond waiting => Show(waiting.Referral, http, StatusCodes.Status202Accepted),
            DecideResult.Conflict conflict => new ProblemResult(Problem.Conflict(conflict.Detail)),
            _ => new ProblemResult(Problem.NotFound),
        };
    });

    private static IResult Show(ReferralView view, HttpContext http, int status = StatusCodes.Status200OK) =>
        Results.Json(ReferralBody.Of(view, http.Clinic().Protocol.Questionnaire), ApiJson.Default.ReferralBody, statusCode: status);
}
