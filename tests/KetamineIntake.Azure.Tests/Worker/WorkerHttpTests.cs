using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using KetamineIntake.Azure.Tests.Support;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>The built worker behind a host: the contract's addresses answer as on one machine.</summary>
[Collection(nameof(WorkerFixture))]
[NeedsEmulator]
public sealed class WorkerHttpTests(WorkerFixture worker)
{
    private static readonly object Kim = new { givenName = "Kim", familyName = "Park", birthDate = "1985-04-12", phone = "(212) 555-0123" };

    [Theory]
    [InlineData("/api/v1/health", HttpStatusCode.OK, "application/json")]
    [InlineData("/northside", HttpStatusCode.OK, "text/html")]
    [InlineData("/northside/staff", HttpStatusCode.SeeOther, null)]
    [InlineData("/northside/staff/sign-in", HttpStatusCode.OK, "text/html")]
    [InlineData("/api/v1/clinics/northside/questionnaire", HttpStatusCode.OK, "application/fhir+json")]
    [InlineData("/api/v1/clinics/northside/referrals", HttpStatusCode.Unauthorized, "application/problem+json")]
    [InlineData("/api/v1/clinics/northside/patients/nobody", HttpStatusCode.Unauthorized, "application/problem+json")]
    [InlineData("/api/v1/clinics/northside/lab-flags", HttpStatusCode.Unauthorized, "application/problem+json")]
    [InlineData("/api/v1/clinics/northside/notes", HttpStatusCode.Unauthorized, "application/problem+json")]
    [InlineData("/api/v1/clinics/northside/failed-messages", HttpStatusCode.Unauthorized, "application/problem+json")]
    [InlineData("/api/v1/clinics/elsewhere/questionnaire", HttpStatusCode.NotFound, "application/problem+json")]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound, null)]
    public async Task Each_address_answers_in_its_own_kind(string address, HttpStatusCode status, string? kind)
    {
        await worker.ClinicsAreMadeAsync();
        using var answer = await worker.Client.GetAsync(address);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(kind ?? answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task HEAD_answers_as_GET_would()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/health");
        using var answer = await worker.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_screening_is_stored_and_staff_read_its_referral()
    {
        await worker.ClinicsAreMadeAsync();
        using var created = await worker.Client.PostAsJsonAsync("/api/v1/clinics/northside/screenings", new { patient = Kim, answers = new Dictionary<string, object> { ["psy.schiz"] = "yes" } });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var body = JsonDocument.Parse(await created.Content.ReadAsStringAsync());
        using var request = new HttpRequestMessage(HttpMethod.Get, body.RootElement.GetProperty("referral").GetProperty("url").GetString());
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", WorkerFixture.ClinicianKey);
        using var referral = await worker.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, referral.StatusCode);
        Assert.Contains("contraindicated", await referral.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.UnprocessableEntity)]
    public async Task A_bad_body_is_refused_with_a_problem(string body, HttpStatusCode status)
    {
        await worker.ClinicsAreMadeAsync();
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var answer = await worker.Client.PostAsync("/api/v1/clinics/northside/screenings", content);
        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task The_form_starts_with_a_post_of_its_own_page()
    {
        await worker.ClinicsAreMadeAsync();
        using var content = new StringContent("", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        using var stale = await worker.Client.PostAsync("/northside/start", content);
        Assert.Equal(HttpStatusCode.BadRequest, stale.StatusCode);
        Assert.Contains("Please send this page again", await stale.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
