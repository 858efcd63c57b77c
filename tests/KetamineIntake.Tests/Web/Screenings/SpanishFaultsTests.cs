using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Tests.Protocols;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Screenings;

/// <summary>Who fills the form in Spanish reads in Spanish what is wrong with a field; who does in English, in English.</summary>
public sealed class SpanishFaultsTests(EmbeddedIntakeApp app) : IClassFixture<EmbeddedIntakeApp>
{
    [Theory]
    [InlineData("es", "/patient/phone", "Faltan dígitos: esto es muy corto para un número de teléfono.")]
    [InlineData("es-MX", "/patient/birthDate", "Ese mes no tiene ese día.")]
    [InlineData("es", "/patient/email", "Escriba una dirección como nombre@ejemplo.com, o deje el campo vacío.")]
    [InlineData("es", "/answers/ind.trials", "Escriba un número entero de 0 a 30.")]
    [InlineData("es", "/answers/psy.schiz", "Elija una de las respuestas que se muestran.")]
    [InlineData("es", "/answers/cv.mi.date", "Esta fecha está en el futuro.")]
    [InlineData("es", "/answers/dem.heightCm", "20 kg, 200 cm es poco probable. Si es correcto, confírmelo; si no, corríjalo.")]
    [InlineData("en", "/patient/phone", "must be a telephone number that can be texted: +12125550123, or ten digits of a US number. Digits are missing: this is too short for a phone number.")]
    public async Task The_API_names_a_fault_in_the_language_of_the_form(string language, string pointer, string words)
    {
        var problem = await SendAsync($$"""
            {"patient":{"givenName":"Kim","birthDate":"1985-02-30","phone":"555","email":"kim","language":"{{language}}"},
             "answers":{"ind.trials":99,"psy.schiz":"maybe","cv.mi":"yes","cv.mi.date":"2199","dem.weightKg":20,"dem.heightCm":200} }
            """);

        Assert.Equal(words, (string?)problem["errors"]!.AsArray().Single(e => (string?)e!["pointer"] == pointer)!["detail"]);
    }

    [Fact]
    public async Task What_only_a_program_can_get_wrong_stays_in_English() =>
        Assert.Contains("is not part of a screening", (await SendAsync("""{"patient":{"givenName":"Kim","birthDate":"1985-02-03","phone":"2125550123","language":"es"},"answers":{},"colour":1}"""))["errors"]!.ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public void No_language_may_leave_out_a_fault_or_what_was_typed()
    {
        Assert.Contains(new ProtocolDocuments().Edit("texts.es.json", t => t["faults"]!.AsObject().Remove("date.noYear")).Faults(), f => f.Path == "/faults");
        Assert.Contains(new ProtocolDocuments().Edit("texts.es.json", t => t["faults"]!["name.long"] = "Es demasiado largo.").Faults(), f => f is { Path: "/faults/name.long", Detail: "Needs {count}." });
        Assert.All(FaultWords.All.Keys, name => Assert.NotEqual(app.Protocol.Texts.Faults[name], app.Protocol.TextsFor("es").Faults[name]));
    }

    private async Task<JsonNode> SendAsync(string body)
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), JsonNode.Parse(body)!);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
