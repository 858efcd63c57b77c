using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Pages.Referrals;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace KetamineIntake.Web.Pages.Appointments;

/// <summary>The console's page of one patient's visits and texts, and what patients texted back.</summary>
internal static class VisitRoutes
{
    private const int NotesPerPage = 50;

    public static void Map(RouteGroupBuilder signedIn)
    {
        signedIn.MapGet("/patients/{id}", (string id, HttpContext http, ListVisits list) => DrawAsync(http, list, id, BookingInput.Empty, null, null));
        signedIn.MapPost("/patients/{id}/book", BookAsync);
        signedIn.MapPost("/patients/{id}/appointments/{appointment}", ChangeAsync);
        signedIn.MapPost("/patients/{id}/orders", OrderAsync);
        signedIn.MapPost("/patients/{id}/opt-out", OptOutAsync);
        signedIn.MapPost("/patients/{id}/appointments/{appointment}/link", RenewAsync);
        signedIn.MapGet("/texts", NotesAsync);
        signedIn.MapPost("/texts/{id}/close", CloseAsync);
        signedIn.MapPost("/texts/{id}/opt-out", DecideAsync);
    }

    private static async Task<IResult> BookAsync(string id, HttpContext http, BookAppointments book, ListVisits list)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var input = BookingInput.From(form);
        var (read, fault) = input.Request();
        if (read is not { } request)
        {
            return await DrawAsync(http, list, id, input, fault, null, StatusCodes.Status422UnprocessableEntity);
        }

