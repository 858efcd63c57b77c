using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Screenings;

/// <summary>A key counts within clinic, name, birth date and phone: nobody can use up one that somebody else will send.</summary>
public sealed class IdempotencyScopeTests(IntakeApp app) : IClassFixture<IntakeApp>
{
    [Theory]
    [InlineData("givenName", "Yolanda")]
    [InlineData("familyName", "Fitzgerald")]
    [InlineData("birthDate", "1991-03-04")]
    [InlineData("phone", "(917) 555-0124")]
    public async Task Another_person_may_send_the_same_key(string field, string value)
    {
        var (first, _) = await SendAsync("scope-" + field, Bodies.WithPatient(field, value));
        var (second, text) = await SendAsync("scope-" + field, Bodies.Screening());
        var (again, repeated) = await SendAsync("scope-" + field, Bodies.Screening());

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Created), (first, second, again));
        Assert.Equal(text, repeated);
    }

    [Theory]
    [InlineData("email", "other@example.org")]
    [InlineData("smsConsent", false)]
    [InlineData("timeZone", "America/Denver")]
    public async Task The_same_person_may_not_send_it_with_another_body(string field, object value)
    {
        await SendAsync("scope-body-" + field, Bodies.Screening());
        var (status, text) = await SendAsync("scope-body-" + field, Bodies.WithPatient(field, JsonValue.Create(value)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("idempotency-key-reused", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_row_is_found_by_who_knows_the_key_and_the_person_but_not_the_secret_of_the_records()
    {
        await SendAsync("scope-guess", Bodies.Screening());
        string[] person = ["Zebulon", "Quattlebaum", "1990-03-04"];

        var rows = await app.SnapshotAsync();

        Assert.Contains(rows, r => r.Contains("idempotency|", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, r => r.Contains(Core.Records.Rows.Idempotency("scope-guess", [.. person, "+19175550123"]), StringComparison.Ordinal)
            || r.Contains(Core.Records.Rows.Idempotency("scope-guess", person), StringComparison.Ordinal)
            || r.Contains(Core.Records.Rows.EarlierIdempotency("scope-guess"), StringComparison.Ordinal));
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string key, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, IntakeApp.Path("screenings")) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await app.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
