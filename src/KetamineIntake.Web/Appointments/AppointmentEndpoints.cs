using System.Text.Json;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Problems;
using KetamineIntake.Web.Reminders;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace KetamineIntake.Web.Appointments;

/// <summary>Booking, moving and cancelling visits, with a preview of what would be texted.</summary>
internal static class AppointmentEndpoints
{
    public static void MapAppointments(this IEndpointRouteBuilder staff)
    {
        staff.MapGet("patients/{id}/appointments", ListAsync);
        staff.MapPost("patients/{id}/appointments", BookAsync);
        staff.MapPost("patients/{id}/appointments/preview", PreviewAsync);
        staff.MapPut("patients/{id}/appointments/{appointment}", MoveAsync);
        staff.MapPost("patients/{id}/appointments/{appointment}/preview", PreviewMoveAsync);
        staff.MapDelete("patients/{id}/appointments/{appointment}", CancelAsync);
    }

    private static async Task<IResult> ListAsync(string id, HttpContext http, ListVisits list)
    {
        var view = await list.RunAsync(http.Clinic(), id, http.Staff(), http.RequestAborted);
        return view is null
            ? new ProblemResult(Problem.NotFound)
            : Results.Json(new AppointmentListBody([.. view.Appointments.Select(a => AppointmentBody.Of(a) with { Hold = view.HeldVisits.Contains(a.Id, StringComparer.Ordinal) ? true : null })], null), ApiJson.Default.AppointmentListBody);
    }

    private static Task<IResult> BookAsync(string id, HttpContext http, BookAppointments book) => http.WithJsonAsync(async root =>
    {
        var (request, faults) = AppointmentRequest.Read(root);
        if (request is null)
        {
            return new ProblemResult(Problem.Validation(faults));
        }

        var result = await book.RunAsync(http.Clinic(), id, request, http.Staff(), http.RequestAborted);
        return result is BookingResult.Done done ? Booked(done, request) : Refused(result, PointerOf(request));
    });

    private static Task<IResult> PreviewAsync(string id, HttpContext http, BookAppointments book, FindPatient patients) => http.WithJsonAsync(async root =>
    {
        var (request, faults) = AppointmentRequest.Read(root);
        if (request is null)
        {
            return new ProblemResult(Problem.Validation(faults));
        }

        var result = await book.PreviewAsync(http.Clinic(), id, request, http.RequestAborted);
        return result is BookingResult.Done done ? await PreviewedAsync(done, id, http, patients) : Refused(result, PointerOf(request));
    });

    private static Task<IResult> PreviewMoveAsync(string id, string appointment, HttpContext http, ChangeAppointment change, ListVisits list, FindPatient patients) =>
        WithMoveAsync(id, appointment, http, list, async start =>
        {
            var result = await change.PreviewMoveAsync(http.Clinic(), id, appointment, start, http.RequestAborted);
            return result is BookingResult.Done done ? await PreviewedAsync(done, id, http, patients) : Refused(result, "/start");
        });

    private static async Task<IResult> PreviewedAsync(BookingResult.Done done, string id, HttpContext http, FindPatient patients)
    {
        // What would be texted holds the patient's plan, so looking at it is on record like the patient.
        var clinic = http.Clinic();
        var patient = await patients.RunAsync(clinic, id, http.Staff(), http.RequestAborted);
        var zone = patient is null ? clinic.Zone : ClinicTexting.ZoneOf(clinic, patient);
        var body = new PreviewBody([.. done.Appointments.Select(a => AppointmentBody.Of(a))], [.. done.Reminders.Select(r => ReminderBody.Of(r, zone))], done.Notes);
        return Results.Json(body, ApiJson.Default.PreviewBody);
    }

    private static Task<IResult> MoveAsync(string id, string appointment, HttpContext http, ChangeAppointment change, ListVisits list) =>
        WithMoveAsync(id, appointment, http, list, async start => Changed(await change.MoveAsync(http.Clinic(), id, appointment, start, http.Staff(), http.RequestAborted)));

    private static Task<IResult> WithMoveAsync(string id, string appointment, HttpContext http, ListVisits list, Func<LocalDateTime, Task<IResult>> answer) => http.WithJsonAsync(async root =>
    {
        var (start, kind, faults) = AppointmentRequest.ReadMove(root);
        if (start is null || faults.Count > 0)
        {
            return new ProblemResult(Problem.Validation(faults));
        }

        if (kind is not null && await list.RunAsync(http.Clinic(), id, http.Staff(), http.RequestAborted) is { } view
            && view.Appointments.FirstOrDefault(a => a.Id == appointment) is { } before && before.Kind != kind)
        {
            return new ProblemResult(Problem.Validation("/kind", "cannot change; cancel this appointment and book another"));
        }

        return await answer(start.Value);
    });

    private static async Task<IResult> CancelAsync(string id, string appointment, HttpContext http, ChangeAppointment change) =>
        Changed(await change.CancelAsync(http.Clinic(), id, appointment, http.Staff(), http.RequestAborted));

    private static IResult Booked(BookingResult.Done done, BookingRequest request) => request is BookingRequest.Series
        ? Results.Json(
            new AppointmentListBody([.. done.Appointments.Select(a => AppointmentBody.Of(a))], null, done.Notes is { Count: > 0 } notes ? notes : null),
            ApiJson.Default.AppointmentListBody, statusCode: StatusCodes.Status201Created)
        : Results.Json(AppointmentBody.Of(done.Appointments[0], done.Notes), ApiJson.Default.AppointmentBody, statusCode: StatusCodes.Status201Created);

    private static IResult Changed(BookingResult result) => result is BookingResult.Done done
        ? Results.Json(AppointmentBody.Of(done.Appointments[0], done.Notes), ApiJson.Default.AppointmentBody)
        : Refused(result, "/start");

    private static string PointerOf(BookingRequest request) => request is BookingRequest.Series ? "/series/first" : "/start";

    private static ProblemResult Refused(BookingResult result, string pointer) => new(result switch
    {
        BookingResult.Refused refused when refused.Faults.All(f => f.IsClash) => Problem.Conflict(string.Join(" ", refused.Faults.Select(f => f.Detail))),
        BookingResult.Refused refused => Problem.Validation([.. refused.Faults.Select(f => new FieldFault(pointer, f.Detail))]),
        BookingResult.Conflict conflict => Problem.Conflict(conflict.Detail),
        _ => Problem.NotFound,
    });
}
