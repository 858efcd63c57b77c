using System.Text.Json.Nodes;
using KetamineIntake.Core.Labs;
using KetamineIntake.Tests.Support;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>What settles a result that waits for staff besides staff: its retraction, also one that came first, and the same result with what it lacked.</summary>
public sealed class SettledWaitingTests
{
    private const string Start = "2026-12-01T15:00:00Z";
    private const string Issued = ",\"issued\":\"2026-11-21T10:00:00Z\"";

    [Theory]
    [InlineData("local", "address")]
    [InlineData("foreign", "address")]
    [InlineData("foreign", "number")]
    [InlineData("undated", "address")]
    [InlineData("undated", "number")]
    public async Task A_retraction_that_comes_first_leaves_nothing_waiting(string kind, string name)
    {
        foreach (var status in new[] { "entered-in-error", "cancelled" })
        {
            await using var app = await LocalApp.StartAsync(Start);
            var patient = await app.PatientAsync(tested: false);
            await SendAsync(app, patient, Waiting(kind, name, status));

            await SendAsync(app, patient, Waiting(kind, name, "final"));

            Assert.Empty((await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray());
            var labs = await app.GetAsync($"patients/{patient}/labs");
            Assert.Empty(labs["unreadable"]!.AsArray());
            Assert.Empty(labs["findings"]!.AsArray());

            await SendAsync(app, patient, Waiting(kind, name == "address" ? "other-address" : "other-number", "final"));
            Assert.Single((await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray());
        }
    }

    [Fact]
    public async Task A_retraction_by_the_number_of_a_tube_silences_nothing_that_comes_from_it_later()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        await SendAsync(app, patient, Waiting("local", "number", "cancelled"));

        foreach (var words in new[] { "Hemoglobin", "Platelets", "WBC" })
        {
            await SendAsync(app, patient, Waiting("local", "number", "final").Replace("\"GFRX\"", $"\"{words}\",\"display\":\"{words}\"", StringComparison.Ordinal));
        }

        Assert.Equal(3, (await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray().Count);
        Assert.Equal(3, (await app.NotesAsync()).Count(n => (string)n!["kind"]! == "labs"));
    }

    [Theory]
    [InlineData("address")]
    [InlineData("number")]
    [InlineData("none")]
    public async Task The_same_result_with_its_day_settles_the_one_without(string name)
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        await SendAsync(app, patient, Waiting("undated", name, "final"));
        Assert.Single((await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray());

        await SendAsync(app, patient, Named("98979-8", name, 12, Issued, "final", "2026-11-20"));

        Assert.Empty((await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray());
        await SendAsync(app, patient, Waiting("undated", name, "final"));
        Assert.Empty((await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray());
        Assert.Equal("2026-11-20", (string)Assert.Single((await app.GetAsync($"patients/{patient}/labs"))["results"]!.AsArray())!["collectedOn"]!);
    }

    [Fact]
    public async Task The_same_result_with_our_code_settles_the_one_with_its_laboratorys_own()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        await SendAsync(app, patient, Waiting("local", "address", "final"));

        await SendAsync(app, patient, Named("98979-8", "address", 12, "", "final", "2026-11-20"));

        Assert.Empty((await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray());
    }

    [Fact]
    public async Task An_older_result_and_a_repeated_one_settle_nothing_that_came_after_them()
    {
        await using var app = await LocalApp.StartAsync(Start);
        var patient = await app.PatientAsync(tested: false);
        var dated = Named("98979-8", "address", 90, ",\"issued\":\"2026-10-02T10:00:00Z\"", "final", "2026-10-01");
        await SendAsync(app, patient, dated);
        await SendAsync(app, patient, Waiting("undated", "address", "final"));

        await SendAsync(app, patient, dated);
        Assert.Single((await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray());

        var other = await app.PatientAsync(tested: false);
        await SendAsync(app, other, Waiting("undated", "address", "corrected"));
        await SendAsync(app, other, dated);
        Assert.Equal(2, (await app.GetAsync("lab-flags/unplaced"))["items"]!.AsArray().Count);
    }

    private static string Waiting(string kind, string name, string status) => kind switch
    {
        "local" => Named("GFRX", name, 12, "", status, "2026-11-20").Replace("http://loinc.org", "urn:lab", StringComparison.Ordinal),
        "foreign" => Named("96592-1", name, 12, "", status, "2026-11-20").Replace("\"96592-1\"", "\"96592-1\",\"display\":\"eGFR by EKFC\"", StringComparison.Ordinal),
        _ => Named("98979-8", name, 12, Issued, status, null),
    };

    private static string Named(string code, string name, decimal value, string members, string status, string? day) =>
        Observation(code, name switch { "address" => "a", "other-address" => "b", _ => null }, value, members + (name switch { "number" => Identifiers("N-1"), "other-number" => Identifiers("N-2"), _ => "" }), status, day)
            .Replace("K/uL", "mL/min", StringComparison.Ordinal);

    private static Task<JsonNode> SendAsync(LocalApp app, string patient, string json) => app.PostAsync($"patients/{patient}/lab-results", JsonNode.Parse(json)!, 201);
}
