using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web;

/// <summary>240 malformed submissions of 40 kinds, made from a seed: each a 4xx problem document that repeats nothing, none a 5xx, the store unchanged.</summary>
public sealed class MalformedRequestTests(IntakeApp app) : IClassFixture<IntakeApp>
{
    private const string Fhir = "application/fhir+json";
    private const int PerKind = 6;

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var kind in Malformed.Kinds.Keys)
        {
            for (var seed = 0; seed < PerKind; seed++)
            {
                cases.Add(kind, seed);
            }
        }

        return cases;
    }

    [Fact]
    public void There_are_enough_cases_of_enough_kinds()
    {
        Assert.True(Malformed.Kinds.Count >= 20);
        Assert.True(Malformed.Kinds.Count * PerKind >= 200);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_malformed_request_is_refused_and_stores_nothing(string kind, int seed)
    {
        var before = await app.SnapshotAsync();
        using var request = Malformed.Kinds[kind](new Random(seed));
        using var answer = await app.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.InRange((int)answer.StatusCode, 400, 499);
        var problem = JsonNode.Parse(text)!;
        var tellsOfDanger = text.Contains("988", StringComparison.Ordinal);
        if (request.Content?.Headers.ContentType?.MediaType == Fhir)
        {
            Assert.Equal((Fhir, "OperationOutcome"), (answer.Content.Headers.ContentType?.MediaType, (string?)problem["resourceType"]));
            Assert.All(problem["issue"]!.AsArray(), i => Assert.NotEmpty((string)i!["details"]!["text"]!));
        }
        else
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.StartsWith("urn:ketamine-intake:problem:", problem["type"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal((int)answer.StatusCode, problem["status"]!.GetValue<int>());
            Assert.NotEmpty(problem["title"]!.GetValue<string>());
        }

        Assert.DoesNotContain(Bodies.Canaries, c => text.Contains(c, StringComparison.Ordinal));
        Assert.DoesNotContain(app.Logged, line => Bodies.Canaries.Any(c => line.Contains(c, StringComparison.Ordinal)));

        // Of a form that tells of danger the clinic keeps a note that somebody has to be called, and nothing else.
        Assert.Equal(before, (await app.SnapshotAsync()).Where(row => !tellsOfDanger || before.Contains(row, StringComparer.Ordinal) || !row.StartsWith("northside note|", StringComparison.Ordinal)));
        if (answer.StatusCode == HttpStatusCode.UnprocessableEntity && problem["issue"] is null)
        {
            Assert.All(problem["errors"]!.AsArray(), e => Assert.True(e!["pointer"] is not null && e["detail"] is not null));
        }
    }

    [Fact]
    public async Task The_body_that_the_malformed_ones_are_made_from_is_accepted()
    {
        using var json = await app.PostAsync(IntakeApp.Path("screenings"), Bodies.Screening());
        using var fhir = await app.PostAsync(IntakeApp.Path("screenings"), Bodies.Fhir(), mediaType: "application/fhir+json");

        Assert.Equal(HttpStatusCode.Created, json.StatusCode);
        Assert.Equal(HttpStatusCode.Created, fhir.StatusCode);
    }

    [Fact]
    public async Task Every_bad_field_is_named_at_once()
    {
        var body = Bodies.Screening();
        body["patient"]!["phone"] = "12";
        body["patient"]!["shoeSize"] = 42;
        body["answers"]!["cv.any"] = "maybe";
        body["answers"]!["cv.bpSys"] = 999;
        body["answers"]!["psy.psychosisLast"] = "2020";
        body["answers"]!["no/such~item"] = "yes";
        body["answers"]!["dem.dob"] = "1990-01-01";
        body["extra"] = 1;
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), body);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var pointers = problem["errors"]!.AsArray().Select(e => e!["pointer"]!.GetValue<string>()).Order(StringComparer.Ordinal);

        Assert.Equal(
            ["/answers/cv.any", "/answers/cv.bpSys", "/answers/dem.dob", "/answers/no~1such~0item", "/answers/psy.psychosisLast", "/extra", "/patient/phone", "/patient/shoeSize"],
            pointers);
    }

    [Fact]
    public async Task An_empty_object_is_answered_with_every_required_field()
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), new JsonObject());
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var pointers = problem["errors"]!.AsArray().Select(e => e!["pointer"]!.GetValue<string>()).Order(StringComparer.Ordinal);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["/answers", "/patient", "/patient/birthDate", "/patient/givenName", "/patient/phone"], pointers);
    }

    [Fact]
    public async Task An_answer_that_its_gate_hides_is_named_with_both_paths()
    {
        using var answer = await app.PostAsync(IntakeApp.Path("screenings"), Bodies.With("psy.psychosisLast", "2020"));
        var error = Assert.Single(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsArray())!;

        Assert.Equal("/answers/psy.psychosisLast", error["pointer"]!.GetValue<string>());
        Assert.Contains("/answers/psy.psychosisPast is \"yes\"", error["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_of_every_kind_are_answered_without_a_server_error()
    {
        var random = new Random(7);
        var valid = Encoding.UTF8.GetBytes(Bodies.Screening().ToJsonString());
        for (var i = 0; i < 300; i++)
        {
            var bytes = (byte[])valid.Clone();
            for (var hits = random.Next(1, 6); hits > 0; hits--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            using var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new("application/json");
            using var answer = await app.Client.PostAsync(IntakeApp.Path("screenings"), content);

            Assert.True((int)answer.StatusCode < 500, $"Seed 7, round {i}: {answer.StatusCode}.");
        }
    }
}
