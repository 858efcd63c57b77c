using KetamineIntake.Core.Patients;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Problems;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace KetamineIntake.Web.Patients;

/// <summary>A patient under the names that submissions use.</summary>
internal sealed record PatientBody(
    string Id,
    string GivenName,
    string FamilyName,
    LocalDate BirthDate,
    string Phone,
    string? Email,
    string? TimeZone,
    string Language,
    bool SmsConsent,
    Instant CreatedAt,
    bool? PhoneUnconfirmed,
    string? AskedLanguage,
    string? AskedTimeZone)
{
    public static PatientBody Of(Patient patient) => new(
        patient.Id, patient.GivenName, patient.FamilyName, patient.BirthDate, patient.Phone,
        patient.Email, patient.TimeZone, patient.Language, patient.SmsConsent, patient.CreatedAt,
        patient.IsPhoneUnconfirmed, patient.AskedLanguage, patient.AskedTimeZone);
}

internal static class PatientEndpoints
{
    public static void MapPatients(this IEndpointRouteBuilder staff) => staff.MapGet("patients/{id}", GetAsync);

    private static async Task<IResult> GetAsync(string id, HttpContext http, FindPatient find)
    {
        var patient = await find.RunAsync(http.Clinic(), id, http.Staff(), http.RequestAborted);
        return patient is null ? new ProblemResult(Problem.NotFound) : Results.Json(PatientBody.Of(patient), ApiJson.Default.PatientBody);
    }
}
