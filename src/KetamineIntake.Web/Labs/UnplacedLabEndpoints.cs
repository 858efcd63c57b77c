using System.Text.Json;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Problems;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace KetamineIntake.Web.Labs;

/// <summary>What a person decides about laboratory results: which test a result is of, on which day it was collected, and whether visits go ahead in spite of a value.</summary>
internal static class UnplacedLabEndpoints
{
    private const string Match = "match";

    public static void Map(IEndpointRouteBuilder staff)
    {
        staff.MapGet("lab-flags/unplaced", ListAsync);
        staff.MapPost("patients/{id}/unplaced-labs/{lab}", PlaceAsync);
        staff.MapPost("patients/{id}/lab-holds/{rule}", ReleaseAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, UnplacedLabs labs)
    {
        var (limit, after, faults) = PageQuery.Read(http.Request.Query, Rows.UnplacedLabs, UnplacedLabs.MaximumLimit);
        if (faults.Count > 0)
        {
            return new ProblemResult(Problem.Validation(faults));
        }

        var page = await labs.PageAsync(http.Clinic(), limit, after, http.Staff(), http.RequestAborted);
        return Results.Json(new UnplacedLabListBody([.. page.Items.Select(UnplacedLabBody.Of)], page.Next), ApiJson.Default.UnplacedLabListBody);
    }

    private static Task<IResult> PlaceAsync(string id, string lab, HttpContext http, UnplacedLabs labs, IClock clock) => http.WithJsonAsync(async root =>
    {
        var faults = new List<FieldFault>();
        var members = Members(root, ["decision", "test", "collectedOn"], faults);
        var decision = Text(members, "decision");
        if (decision is not (Match or "dismiss"))
        {
            faults.Add(new FieldFault("/decision", "must be match or dismiss"));
        }

        var test = Text(members, "test");
        if (members.ContainsKey("test") && UnplacedLabs.TestFault(test) is { } testFault)
        {
            faults.Add(new FieldFault("/test", testFault));
        }

        var (day, dayFault) = LabResultReader.ReadDate(Text(members, "collectedOn"), http.Clinic().DayAt(clock.GetCurrentInstant()));
        if (decision == Match && dayFault is not null)
        {
            faults.Add(new FieldFault("/collectedOn", dayFault));
        }

        return faults.Count > 0 ? new ProblemResult(Problem.Validation(faults)) : Answer(decision == Match
            ? await labs.MatchAsync(http.Clinic(), id, lab, test, day!.Value, http.Staff(), http.RequestAborted)
            : await labs.DismissAsync(http.Clinic(), id, lab, http.Staff(), http.RequestAborted));
    });

    private static IResult Answer(PlaceLabOutcome outcome) => outcome switch
    {
        PlaceLabOutcome.Placed => Results.NoContent(),
        PlaceLabOutcome.Refused refused => new ProblemResult(Problem.Validation(refused.Member.Length == 0 ? "" : "/" + refused.Member, refused.Detail)),
        _ => new ProblemResult(Problem.NotFound),
    };

    private static Task<IResult> ReleaseAsync(string id, string rule, HttpContext http, ReleaseLabHold release) => http.WithJsonAsync(async root =>
    {
        var faults = new List<FieldFault>();
        var members = Members(root, ["decision", "basis", "reason"], faults);
        if (Text(members, "decision") != "go-ahead")
        {
            faults.Add(new FieldFault("/decision", "must be go-ahead"));
        }

        var basis = Text(members, "basis");
        if (basis is null)
        {
            faults.Add(new FieldFault("/basis", "must be the basis of the hold, as the patient's labs show it"));
        }

        var reason = Text(members, "reason");
        if (reason is null || !TextCheck.IsPlain(reason, Decision.LongestReason))
        {
            faults.Add(new FieldFault("/reason", $"must be text of 1 to {Decision.LongestReason} characters without control characters"));
        }

        return faults.Count > 0 ? new ProblemResult(Problem.Validation(faults))
            : await release.RunAsync(http.Clinic(), id, rule, basis!, reason!.Trim(), http.Staff(), http.RequestAborted) switch
            {
                ReleaseOutcome.Released released => Results.Json(LabViewBody.Of(released.View), ApiJson.Default.LabViewBody),
                ReleaseOutcome.AwaitingSecond waiting => Results.Json(LabViewBody.Of(waiting.View), ApiJson.Default.LabViewBody, statusCode: StatusCodes.Status202Accepted),
                ReleaseOutcome.Changed => new ProblemResult(Problem.Conflict("It rests on other values now: look at the patient's labs again.")),
                ReleaseOutcome.NeedsAnother => new ProblemResult(Problem.Conflict("You have said so already: a second person, with another key, has to say the same.")),
                _ => new ProblemResult(Problem.NotFound),
            };
    });

    private static Dictionary<string, JsonElement> Members(JsonElement root, IReadOnlyList<string> known, List<FieldFault> faults)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new FieldFault("", "must be an object"));
            return [];
        }

        var members = JsonValues.Members(root, "", faults).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        faults.AddRange(members.Keys.Where(k => !known.Contains(k, StringComparer.Ordinal)).Select(k => new FieldFault(JsonPointer.Append("", k), "is not part of this decision")));
        return members;
    }

    private static string? Text(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
