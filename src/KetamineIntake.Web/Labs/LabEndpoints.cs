using System.Text.Json;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Problems;
using KetamineIntake.Web.Protocols;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace KetamineIntake.Web.Labs;

/// <summary>Results in, and where they leave the clinic's patients.</summary>
internal static class LabEndpoints
{
    public static void MapLabs(this IEndpointRouteBuilder staff)
    {
        staff.MapPost("patients/{id}/lab-results", AddAsync);
        staff.MapGet("patients/{id}/labs", GetAsync);
        staff.MapGet("lab-flags", ListAsync);
        UnplacedLabEndpoints.Map(staff);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ListLabFlags list)
    {
        var (filter, faults) = LabFlagQuery.Read(http.Request.Query);
        if (faults.Count > 0)
        {
            return new ProblemResult(Problem.Validation(faults));
        }

        var page = await list.RunAsync(http.Clinic(), filter, http.Staff(), http.RequestAborted);
        return Results.Json(LabFlagListBody.Of(page), ApiJson.Default.LabFlagListBody);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, FindLabs find)
    {
        var view = await find.RunAsync(http.Clinic(), id, http.Staff(), http.RequestAborted);
        return view is null ? new ProblemResult(Problem.NotFound) : Results.Json(LabViewBody.Of(view), ApiJson.Default.LabViewBody);
    }

    private static async Task<IResult> AddAsync(string id, HttpContext http, AddLabResults add, AddLabReports reports, IClock clock)
    {
        var isFhir = http.Request.Is(QuestionnaireEndpoint.FhirJson);
        if (!isFhir && !http.Request.Is(JsonRequest.Json))
        {
            return new ProblemResult(Problem.UnsupportedMediaType(JsonRequest.Json, QuestionnaireEndpoint.FhirJson));
        }

        using var document = http.Request.ReadJson();
        if (document is null)
        {
            return new ProblemResult(Problem.BrokenJson);
        }

        var clinic = http.Clinic();
        if (await FindLabs.PersonAsync(clinic, id, http.RequestAborted) is not { } person)
        {
            return new ProblemResult(Problem.NotFound);
        }

        var today = clinic.DayAt(clock.GetCurrentInstant());
        // A FHIR resource is an object and the contract's own form a list, so a sender that mislabels one is still understood.
        return isFhir || document.RootElement.ValueKind == JsonValueKind.Object
            ? await AddFhirAsync(id, document.RootElement, new FhirLabContext(clinic.Protocol.Labs, today, clinic.Zone, person.BirthDate, clinic.Protocol.Lab.Units) { Name = new PatientName(person.GivenName, person.FamilyName) }, http, reports)
            : await AddTypedAsync(id, LabResultReader.Read(document.RootElement, today), http, add);
    }

    private static async Task<IResult> AddTypedAsync(string id, LabResultReading reading, HttpContext http, AddLabResults add) =>
        reading.Faults.Count > 0
            ? new ProblemResult(Problem.Validation(reading.Faults))
            : Answer(await add.RunAsync(http.Clinic(), id, reading.Results, http.Staff().Id, http.RequestAborted));

    private static async Task<IResult> AddFhirAsync(string id, JsonElement root, FhirLabContext context, HttpContext http, AddLabReports reports)
    {
        if (FhirLabs.CountResources(root) > AddLabReports.MostResources)
        {
            return new ProblemResult(Problem.Validation("/entry", $"has more than {AddLabReports.MostResources} resources: send it in parts"));
        }

        foreach (var named in FhirLabs.PatientsNamed(root).Where(n => n != id))
        {
            if (await FindLabs.PersonAsync(http.Clinic(), named, http.RequestAborted) is not null)
            {
                return new ProblemResult(Problem.Validation("/subject", "is another patient of this clinic"));
            }
        }

        var reading = FhirLabs.Read(root, context);
        return await reports.RunAsync(http.Clinic(), id, reading, http.Staff().Id, http.RequestAborted) is { } added ? Answer(added) : new ProblemResult(Problem.NotFound);
    }

    // A feed that sends all of a patient's results is no mistake: of what is no test of ours nothing is stored, and nothing is wrong. A document of which everything is refused is one.
    private static IResult Answer(AddedReports added)
    {
        var isStored = added.Verdicts.Any(v => v.Outcome is FhirOutcome.Accepted or FhirOutcome.Kept);
        var faults = added.Verdicts.Where(v => v.Outcome == FhirOutcome.Refused).Select(v => new FieldFault(v.Pointer, v.Reason)).ToList();
        if (!isStored && (faults.Count > 0 || !added.Verdicts.Any(v => v.Resource is "Observation" or "DiagnosticReport")))
        {
            return new ProblemResult(Problem.Validation(faults.Count > 0 ? faults : [new FieldFault("", "has no laboratory result")]));
        }

        return Results.Json(
            new LabReceiptBody(added.New, added.Known, added.View is null ? null : LabViewBody.Of(added.View), [.. added.Verdicts.Select(FhirVerdictBody.Of)]),
            ApiJson.Default.LabReceiptBody,
            statusCode: isStored ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static IResult Answer(AddLabResultsOutcome outcome) => outcome switch
    {
        AddLabResultsOutcome.Added added => Results.Json(
            new LabReceiptBody(added.New, added.Known, LabViewBody.Of(added.View), null), ApiJson.Default.LabReceiptBody, statusCode: StatusCodes.Status201Created),
        AddLabResultsOutcome.NothingToTakeBack nothing => new ProblemResult(Problem.Validation(
            [.. nothing.Places.Select(p => new FieldFault(JsonPointer.Append("", p), "takes back nothing: no such result is stored. One that came as FHIR or from a file is taken back by its id"))])),
        AddLabResultsOutcome.NameTaken => new ProblemResult(Problem.Validation("", "goes by the identifier or id of another result of this patient: each needs its own")),
        AddLabResultsOutcome.TooMany many => new ProblemResult(Problem.Validation("", $"changes more than {many.Maximum} results: send it in parts")),
        _ => new ProblemResult(Problem.NotFound),
    };
}
