using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings.Reading;

/// <summary>A coding whose system is another, or whose words name another answer, says nothing that may be stored.</summary>
public sealed class CodingCheckTests
{
    private const string Own = "https://ketamineintake.example/fhir/CodeSystem/";
    private static readonly Questionnaire Shipped = EmbeddedProtocols.Load("iv-ketamine").Questionnaire;

    [Theory]
    [InlineData("psy.schiz", "http://snomed.info/sct", "no", null, "system")]
    [InlineData("psy.schiz", "http://terminology.hl7.org/CodeSystem/v2-0136", "no", null, "system")]
    [InlineData("psy.schiz", "", "no", null, "system")]
    [InlineData("psy.schiz", Own + "phq-9", "no", null, "system")]
    [InlineData("phq9.9", Own + "gad-7", "1", null, "system")]
    [InlineData("phq9.9", "http://loinc.org", "1", null, "system")]
    [InlineData("psy.schiz", null, "no", "Yes", "display")]
    [InlineData("psy.schiz", null, "no", "YES, in the past", "display")]
    [InlineData("psy.schiz", Own + "answer", "no", "Sí", "display")]
    [InlineData("psy.schiz", null, "yes", "No", "display")]
    [InlineData("psy.schiz", null, "no", "I'm not sure", "display")]
    [InlineData("psy.schiz", null, "no", "I’m not sure", "display")]
    // Codes that count from one.
    [InlineData("phq9.9", null, "1", "Not at all", "display")]
    [InlineData("phq9.9", Own + "phq-9", "2", "Several days", "display")]
    [InlineData("phq9.9", null, "3", "More than half the days (8-11 days)", "display")]
    [InlineData("auditc.1", null, "1", "Never", "display")]
    [InlineData("psy.schiz", null, "no", "Unsure", "display")]
    [InlineData("psy.schiz", null, "no", "I don't know", "display")]
    [InlineData("psy.schiz", null, "no", "No estoy seguro", "display")]
    [InlineData("psy.schiz", null, "no", "Positive", "display")]
    [InlineData("asq.1", null, "no", "Declined", "display")]
    [InlineData("asq.1", null, "no", "Refused to answer", "display")]
    [InlineData("asq.1", null, "no", "Prefer not to say", "display")]
    [InlineData("phq9.9", null, "0", "3", "display")]
    // LOINC's own code of "Not at all".
    [InlineData("phq9.9", "http://loinc.org", "LA6568-5", "Nearly every day", "display")]
    public void A_coding_that_contradicts_itself_is_refused(string linkId, string? system, string code, string? display, string member) =>
        Assert.Equal([$"/item/0/answer/0/valueCoding/{member}"], Read(linkId, system, code, display).Faults.Where(f => f.Pointer.StartsWith("/item/0", StringComparison.Ordinal)).Select(f => f.Pointer));

    [Theory]
    [InlineData("psy.schiz", Own + "answer", "no", "No")]
    [InlineData("psy.schiz", null, "no", "NO")]
    [InlineData("psy.schiz", null, "no", "no.")]
    [InlineData("psy.schiz", null, "yes", "Sí")]
    [InlineData("psy.schiz", null, "no", "Nein")]
    [InlineData("psy.schiz", null, "not-sure", "I’m not sure")]
    [InlineData("phq9.9", Own + "phq-9", "1", "Several days")]
    [InlineData("phq9.9", null, "0", "Not at all")]
    [InlineData("phq9.9", null, "3", null)]
    public void A_coding_that_says_one_thing_is_taken(string linkId, string? system, string code, string? display) =>
        Assert.DoesNotContain(Read(linkId, system, code, display).Faults, f => f.Pointer.StartsWith("/item/0", StringComparison.Ordinal));

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void Points_that_count_from_one_contradict_the_code(int points, bool isRefused)
    {
        var coding = new JsonObject { ["code"] = "1", ["extension"] = new JsonArray(new JsonObject { ["url"] = "http://hl7.org/fhir/StructureDefinition/ordinalValue", ["valueDecimal"] = points }) };

        Assert.Equal(isRefused, Read("phq9.9", coding).Faults.Any(f => f.Pointer == "/item/0/answer/0/valueCoding/extension"));
    }

    private static SubmissionReading Read(string linkId, string? system, string code, string? display)
    {
        var coding = new JsonObject { ["code"] = code };
        if (system is not null)
        {
            coding["system"] = system;
        }

        if (display is not null)
        {
            coding["display"] = display;
        }

        return Read(linkId, coding);
    }

    private static SubmissionReading Read(string linkId, JsonObject coding)
    {
        var body = Bodies.Fhir();
        body["item"] = new JsonArray(new JsonObject { ["linkId"] = linkId, ["answer"] = new JsonArray(new JsonObject { ["valueCoding"] = coding }) });
        return Sent.Fhir(body.ToJsonString(), Shipped);
    }
}