        var isPreview = form["do"] == "preview";
        var result = isPreview
            ? await book.PreviewAsync(http.Clinic(), id, request, http.RequestAborted)
            : await book.RunAsync(http.Clinic(), id, request, http.Staff(), http.RequestAborted);
        return result switch
        {
            BookingResult.Done done when isPreview => await DrawAsync(http, list, id, input, null, done),
            BookingResult.Done done => await DoneAsync(http, list, id, done, "Booked."),
            _ => await RefusedAsync(http, list, id, input, result),
        };
    }

    private static async Task<IResult> ChangeAsync(string id, string appointment, HttpContext http, ChangeAppointment change, ListVisits list)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["do"] == "cancel")
        {
            var cancelled = await change.CancelAsync(http.Clinic(), id, appointment, http.Staff(), http.RequestAborted);
            return cancelled is BookingResult.Done cancellation
                ? await DoneAsync(http, list, id, cancellation, "Cancelled.")
                : await RefusedAsync(http, list, id, BookingInput.Empty, cancelled);
        }

        if (BookingInput.Time(form["start"].ToString()) is not { } start)
        {
            return await DrawAsync(http, list, id, BookingInput.Empty, "Choose a day and a time to move to.", null, StatusCodes.Status422UnprocessableEntity);
        }

        var input = BookingInput.Empty with { Start = form["start"].ToString(), Moves = appointment };
        var isPreview = form["do"] == "preview";
        var moved = isPreview
            ? await change.PreviewMoveAsync(http.Clinic(), id, appointment, start, http.RequestAborted)
            : await change.MoveAsync(http.Clinic(), id, appointment, start, http.Staff(), http.RequestAborted);
        return moved switch
        {
            BookingResult.Done done when isPreview => await DrawAsync(http, list, id, input, null, done),
            BookingResult.Done done => await DoneAsync(http, list, id, done, "Moved."),
            _ => await RefusedAsync(http, list, id, input, moved),
        };
    }

    private static async Task<IResult> OrderAsync(string id, HttpContext http, OrderPreparation order)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var orders = new PreparationOrders(
            form["order"].Contains("benzodiazepine"), form["order"].Contains("lamotrigine"), form["order"].Contains("fasting"), http.Staff().Id, Instant.MinValue)
        {
            FastingPlanNeeded = form["order"].Contains("fasting-needed"),
        };
        return await order.RunAsync(http.Clinic(), id, orders, http.Staff(), http.RequestAborted)
            ? ClinicPages.SeeOther(StaffLinks.Patient(http.Clinic(), id))
            : ClinicPages.NotFound(http.Clinic());
    }

    private static async Task<IResult> OptOutAsync(string id, HttpContext http, RecordOptOut optOut, ListVisits list)
    {
        var how = (await http.Request.ReadFormAsync(http.RequestAborted))["how"].ToString();
        if (!RecordOptOut.Ways.Contains(how, StringComparer.Ordinal))
        {
            return await DrawAsync(http, list, id, BookingInput.Empty, "Choose how the patient told you.", null, StatusCodes.Status422UnprocessableEntity);
        }

        return await optOut.RunAsync(http.Clinic(), id, how, http.Staff(), http.RequestAborted)
            ? ClinicPages.SeeOther(StaffLinks.Patient(http.Clinic(), id))
            : ClinicPages.NotFound(http.Clinic());
    }

    private static async Task<IResult> RenewAsync(string id, string appointment, HttpContext http, RenewPreparationLink renew, ListVisits list) =>
        await renew.RunAsync(http.Clinic(), id, appointment, http.Staff(), http.RequestAborted) switch
        {
            RenewResult.Renewed => ClinicPages.SeeOther(StaffLinks.Patient(http.Clinic(), id)),
            RenewResult.Conflict => await DrawAsync(http, list, id, BookingInput.Empty, "Somebody else changed this patient's visits at the same time. Try again.", null, StatusCodes.Status409Conflict),
            _ => ClinicPages.NotFound(http.Clinic()),
        };

    private static async Task<IResult> NotesAsync(HttpContext http, StaffNotes notes)
    {
        // A cursor that was typed wrongly shows the list from its start rather than an error.
        var after = http.Request.Query["after"].ToString();
        var page = await notes.PageAsync(http.Clinic(), NotesPerPage, NoteCursor.TryParse(after) is null ? null : after, http.Staff(), http.RequestAborted);
        var patients = await FindPatient.ManyAsync(http.Clinic(), page.Items.SelectMany(n => n.PatientIds), http.RequestAborted);
        return ClinicPages.Show<NotesPage>(new { Clinic = http.Clinic(), Staff = http.Staff(), Notes = page.Items, Patients = patients, page.Next, IsFirst = after.Length == 0 });
    }

    private static async Task<IResult> CloseAsync(string id, HttpContext http, StaffNotes notes)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["confirmed"] != "yes" && await notes.FindAsync(http.Clinic(), id, http.Staff(), http.RequestAborted) is { Kind: NoteKind.Crisis } crisis)
        {
            return ClinicPages.Show<NoteClosePage>(new { Clinic = http.Clinic(), Staff = http.Staff(), Note = crisis });
        }

        return await notes.CloseAsync(http.Clinic(), id, http.Staff(), http.RequestAborted)
            ? ClinicPages.SeeOther(StaffLinks.Texts(http.Clinic()))
            : ClinicPages.Show<NoteClosePage>(new { Clinic = http.Clinic(), Staff = http.Staff() }, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> DecideAsync(string id, HttpContext http, DecideOptOut decide)
    {
        var decision = (await http.Request.ReadFormAsync(http.RequestAborted))["decision"].ToString();
        return decision is "opt-out" or "keep" && await decide.RunAsync(http.Clinic(), id, decision == "opt-out", http.Staff(), http.RequestAborted)
            ? ClinicPages.SeeOther(StaffLinks.Texts(http.Clinic()))
            : ClinicPages.Show<NoteClosePage>(new { Clinic = http.Clinic(), Staff = http.Staff() }, StatusCodes.Status409Conflict);
    }

    /// <summary>
    /// What should be known about a booking is read now or never: it is drawn at once, where a redirect would lose it, and an address is no place for a patient's times. Sending the
    /// form again by reloading books nothing twice, because the patient has a visit at that time by then, and moves nothing that is there already.
    /// </summary>
    private static async Task<IResult> DoneAsync(HttpContext http, ListVisits list, string id, BookingResult.Done done, string what) => done.Notes.Count == 0
        ? ClinicPages.SeeOther(StaffLinks.Patient(http.Clinic(), id))
        : await DrawAsync(http, list, id, BookingInput.Empty, null, null, told: new Told([what, .. done.Notes], done.MustCall));

    private static Task<IResult> RefusedAsync(HttpContext http, ListVisits list, string id, BookingInput input, BookingResult result) => result switch
    {
        BookingResult.Refused refused => DrawAsync(http, list, id, input, string.Join(" ", refused.Faults.Select(f => f.Detail)), null, StatusCodes.Status409Conflict),
        BookingResult.Conflict conflict => DrawAsync(http, list, id, input, conflict.Detail, null, StatusCodes.Status409Conflict),
        _ => Task.FromResult<IResult>(ClinicPages.NotFound(http.Clinic())),
    };

    private static async Task<IResult> DrawAsync(
        HttpContext http, ListVisits list, string id, BookingInput input, string? error, BookingResult.Done? preview, int status = StatusCodes.Status200OK,
        Told? told = null)
    {
        var view = await list.RunAsync(http.Clinic(), id, http.Staff(), http.RequestAborted);
        return view is null
            ? ClinicPages.NotFound(http.Clinic())
            : ClinicPages.Show<VisitsPage>(
                new
                {
                    Clinic = http.Clinic(),
                    Staff = http.Staff(),
                    View = view,
                    Input = input,
                    Error = error,
                    Preview = preview,
                    Told = told?.Sentences ?? [],
                    IsToBeCalled = told?.IsToBeCalled ?? false,
                },
                status);
    }

    /// <summary>What was done, what should be known about it, and whether the patient hears of it by a call only.</summary>
    private sealed record Told(IReadOnlyList<string> Sentences, bool IsToBeCalled);
}
