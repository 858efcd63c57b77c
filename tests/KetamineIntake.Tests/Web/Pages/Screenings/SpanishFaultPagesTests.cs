namespace KetamineIntake.Tests.Web.Pages.Screenings;

/// <summary>The form says what is wrong with a field in the patient's language, already on the page that asks for it.</summary>
public sealed class SpanishFaultPagesTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Theory]
    [InlineData("es", "Hay que revisar una respuesta", "Faltan dígitos: esto es muy corto para un número de teléfono.", "Lo que escribió sigue aquí.")]
    [InlineData("en", "One answer needs another look", "Digits are missing: this is too short for a phone number.", "What you typed is still here.")]
    public async Task On_the_first_page(string language, string title, string fault, string kept)
    {
        var visitor = app.NewVisitor();
        var about = await visitor.SubmitAsync(await visitor.GetAsync("/northside"));
        var typed = PagesApp.WhoIAm();
        typed["dem.lang"] = language;
        typed["dem.phone"] = "555";
        var again = await visitor.SubmitAsync(about, typed);

        Assert.Contains(title, again.Text, StringComparison.Ordinal);
        Assert.Contains(fault, again.Text, StringComparison.Ordinal);
        Assert.Contains(kept, again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_on_every_later_one()
    {
        var visitor = app.NewVisitor();
        var about = await visitor.SubmitAsync(await visitor.GetAsync("/northside"));
        var typed = PagesApp.WhoIAm();
        typed["dem.lang"] = "es";
        await visitor.SubmitAsync(about, typed);
        var reason = await visitor.GetAsync("/northside/form/reason");
        var wrong = HealthyPatient.Fill(reason);
        wrong["ind.trials"] = "2,5";

        Assert.Contains("Escribió 2,5. Si quiere decir 2.5, escríbalo con punto.", (await visitor.SubmitAsync(reason, wrong)).Text, StringComparison.Ordinal);
    }
}
