using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Records;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Web.Screenings;

public sealed class ScreeningEndpointTests(IntakeApp app) : IClassFixture<IntakeApp>
{
    [Fact]
    public async Task A_complete_screening_is_stored_and_answered_with_what_a_patient_may_see()
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), Bodies.Screening());
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var receipt = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(["id", "outcome", "urgency", "message", "resources", "missing", "referral", "next"], receipt.Select(m => m.Key));
        Assert.Equal("eligible", receipt["outcome"]!.GetValue<string>());
        Assert.Equal("none", receipt["urgency"]!.GetValue<string>());
        Assert.True(RowId.IsValid(receipt["id"]!.GetValue<string>()));
        Assert.Equal(answer.Headers.Location!.ToString(), receipt["referral"]!["url"]!.GetValue<string>());
        Assert.DoesNotContain(Bodies.Canaries, c => text.Contains(c, StringComparison.Ordinal));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("psy.schiz", "\"yes\"", "contraindicated", "none")]
    [InlineData("psy.schiz", "\"not-sure\"", "needs-review", "none")]
    [InlineData("cv.any", "\"yes\"", "needs-review", "none")]
    [InlineData("phq9.9", "2", "needs-review", "high")]
    public async Task The_rules_decide_from_what_was_sent(string linkId, string json, string outcome, string urgency)
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), Bodies.With(linkId, JsonNode.Parse(json)));
        var receipt = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal(outcome, receipt["outcome"]!.GetValue<string>());
        Assert.Equal(urgency, receipt["urgency"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_unanswered_question_that_matters_is_named_as_missing()
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), Bodies.Without("answers", "psy.schiz"));
        var receipt = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal("incomplete", receipt["outcome"]!.GetValue<string>());
        Assert.Equal("psy.schiz", Assert.Single(receipt["missing"]!.AsArray())!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_key_and_content_give_the_same_bytes_and_one_referral()
    {
        var first = await SendAsync("repeat-1", Bodies.Screening());
        var before = await app.SnapshotAsync();
        var second = await SendAsync("repeat-1", Bodies.Screening());

        Assert.Equal((HttpStatusCode.Created, first.Body), second);
        Assert.Equal(before, await app.SnapshotAsync());
    }

    [Fact]
    public async Task The_same_key_and_content_in_FHIR_give_the_same_bytes()
    {
        var json = await SendAsync("repeat-2", Bodies.Screening());
        var fhir = await SendAsync("repeat-2", Bodies.Fhir(), "application/fhir+json");

        Assert.Equal(json, fhir);
    }

    [Fact]
    public async Task The_same_key_with_another_content_is_refused()
    {
        await SendAsync("repeat-3", Bodies.Screening());
        var before = await app.SnapshotAsync();
        var (status, body) = await SendAsync("repeat-3", Bodies.With("cv.any", "yes"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("idempotency-key-reused", body, StringComparison.Ordinal);
        Assert.Equal(before, await app.SnapshotAsync());
    }

    [Fact]
    public async Task A_key_is_good_for_another_submission_after_a_day()
    {
        var first = await SendAsync("repeat-4", Bodies.Screening());
        app.Clock.Now += Duration.FromHours(24) - Duration.FromSeconds(1);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync("repeat-4", Bodies.With("cv.any", "yes"))).Status);
        app.Clock.Now += Duration.FromSeconds(1);
        var later = await SendAsync("repeat-4", Bodies.With("cv.any", "yes"));

        Assert.Equal(HttpStatusCode.Created, later.Status);
        Assert.NotEqual(first.Body, later.Body);
    }

    [Fact]
    public async Task A_key_belongs_to_one_clinic()
    {
        var here = await SendAsync("repeat-5", Bodies.Screening());
        var there = await SendAsync("repeat-5", Bodies.With("cv.any", "yes"), clinic: IntakeApp.Elsewhere);

        Assert.Equal(HttpStatusCode.Created, here.Status);
        Assert.Equal(HttpStatusCode.Created, there.Status);
    }

    [Fact]
    public async Task Many_requests_at_once_with_one_key_store_one_referral()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => SendAsync("repeat-6", Bodies.Screening())));

        Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.Created or HttpStatusCode.Conflict));
        Assert.Single(answers.Where(a => a.Status == HttpStatusCode.Created).Select(a => a.Body).Distinct());
    }

    [Fact]
    public async Task A_declared_charset_other_than_utf_8_is_refused()
    {
        using var content = new StringContent(Bodies.Screening().ToJsonString(), Encoding.Unicode, "application/json");
        using var answer = await app.Client.PostAsync(IntakeApp.Path("screenings"), content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task The_questionnaire_is_FHIR_and_is_not_sent_again_when_it_is_unchanged()
    {
        using var first = await app.GetAsync(IntakeApp.Path("questionnaire"));
        using var request = new HttpRequestMessage(HttpMethod.Get, IntakeApp.Path("questionnaire"));
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await app.Client.SendAsync(request);

        Assert.Equal("application/fhir+json", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TestProtocol.Questionnaire.Published.ToArray(), await first.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(
        string key, JsonObject body, string mediaType = "application/json", string clinic = IntakeApp.Here)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, IntakeApp.Path("screenings", clinic))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, mediaType),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await app.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
