using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Reminders;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web;

/// <summary>Whoever keeps meeting others' changes is told so (409): the records are well, and nothing of theirs was kept.</summary>
public sealed class ContendedTests : IAsyncLifetime
{
    private const string Kim = "patients/{patient}/";
    private MeddlingStores stores = null!;
    private LocalApp app = null!;
    private string patient = "";

    public async Task InitializeAsync()
    {
        app = await LocalApp.StartAsync("2026-11-16T15:00:00Z", inner => stores = new MeddlingStores(inner));
        patient = await app.PatientAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData("PUT", Kim + "preparation", """{"benzodiazepine":false,"lamotrigine":false,"fastingPlanOnFile":true}""")]
    [InlineData("POST", Kim + "opt-out", """{"how":"phone"}""")]
    [InlineData("POST", Kim + "lab-results", """[{"test":"ecg","collectedOn":"2026-11-10"}]""")]
    [InlineData("POST", Kim + "appointments", """{"start":"2026-12-01T14:00"}""")]
    public async Task A_contended_order_is_a_conflict(string method, string path, string body)
    {
        stores.Conflicts = 1000;
        var problem = await app.SendAsync(new HttpMethod(method), path.Replace("{patient}", patient, StringComparison.Ordinal), JsonNode.Parse(body), 409);
        stores.Conflicts = 0;

        Assert.Equal("urn:ketamine-intake:problem:conflict", (string)problem["type"]!);
    }

    [Fact]
    public async Task So_is_a_contended_screening()
    {
        var body = JsonNode.Parse("""{"patient":{"givenName":"Lee","familyName":"Park","birthDate":"1990-03-04","phone":"+12125550123"},"answers":{}}""");
        stores.Conflicts = 1000;
        await app.SendAsync(HttpMethod.Post, "screenings", body, 409);
        stores.Conflicts = 0;
        await app.SendAsync(HttpMethod.Post, "screenings", body, 201);
    }

    [Fact]
    public async Task So_are_contended_events_and_a_decision_about_texts()
    {
        const string doubtful = """{"id":"q","eventType":"Microsoft.Communication.SMSReceived","data":{"from":"+12125550123","to":"+12125550199","message":"my sister said stop these messages would be nice for her","receivedTimestamp":"2026-11-16T15:00:00Z"}}""";
        stores.Conflicts = 1000;
        using var refused = await app.EventsAsync(doubtful, app.EventsKey);
        stores.Conflicts = 0;
        using var taken = await app.EventsAsync(doubtful, app.EventsKey);
        var note = (string)(await app.NotesAsync()).Single(n => (string)n!["kind"]! == "may-opt-out")!["id"]!;
        stores.Conflicts = 1000;
        await app.SendAsync(HttpMethod.Post, $"notes/{note}/opt-out", JsonNode.Parse("""{"decision":"opt-out"}"""), 409);

        Assert.Equal((409, 200), ((int)refused.StatusCode, (int)taken.StatusCode));
    }

    [Fact]
    public async Task A_contended_form_is_a_page_that_says_so()
    {
        var visitor = new Pages.Visitor(app.Client.BaseAddress!);
        var start = await visitor.GetAsync("/northside");
        var about = await visitor.SubmitAsync(start);
        stores.Conflicts = 1000;
        var page = await visitor.SubmitAsync(about, Pages.PagesApp.WhoIAm());
        stores.Conflicts = 0;

        Assert.Equal((409, "Please send it again"), ((int)page.Status, page.Heading));
    }
}
