using System.Net.Http.Json;
using System.Text.Json;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Tests.Web.Pages;

namespace KetamineIntake.Tests.Web.Screenings;

/// <summary>What a program is given to show the patient: in their language, emergencies first.</summary>
public sealed class SpokenLanguageTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Fact]
    public async Task A_Spanish_patient_at_risk_is_answered_in_Spanish_with_help_emergencies_and_what_happens_next()
    {
        var spanish = app.Protocol.Translations[SmsLanguage.Spanish];
        var body = await PostAsync("es-MX", """{"asq.1":"yes","asq.5":"yes","psy.delirium":"yes","psy.schiz":"yes"}""");

        Assert.Equal(spanish.Messages["imminent"], body.GetProperty("message").GetString());
        Assert.Contains("AYUDA", body.GetProperty("resources")[1].GetProperty("title").GetString(), StringComparison.Ordinal);
        var emergency = Assert.Single(body.GetProperty("emergencies").EnumerateArray());
        Assert.Equal(spanish.Emergencies["mental"], emergency.GetProperty("advice").GetString());
        Assert.Equal(spanish.EmergencyReasons["PSY-08b"], Assert.Single(emergency.GetProperty("reasons").EnumerateArray()).GetString());
        Assert.Equal(spanish.Next["imminent"].Count, body.GetProperty("next").GetArrayLength());
        Assert.False(body.TryGetProperty("notes", out _));
    }

    [Fact]
    public async Task Without_an_emergency_none_is_named()
    {
        var body = await PostAsync("en", """{"psy.delirium":"no","cv.any":"yes"}""");
        Assert.False(body.TryGetProperty("emergencies", out _));
        Assert.NotEqual(0, body.GetProperty("notes").GetArrayLength());
    }

    private async Task<JsonElement> PostAsync(string language, string answers)
    {
        using var answer = await app.Client.PostAsJsonAsync("/api/v1/clinics/northside/screenings", new
        {
            patient = new { givenName = "Ana", familyName = "Prueba", birthDate = "1985-04-12", phone = "(212) 555-0123", language },
            answers = JsonDocument.Parse(answers).RootElement,
        });
        using var body = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return body.RootElement.Clone();
    }
}
