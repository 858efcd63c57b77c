using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Records;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Referrals;

public sealed class ReferralEndpointTests(IntakeApp app) : IClassFixture<IntakeApp>
{
    private string Clinician => app.Clinics[IntakeApp.Here].ClinicianKey;

    private string Director => app.Clinics[IntakeApp.Here].DirectorKey;

    [Fact]
    public async Task One_referral_shows_patient_findings_and_answers_as_they_were_sent()
    {
        var body = Bodies.With("cv.any", "yes");
        body["answers"]!["phq9.9"] = "not-sure";
        body["answers"]!["med.classes"] = new JsonArray("not-sure");
        body["answers"]!["psy.psychosisPast"] = "yes";
        body["answers"]!["psy.psychosisLast"] = "2019-05";
        var id = await app.ReferAsync(body);
        var referral = await ReadAsync(IntakeApp.Path($"referrals/{id}"));

        Assert.Equal("new", referral["status"]!.GetValue<string>());
        Assert.Equal("needs-review", referral["outcome"]!.GetValue<string>());
        Assert.Equal("+19175550123", referral["patient"]!["phone"]!.GetValue<string>());
        Assert.Equal("1990-03-04", referral["patient"]!["birthDate"]!.GetValue<string>());
        Assert.Equal("2026-12-01T17:00:00Z", referral["receivedAt"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(body["answers"], Reordered(body["answers"]!, referral["answers"]!)));
        var finding = referral["findings"]!.AsArray().Single(f => f!["rule"]!.GetValue<string>() == "CV-01")!;
        Assert.Equal("review", finding["severity"]!.GetValue<string>());
        Assert.True(finding["certain"]!.GetValue<bool>());
        Assert.Contains(referral["findings"]!.AsArray(), f => !f!["certain"]!.GetValue<bool>());
        Assert.Equal("{\"name\":\"cv.any\",\"value\":\"yes\"}", finding["inputs"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task The_list_is_paged_filtered_and_most_urgent_first()
    {
        await app.ReferAsync(Bodies.Screening());
        await app.ReferAsync(Bodies.With("psy.schiz", "yes"));
        await app.ReferAsync(Bodies.With("phq9.9", 3));
        var all = await ReadAsync(IntakeApp.Path("referrals?limit=200"));
        var paged = new List<string>();
        string? next = null;
        do
        {
            var page = await ReadAsync(IntakeApp.Path("referrals?limit=1" + (next is null ? "" : $"&after={next}")));
            Assert.True(page.AsObject().ContainsKey("next"));
            paged.AddRange(page["items"]!.AsArray().Select(i => i!["id"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>();
        }
        while (next is not null);

        Assert.Equal(all["items"]!.AsArray().Select(i => i!["id"]!.GetValue<string>()), paged);
        var urgencies = all["items"]!.AsArray().Select(i => i!["urgency"]!.GetValue<string>() == "high" ? 0 : 1).ToList();
        Assert.Equal(urgencies.Order(), urgencies);
        var bad = await ReadAsync(IntakeApp.Path("referrals?outcome=contraindicated&status=new&urgency=none"));
        Assert.All(bad["items"]!.AsArray(), i => Assert.Equal("contraindicated", i!["outcome"]!.GetValue<string>()));
        Assert.NotEmpty(bad["items"]!.AsArray());
    }

    [Theory]
    [InlineData("status=open", "/query/status")]
    [InlineData("outcome=Eligible", "/query/outcome")]
    [InlineData("urgency=", "/query/urgency")]
    [InlineData("urgency=1", "/query/urgency")]
    [InlineData("limit=0", "/query/limit")]
    [InlineData("limit=201", "/query/limit")]
    [InlineData("limit=-1", "/query/limit")]
    [InlineData("limit=1&limit=2", "/query/limit")]
    [InlineData("after=xyz", "/query/after")]
    [InlineData("after=%00", "/query/after")]
    [InlineData("urgancy=high", "/query/urgancy")]
    public async Task A_filter_that_means_nothing_is_refused(string query, string pointer)
    {
        using var answer = await app.GetAsync(IntakeApp.Path("referrals?" + query), Clinician);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(pointer, problem["errors"]![0]!["pointer"]!.GetValue<string>());
    }

    [Fact]
    public async Task Accepting_an_eligible_patient_is_recorded_with_reason_and_name()
    {
        var id = await app.ReferAsync(Bodies.Screening());
        var (status, referral) = await DecideAsync(id, "accept", Clinician);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("accepted", referral["status"]!.GetValue<string>());
        var decision = Assert.Single(referral["decisions"]!.AsArray())!;
        Assert.Equal("accept", decision["decision"]!.GetValue<string>());
        Assert.Equal("Because.", decision["reason"]!.GetValue<string>());
        Assert.Equal("Clinician", decision["byName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Accepting_a_contraindicated_patient_is_a_conflict_that_changes_nothing()
    {
        var id = await app.ReferAsync(Bodies.With("psy.schiz", "yes"));
        var (status, problem) = await DecideAsync(id, "accept", Clinician);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("urn:ketamine-intake:problem:conflict", problem["type"]!.GetValue<string>());
        Assert.Equal("new", (await ReadAsync(IntakeApp.Path($"referrals/{id}")))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Overriding_a_contraindication_takes_two_keys()
    {
        var id = await app.ReferAsync(Bodies.With("psy.schiz", "yes"));

        Assert.Equal(HttpStatusCode.Accepted, (await DecideAsync(id, "override", Clinician)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await DecideAsync(id, "override", Clinician)).Status);
        var (status, referral) = await DecideAsync(id, "override", Director);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("overridden", referral["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_decision_on_what_is_no_longer_so_is_a_conflict_that_records_nothing()
    {
        var id = await app.ReferAsync(Bodies.Screening());
        var old = await SeenAsync(id);
        Assert.Equal(old, await SeenAsync(id));
        var (_, declined) = await DecideAsync(id, "decline", Clinician, old);
        var (status, problem) = await DecideAsync(id, "accept", Director, old);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("has changed since", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var now = await ReadAsync(IntakeApp.Path($"referrals/{id}"));
        Assert.Equal("declined", now["status"]!.GetValue<string>());
        Assert.Single(now["decisions"]!.AsArray());
        Assert.Equal(declined["seen"]!.GetValue<string>(), now["seen"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await DecideAsync(id, "accept", Director, now["seen"]!.GetValue<string>())).Status);
    }

    [Fact]
    public async Task A_decision_that_does_not_say_what_it_was_made_on_counts_as_before()
    {
        var id = await app.ReferAsync(Bodies.Screening());
        await DecideAsync(id, "decline", Clinician);

        Assert.Equal(HttpStatusCode.OK, (await DecideAsync(id, "accept", Director)).Status);
    }

    [Theory]
    [InlineData("{}", "/decision", "/reason")]
    [InlineData("{\"decision\":\"Accept\",\"reason\":\"r\"}", "/decision")]
    [InlineData("{\"decision\":\"accept\",\"reason\":\" \"}", "/reason")]
    [InlineData("{\"decision\":\"accept\",\"reason\":\"r\",\"note\":5}", "/note")]
    [InlineData("{\"decision\":\"accept\",\"reason\":\"r\",\"by\":\"me\"}", "/by")]
    [InlineData("{\"decision\":\"accept\",\"reason\":\"r\",\"seen\":5}", "/seen")]
    [InlineData("{\"decision\":\"accept\",\"reason\":\"r\",\"seen\":\"\"}", "/seen")]
    [InlineData("{\"decision\":\"accept\",\"decision\":\"decline\",\"reason\":\"r\"}", "/decision")]
    [InlineData("[]", "")]
    public async Task A_decision_that_is_not_clear_is_refused(string json, params string[] pointers)
    {
        var id = await app.ReferAsync(Bodies.Screening());
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, IntakeApp.Path($"referrals/{id}/decision")) { Content = content };
        request.Headers.Authorization = new("Bearer", Clinician);
        using var refused = await app.Client.SendAsync(request);
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(pointers, problem["errors"]!.AsArray().Select(e => e!["pointer"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_patient_is_shown_under_the_names_that_submissions_use()
    {
        var id = await app.ReferAsync(Bodies.Screening());
        var patientId = (await ReadAsync(IntakeApp.Path($"referrals/{id}")))["patient"]!["id"]!.GetValue<string>();
        var patient = await ReadAsync(IntakeApp.Path($"patients/{patientId}"));

        foreach (var (name, value) in Bodies.Screening()["patient"]!.AsObject().Where(m => m.Key != "phone"))
        {
            Assert.True(JsonNode.DeepEquals(value, patient[name]), name);
        }
    }

    [Fact]
    public async Task Ids_of_no_known_shape_and_unknown_ids_are_answered_alike()
    {
        var bodies = new HashSet<string>();
        foreach (var id in new[] { RowId.New(), "x", "..%2f..", new string('a', 5000), "%20", "a|b" })
        {
            foreach (var path in new[] { $"referrals/{id}", $"patients/{id}" })
            {
                using var answer = await app.GetAsync(IntakeApp.Path(path), Clinician);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                bodies.Add(WithoutTrace(await answer.Content.ReadAsStringAsync()));
            }
        }

        Assert.Single(bodies);
    }

    private static string WithoutTrace(string problem)
    {
        var node = JsonNode.Parse(problem)!.AsObject();
        node.Remove("traceId");
        return node.ToJsonString();
    }

    private static JsonObject Reordered(JsonNode like, JsonNode node) =>
        new(like.AsObject().Select(m => KeyValuePair.Create(m.Key, node[m.Key]?.DeepClone())).Concat(
            node.AsObject().Where(m => !like.AsObject().ContainsKey(m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))));

    private async Task<(HttpStatusCode Status, JsonNode Body)> DecideAsync(string id, string decision, string key, string? seen = null)
    {
        var body = new JsonObject { ["decision"] = decision, ["reason"] = "Because." };
        if (seen is not null)
        {
            body["seen"] = seen;
        }

        using var answer = await app.PostAsync(IntakeApp.Path($"referrals/{id}/decision"), body, key);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private async Task<string> SeenAsync(string id) => (await ReadAsync(IntakeApp.Path($"referrals/{id}")))["seen"]!.GetValue<string>();

    private async Task<JsonNode> ReadAsync(string path)
    {
        using var answer = await app.GetAsync(path, Clinician);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
