using KetamineIntake.Core.Labs.Fhir;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Whether a document is about one person, by what it says of its subjects.</summary>
public sealed class FhirSubjectsTests
{
    private const string Kim = "\"birthDate\":\"1985-04-12\",\"name\":[{\"family\":\"Park\",\"given\":[\"Kim\"]}]";
    private const string Lee = "\"birthDate\":\"1985-04-12\",\"name\":[{\"family\":\"Park\",\"given\":[\"Lee\"]}]";

    [Theory]
    [InlineData("{\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"1\"}}", "{\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"2\"}}", false)]
    [InlineData("{\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"1\"}}", "{\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"1\"}}", true)]
    [InlineData("{\"identifier\":{\"value\":\"1\"}}", "{\"identifier\":{\"value\":\"2\"}}", false)]
    [InlineData("{\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"1\"}}", "{\"identifier\":{\"system\":\"urn:ssn\",\"value\":\"9\"}}", false)]
    [InlineData("{\"reference\":\"Patient/1\",\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"1\"}}", "{\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"2\"}}", false)]
    [InlineData("{\"reference\":\"Patient/1\",\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"1\"}}", "{\"reference\":\"Patient/1\",\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"2\"}}", false)]
    [InlineData("{\"reference\":\"Patient/1\",\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"1\"}}", "{\"reference\":\"Patient/1\",\"identifier\":{\"system\":\"urn:ssn\",\"value\":\"9\"}}", true)]
    [InlineData("{\"reference\":\"Patient/1\"}", "{\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"1\"}}", true)]
    [InlineData("{\"reference\":\"Patient/1\"}", "{\"reference\":\"Patient/2\"}", false)]
    [InlineData("{\"reference\":\"Patient/1\"}", "{\"reference\":\"http://lab.example.org/fhir/Patient/1/_history/3\"}", true)]
    [InlineData("{\"display\":\"Kim\"}", "{\"display\":\"Lee\"}", true)]
    public void Two_results_are_of_one_patient_unless_their_subjects_say_otherwise(string one, string other, bool accepted) =>
        Assert.Equal(accepted, IsOne(Bundle(About(one, "h"), About(other, "k"))));

    [Theory]
    [InlineData(Kim, Kim, true)]
    [InlineData(Kim, Lee, false)]
    [InlineData("\"identifier\":[{\"system\":\"urn:mrn\",\"value\":\"1\"}]," + Kim, "\"gender\":\"female\",\"identifier\":[{\"system\":\"urn:mrn\",\"value\":\"1\"}]", true)]
    [InlineData("\"identifier\":[{\"system\":\"urn:mrn\",\"value\":\"1\"}]," + Kim, "\"identifier\":[{\"system\":\"urn:mrn\",\"value\":\"2\"}]," + Kim, false)]
    [InlineData("\"identifier\":[{\"system\":\"urn:mrn\",\"value\":\"1\"}]," + Kim, "\"identifier\":[{\"system\":\"urn:mrn\",\"value\":\"1\"}],\"birthDate\":\"1990-01-01\"", false)]
    [InlineData("\"identifier\":[{\"system\":\"urn:mrn\",\"value\":\"1\"}]," + Kim, "\"identifier\":[{\"system\":\"urn:ssn\",\"value\":\"9\"}]," + Kim, true)]
    [InlineData("\"active\":true", "\"active\":true", true)]
    [InlineData("\"active\":true", Kim, false)]
    public void Contained_patients_are_told_apart_by_what_they_say(string one, string other, bool accepted) =>
        Assert.Equal(accepted, IsOne(Bundle(Containing(one, "h"), Containing(other, "k"))));

    [Fact]
    public void A_contained_patient_and_another_logical_subject_are_two_people()
    {
        var kim = Containing("\"identifier\":[{\"system\":\"urn:mrn\",\"value\":\"1\"}]," + Kim, "h");

        Assert.True(IsOne(Bundle(kim, About("{\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"1\"}}", "k"))));
        Assert.False(IsOne(Bundle(kim, About("{\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"2\"}}", "k"))));
    }

    private static string About(string subject, string id) => Observation("718-7", id, 13, ",\"subject\":" + subject);

    private static string Containing(string patient, string id) =>
        Observation("718-7", id, 13, ",\"subject\":{\"reference\":\"#pat\"},\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"pat\"," + patient + "}]");

    private static bool IsOne(string document)
    {
        var reading = Read(document);
        var refused = reading.Verdicts.Any(v => v is { Outcome: FhirOutcome.Refused, Reason: "has results of more than one patient" });
        Assert.Equal(refused, reading.Results.Count == 0);
        return !refused;
    }
}
