using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Web.Pages.Labs;

/// <summary>The console about laboratory tests: the clinic's list, one patient beside their visits, the order to print.</summary>
internal static class LabRoutes
{
    private const int PerPage = 50;

    public static void Map(RouteGroupBuilder signedIn)
    {
        signedIn.MapGet("/labs", ListAsync);
        signedIn.MapGet("/patients/{id}/labs", ShowAsync);
        signedIn.MapPost("/patients/{id}/labs", AddAsync);
        signedIn.MapGet("/patients/{id}/lab-order", OrderAsync);
        LabDecisionRoutes.Map(signedIn);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ListLabFlags list, FindLabs find, UnplacedLabs unplaced)
    {
        var query = http.Request.Query;
        var (after, test) = (query["after"].ToString(), query["test"].ToString());

        // What was typed wrongly shows the list from its start rather than an error.
        var filter = new LabFlagFilter(
            Status(query),
            LabTests.All.Contains(test, StringComparer.Ordinal) ? test : null,
            Day(query["visitFrom"]),
            Day(query["visitTo"]),
            PerPage,
            LabFlagCursor.TryParse(after) is null ? null : after);
        return ClinicPages.Show<LabList>(new
        {
            Clinic = http.Clinic(),
            Staff = http.Staff(),
            Filter = filter,
            Flags = await list.RunAsync(http.Clinic(), filter, http.Staff(), http.RequestAborted),
            Alerts = await find.AlertsAsync(http.Clinic(), http.Staff(), http.RequestAborted),
            Unplaced = await unplaced.PageAsync(http.Clinic(), UnplacedLabs.MaximumLimit, null, http.Staff(), http.RequestAborted),
        });
    }

    private static Task<IResult> ShowAsync(HttpContext http, string id, FindLabs find, FindPatientCard cards, IClock clock) =>
        DrawAsync(http, id, (find, cards, clock), LabInput.Empty, null, StatusCodes.Status200OK);

    private static async Task<IResult> AddAsync(HttpContext http, string id, AddLabResults add, FindLabs find, FindPatientCard cards, IClock clock)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var today = http.Clinic().DayAt(clock.GetCurrentInstant());
        var isTakeBack = form.ContainsKey("takeBack");
        var input = isTakeBack ? LabInput.Empty : LabInput.From(form);
        var (result, error) = isTakeBack ? (LabResultReader.ReadTakeBackForm(form["takeBack"]), "There is no such result.") : input.Result(today);
        if (result is null)
        {
            return await DrawAsync(http, id, (find, cards, clock), input, error, StatusCodes.Status422UnprocessableEntity);
        }

        return await add.RunAsync(http.Clinic(), id, [result], http.Staff().Id, http.RequestAborted) switch
        {
            AddLabResultsOutcome.Added { New: 0 } when result.TakesBack => await DrawAsync(http, id, (find, cards, clock), input, "It had been taken back before. Nothing has changed.", StatusCodes.Status422UnprocessableEntity),
            AddLabResultsOutcome.Added => ClinicPages.SeeOther(LabLinks.Patient(http.Clinic(), id)),
            AddLabResultsOutcome.NothingToTakeBack => await DrawAsync(http, id, (find, cards, clock), input, LabPageWords.NothingToTakeBack, StatusCodes.Status422UnprocessableEntity),
            _ => ClinicPages.NotFound(http.Clinic()),
        };
    }

    private static async Task<IResult> OrderAsync(HttpContext http, string id, FindLabs find, IClock clock) =>
        await find.OrderAsync(http.Clinic(), id, http.Staff(), http.RequestAborted) is var (view, order)
            ? ClinicPages.Show<LabOrderPage>(new { Clinic = http.Clinic(), Staff = http.Staff(), View = view, Order = order, Today = http.Clinic().DayAt(clock.GetCurrentInstant()) })
            : ClinicPages.NotFound(http.Clinic());

    internal static async Task<IResult> DrawAsync(HttpContext http, string id, (FindLabs Find, FindPatientCard Cards, IClock Clock) with, LabInput input, string? error, int status) =>
        await with.Find.RunAsync(http.Clinic(), id, http.Staff(), http.RequestAborted) is { } view && await with.Cards.RunAsync(http.Clinic(), id, http.RequestAborted) is { } card
            ? ClinicPages.Show<PatientLabs>(
                new { Clinic = http.Clinic(), Staff = http.Staff(), View = view, Card = card, Input = input, Error = error, Today = http.Clinic().DayAt(with.Clock.GetCurrentInstant()) }, status)
            : ClinicPages.NotFound(http.Clinic());

    // Without a word of the reader's: what is open. With an empty one: everything.
    private static bool? Status(IQueryCollection query) => query["status"].ToString() switch
    {
        "closed" => false,
        "" when query.ContainsKey("status") => null,
        _ => true,
    };

    private static LocalDate? Day(string? text) => LocalDatePattern.Iso.Parse(text ?? string.Empty) is { Success: true } day ? day.Value : null;
}
