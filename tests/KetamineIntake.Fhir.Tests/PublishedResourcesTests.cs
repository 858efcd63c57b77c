using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firely.Fhir.Validation;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Specification.Source;
using Hl7.Fhir.Specification.Terminology;
using KetamineIntake.Tests.Support;
using Task = System.Threading.Tasks.Task;

namespace KetamineIntake.Fhir.Tests;

/// <summary>Every FHIR resource that we publish or answer with, before a validator that somebody else wrote and that knows nothing of us.</summary>
public sealed class PublishedResourcesTests(EmbeddedIntakeApp app) : IClassFixture<EmbeddedIntakeApp>
{
    private const string Fhir = "application/fhir+json";
    private static readonly Lazy<Validator> Judge = new(NewValidator);

    [Fact]
    public async Task The_questionnaire_has_no_fault()
    {
        using var answer = await app.GetAsync(IntakeApp.Path("questionnaire"));
        Check(await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"resourceType":"QuestionnaireResponse","status":"completed","item":[{"linkId":"asq.5","answer":[{"valueCoding":{"code":"yes"}}]}]}""")]
    [InlineData("""{"resourceType":"QuestionnaireResponse","status":"draft"}""")]
    [InlineData("{}")]
    [InlineData("no JSON")]
    public async Task An_outcome_of_a_refused_form_has_no_fault(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, IntakeApp.Path("screenings")) { Content = new StringContent(body, Encoding.UTF8, Fhir) };
        await CheckAsync(request);
    }

    [Theory]
    [InlineData("referrals")]
    [InlineData("nothing/here")]
    [InlineData("screenings")]
    public async Task An_outcome_of_a_wrong_request_has_no_fault(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, IntakeApp.Path(path));
        request.Headers.TryAddWithoutValidation("Accept", Fhir);
        await CheckAsync(request);
    }

    [Fact]
    public void The_validator_finds_a_fault_where_there_is_one()
    {
        var outcome = Validated("""{"resourceType":"OperationOutcome","issue":[{"severity":"error"}]}""");
        Assert.NotEqual(0, outcome.Errors + outcome.Fatals);
    }

    private async Task CheckAsync(HttpRequestMessage request)
    {
        using var answer = await app.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("OperationOutcome", (string?)JsonNode.Parse(text)!["resourceType"]);
        Check(text);
    }

    private static void Check(string resource)
    {
        var outcome = Validated(resource);
        var said = string.Join('\n', outcome.Issue.Select(i => $"{i.Severity} {i.Details?.Text} {string.Join(',', i.Expression)}"));
        Assert.True(outcome.Errors + outcome.Fatals == 0, said);
        Assert.DoesNotContain("nresolvable", said, StringComparison.Ordinal);
        Assert.DoesNotContain("nable to resolve", said, StringComparison.Ordinal);
        Assert.DoesNotContain("xtension", said, StringComparison.Ordinal);
    }

    /// <summary>Read as loosely as can be, so that the validator judges and not the parser.</summary>
    private static OperationOutcome Validated(string resource)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(resource));
        FhirJsonDeserializer.OSTRICH.TryDeserializeResource(ref reader, out var read, out _);
        return Judge.Value.Validate(read!);
    }

    private static Validator NewValidator()
    {
        var source = new CachedResolver(ZipSource.CreateValidationSource());
        return new Validator(source, new LocalTerminologyService(source));
    }
}
