using KetamineIntake.Core.Records;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Problems;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace KetamineIntake.Web.Records;

internal sealed record FailedMessageList(
    IReadOnlyList<FailedMessage> Items,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? Next);

/// <summary>Messages that failed five tries: the clinic's staff see them and put them back. Both are on record.</summary>
internal static class FailedMessageEndpoints
{
    public static void MapFailedMessages(this IEndpointRouteBuilder staff)
    {
        staff.MapGet("failed-messages", ListAsync);
        staff.MapPost("failed-messages/{id}/retry", RetryAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IFailedMessages failed) =>
        Results.Json(new FailedMessageList(await failed.ListAsync(http.Clinic().Clinic.Slug, http.RequestAborted), null), ApiJson.Default.FailedMessageList);

    private static async Task<IResult> RetryAsync(string id, HttpContext http, IFailedMessages failed, IClock clock)
    {
        var clinic = http.Clinic();
        if (!await failed.PutBackAsync(clinic.Clinic.Slug, id, http.RequestAborted))
        {
            return new ProblemResult(Problem.NotFound);
        }

        var entry = new AuditEntry(clock.GetCurrentInstant(), http.Staff().Id, "message.retry", id);
        await clinic.Records.CommitAsync([entry.ToChange()], http.RequestAborted);
        return Results.NoContent();
    }
}
