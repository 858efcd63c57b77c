using System.Text.Json;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders.Preparation;
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

/// <summary>A patient's texts, what patients texted back, and a clinician's orders for the preparation.</summary>
internal static class ReminderEndpoints
{
    // Came later than the others, so it may be left out; what was ordered before then stays.
    private const string FastingPlanNeeded = "fastingPlanNeeded";

    private static readonly string[] OrderNames = ["benzodiazepine", "lamotrigine", "fastingPlanOnFile", FastingPlanNeeded];

    public static void MapReminders(this IEndpointRouteBuilder staff)
    {
        staff.MapGet("patients/{id}/reminders", ListAsync);
        staff.MapPut("patients/{id}/preparation", OrderAsync);
        staff.MapPost("patients/{id}/opt-out", OptOutAsync);
        staff.MapPost("patients/{id}/appointments/{appointment}/preparation-link", RenewAsync);
        staff.MapNotes();
    }

    private static async Task<IResult> ListAsync(string id, HttpContext http, ListVisits list)
    {
        var view = await list.RunAsync(http.Clinic(), id, http.Staff(), http.RequestAborted);
        return view is null
            ? new ProblemResult(Problem.NotFound)
            : Results.Json(new ReminderListBody([.. view.Reminders.Select(r => ReminderBody.Of(r, view.PatientZone))], null), ApiJson.Default.ReminderListBody);
    }

    private static Task<IResult> OrderAsync(string id, HttpContext http, OrderPreparation order) => http.WithJsonAsync(async root =>
    {
        var faults = new List<FieldFault>();
        var given = Flags(root, faults);
        if (faults.Count > 0)
        {
            return new ProblemResult(Problem.Validation(faults));
        }

        var orders = new PreparationOrders(given[0] == true, given[1] == true, given[2] == true, http.Staff().Id, Instant.MinValue) { FastingPlanNeeded = given[3] };
        return await order.RunAsync(http.Clinic(), id, orders, http.Staff(), http.RequestAborted) ? Results.NoContent() : new ProblemResult(Problem.NotFound);
    });

    private static bool?[] Flags(JsonElement root, List<FieldFault> faults)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new FieldFault("", "must be an object"));
            return [];
        }

        var members = JsonValues.Members(root, "", faults).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        faults.AddRange(members.Keys.Except(OrderNames, StringComparer.Ordinal).Select(k => new FieldFault(JsonPointer.Append("", k), "is not part of a preparation order")));
        faults.AddRange(OrderNames.Where(n => members.TryGetValue(n, out var v) ? v.ValueKind is not (JsonValueKind.True or JsonValueKind.False) : n != FastingPlanNeeded)
            .Select(n => new FieldFault("/" + n, "must be true or false")));
        return faults.Count > 0 ? [] : [.. OrderNames.Select(n => members.TryGetValue(n, out var v) ? v.GetBoolean() : (bool?)null)];
    }

    private static Task<IResult> OptOutAsync(string id, HttpContext http, RecordOptOut optOut) => http.WithJsonAsync(async root =>
    {
        var faults = new List<FieldFault>();
        if (OneWord.Read(root, "how", RecordOptOut.Ways, "an opt-out", faults) is not { } how)
        {
            return new ProblemResult(Problem.Validation(faults));
        }

        return await optOut.RunAsync(http.Clinic(), id, how, http.Staff(), http.RequestAborted) ? Results.NoContent() : new ProblemResult(Problem.NotFound);
    });

    private static async Task<IResult> RenewAsync(string id, string appointment, HttpContext http, RenewPreparationLink renew) =>
        await renew.RunAsync(http.Clinic(), id, appointment, http.Staff(), http.RequestAborted) switch
        {
            RenewResult.Renewed => Results.NoContent(),
            RenewResult.Conflict => new ProblemResult(Problem.Conflict("Somebody else changed this patient's visits at the same time. Try again.")),
            _ => new ProblemResult(Problem.NotFound),
        };
}
