using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Protocols;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace KetamineIntake.Web.Problems;

/// <summary>A problem as FHIR R4 says it, for who asked for FHIR.</summary>
internal static partial class OperationOutcome
{
    /// <summary>By Accept; where that names neither, by what was sent.</summary>
    public static bool IsAskedFor(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) || accepted.Count == 0)
        {
            return request.Is(QuestionnaireEndpoint.FhirJson);
        }

        var named = accepted.Where(a => a.Quality is not 0).Select(a => a.MediaType.Value).ToList();
        return named.Contains(QuestionnaireEndpoint.FhirJson, StringComparer.OrdinalIgnoreCase)
            || (request.Is(QuestionnaireEndpoint.FhirJson) && !named.Exists(n => n is ProblemResult.ProblemJson or JsonRequest.Json));
    }

    public static byte[] Of(ProblemBody problem, HttpRequest request)
    {
        var isFhir = request.Is(QuestionnaireEndpoint.FhirJson);
        var issues = (problem.Errors ?? []).Select(e => Issue("error", e.Detail.Contains("is required", StringComparison.Ordinal) ? "required" : "invalid", e.Detail, Place(e, isFhir)))
            .DefaultIfEmpty(Issue("error", CodeOf(problem.Status), problem.Detail is null ? problem.Title : $"{problem.Title} {problem.Detail}", null));
        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["resourceType"] = "OperationOutcome",
                ["issue"] = new JsonArray([.. Help(problem), .. issues]),
            },
            ApiJson.Default.JsonObject);
    }

    /// <summary>Danger goes first.</summary>
    private static IEnumerable<JsonObject> Help(ProblemBody problem) =>
        new[] { problem.Message }.Concat((problem.Emergencies ?? []).SelectMany(e => e.Reasons.Append(e.Advice))).OfType<string>()
            .Concat((problem.Resources ?? []).Select(r => string.Join(" ", new[] { r.Title, r.Phone, r.Url }.OfType<string>())))
            .Select(words => Issue("information", "informational", words, null));

    private static JsonObject Issue(string severity, string code, string words, string? place)
    {
        var issue = new JsonObject { ["severity"] = severity, ["code"] = code, ["details"] = new JsonObject { ["text"] = words } };
        if (place is not null)
        {
            issue[place.StartsWith('/') ? "diagnostics" : "expression"] = place.StartsWith('/') ? place : new JsonArray(place);
        }

        return issue;
    }

    /// <summary>FHIRPath into a resource; of any other body the pointer as it is.</summary>
    private static string? Place(FieldFault fault, bool isFhir) =>
        fault.Pointer.Length == 0 ? null
        : isFhir && SimplePath().IsMatch(fault.Pointer) ? Index().Replace(fault.Pointer, "[${at}]")[1..].Replace('/', '.')
        : fault.Pointer;

    private static string CodeOf(int status) => status switch
    {
        400 => "structure",
        401 => "login",
        404 => "not-found",
        405 or 415 => "not-supported",
        409 => "conflict",
        413 => "too-long",
        422 => "business-rule",
        429 => "throttled",
        >= 500 => "transient",
        _ => "processing",
    };

    [GeneratedRegex("^(/[A-Za-z]+|/[0-9]+)+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SimplePath();

    [GeneratedRegex("/(?<at>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Index();
}
