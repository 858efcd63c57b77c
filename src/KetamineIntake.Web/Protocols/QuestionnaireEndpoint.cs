using System.Security.Cryptography;
using KetamineIntake.Web.Clinics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace KetamineIntake.Web.Protocols;

/// <summary>The clinic's questionnaire as FHIR R4. It holds no patient data and may be cached, if it is checked for changes each time.</summary>
internal static class QuestionnaireEndpoint
{
    public const string FhirJson = "application/fhir+json";

    public static void MapQuestionnaire(this IEndpointRouteBuilder clinic) => clinic.MapGet("questionnaire", Get);

    private static IResult Get(HttpContext http)
    {
        var document = http.Clinic().Protocol.Questionnaire.Published;
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(document.Span))[..32]}\"";
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(document, FhirJson, entityTag: new EntityTagHeaderValue(tag));
    }
}
