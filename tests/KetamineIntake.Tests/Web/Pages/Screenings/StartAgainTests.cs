using System.Text.Json.Nodes;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace KetamineIntake.Tests.Web.Pages.Screenings;

/// <summary>Consent given anew after a STOP: everybody hears how texts come back, so that nobody can test whose number is a patient's; only staff see that this one was stopped.</summary>
public sealed class StartAgainTests(PagesApp app) : IClassFixture<PagesApp>
{
    private const string English = "If you ever texted STOP to us, text START to resume: 212-555-0199.";

    [Theory]
    [InlineData("en", English)]
    [InlineData("es", "Si alguna vez nos mandó la palabra STOP por texto, mande START para volver a recibir mensajes: 212-555-0199.")]
    public async Task Whoever_agrees_to_texts_hears_it_and_nobody_else(string language, string words)
    {
        Assert.Equal(words, Next(await SendAsync("+13125550144", language, true))[^1]);
        Assert.DoesNotContain(Next(await SendAsync("+13125550144", language, false)), n => n.Contains("START", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_answer_is_the_same_for_a_number_that_was_stopped_and_for_any_other_and_the_console_tells_them_apart()
    {
        await StopAsync("+13125550145");
        app.Clock.Advance(Duration.FromMinutes(1));
        var stopped = await SendAsync("+13125550145", "en", true);
        var other = await SendAsync("+13125550146", "en", true);

        foreach (var member in new[] { "message", "next", "notes", "outcome", "resources" })
        {
            Assert.True(JsonNode.DeepEquals(stopped[member], other[member]), member);
        }

        const string words = "texts to this number were stopped before the form";
        Assert.Contains(words, await ConsoleAsync(stopped), StringComparison.Ordinal);
        Assert.DoesNotContain(words, await ConsoleAsync(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_says_it_too()
    {
        var visitor = app.NewVisitor();
        var about = await visitor.SubmitAsync(await visitor.GetAsync("/northside"));
        var who = PagesApp.WhoIAm();
        who["dem.smsConsent"] = "yes";
        await visitor.SubmitAsync(about, who);
        var done = await visitor.SubmitAsync(await visitor.GetAsync("/northside/review"));

        Assert.Contains(English, done.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_see_what_could_not_be_confirmed_and_what_was_asked_for_in_vain()
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), JsonNode.Parse(
            """{"patient":{"familyName":"Madonna","birthDate":"1985-04-12","phone":"+15551234567","language":"fr","timeZone":"Mars/Olympus"},"answers":{}}"""));
        var console = await ConsoleAsync(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);

        Assert.Contains("unconfirmed", console, StringComparison.Ordinal);
        Assert.Contains("asked for “fr”", console, StringComparison.Ordinal);
        Assert.Contains("said “Mars/Olympus”", console, StringComparison.Ordinal);
        Assert.Contains("Madonna,", console, StringComparison.Ordinal);
    }

    private static List<string> Next(JsonNode receipt) => [.. receipt["next"]!.AsArray().Select(n => (string)n!)];

    private async Task<JsonNode> SendAsync(string phone, string language, bool consents)
    {
        var body = $$$"""{"patient":{"givenName":"Kim","familyName":"Park","birthDate":"1985-04-12","phone":"{{{phone}}}","language":"{{{language}}}","smsConsent":{{{(consents ? "true" : "false")}}}},"answers":{}}""";
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), JsonNode.Parse(body));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private Task StopAsync(string phone) => app.Services.GetRequiredService<HandleSmsEvent>()
        .RunAsync(new SmsEvent.Received(RowId.New(), phone, "+12125550199", "STOP", app.Clock.Now), default);

    private async Task<string> ConsoleAsync(JsonNode receipt)
    {
        var (visitor, _) = await app.SignedInAsync();
        return (await visitor.GetAsync($"/northside/staff/referrals/{receipt["referral"]!["id"]}")).Text;
    }
}
