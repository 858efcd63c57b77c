using System.Text.Json;
using System.Text.Json.Serialization;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Problems;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace KetamineIntake.Web.Reminders;

/// <summary>Something about texts that staff have to see.</summary>
/// <param name="MorePatients">True when more records have the number than are named.</param>
/// <param name="DecideBy">Whoever texted may want no more texts; undecided then, it is an opt-out. Absent where nothing is to be decided.</param>
internal sealed record NoteBody(string Id, string Kind, Instant At, string? Phone, IReadOnlyList<string> Patients, string Words, bool? MorePatients, Instant? DecideBy)
{
    public static NoteBody Of(StaffNote note) => new(
        note.Id, KindOf(note.Kind), note.At, note.Phone.Length == 0 ? null : note.Phone, note.PatientIds, note.Words, note.HasMorePatients,
        note.IsQuestion ? note.Question!.DecideBy : null);

    private static string KindOf(NoteKind kind) => kind switch
    {
        NoteKind.Crisis => "crisis",
        NoteKind.Reschedule => "reschedule",
        NoteKind.OptedOut => "opted-out",
        NoteKind.MayOptOut => "may-opt-out",
        NoteKind.TextFailed => "text-failed",
        NoteKind.Visits => "visits",
        NoteKind.Labs => "labs",
        _ => "reply",
    };
}

internal sealed record NoteListBody(IReadOnlyList<NoteBody> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>What patients texted and texts that did not go: to read, to close, and to decide whether no more are wanted.</summary>
internal static class NoteEndpoints
{
    private const string OptOut = "opt-out";

    private static readonly string[] Decisions = [OptOut, "keep"];

    public static void MapNotes(this IEndpointRouteBuilder staff)
    {
        staff.MapGet("notes", ListAsync);
        staff.MapPost("notes/{id}/close", CloseAsync);
        staff.MapPost("notes/{id}/opt-out", DecideAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, StaffNotes notes)
    {
        var (limit, after, faults) = PageQuery.Read(http.Request.Query, Rows.OpenNotes, StaffNotes.MaximumLimit);
        if (faults.Count > 0)
        {
            return new ProblemResult(Problem.Validation(faults));
        }

        var page = await notes.PageAsync(http.Clinic(), limit, after, http.Staff(), http.RequestAborted);
        return Results.Json(new NoteListBody([.. page.Items.Select(NoteBody.Of)], page.Next), ApiJson.Default.NoteListBody);
    }

    private static async Task<IResult> CloseAsync(string id, HttpContext http, StaffNotes notes)
    {
        if (await notes.CloseAsync(http.Clinic(), id, http.Staff(), http.RequestAborted))
        {
            return Results.NoContent();
        }

        return await notes.FindAsync(http.Clinic(), id, http.Staff(), http.RequestAborted) is { IsQuestion: true }
            ? new ProblemResult(Problem.Conflict("Whoever texted this may want no more texts. Decide with POST .../opt-out, which closes it."))
            : new ProblemResult(Problem.NotFound);
    }

    private static Task<IResult> DecideAsync(string id, HttpContext http, DecideOptOut decide) => http.WithJsonAsync(async root =>
    {
        var faults = new List<FieldFault>();
        if (OneWord.Read(root, "decision", Decisions, "a decision about texts", faults) is not { } decision)
        {
            return new ProblemResult(Problem.Validation(faults));
        }

        return await decide.RunAsync(http.Clinic(), id, decision == OptOut, http.Staff(), http.RequestAborted) ? Results.NoContent() : new ProblemResult(Problem.NotFound);
    });
}
