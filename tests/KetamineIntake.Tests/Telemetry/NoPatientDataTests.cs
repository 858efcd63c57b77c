using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Json;
using KetamineIntake.Core;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Telemetry;

/// <summary>Nothing that the program tells about itself holds anything about a patient.</summary>
public sealed class NoPatientDataTests
{
    private const string GivenName = "Zqxgiven";
    private const string FamilyName = "Zqxfamily";
    private const string Phone = "+12125550177";
    private const string BirthDate = "1985-04-17";
    private const string Medicine = "Zqxmedicine";
    private static readonly string[] Canaries = [GivenName, FamilyName, Phone, Phone[1..], "2125550177", BirthDate, Medicine, "zqx@example.org", "Zqxbroken"];

    [Fact]
    public async Task All_that_a_host_writes_in_a_run_with_successes_and_faults_names_no_patient()
    {
        using var data = new TemporaryFolder();
        await using var host = await HostProcess.StartLocalAsync(data.Path);
        await RunAsync(host.Url);
        Assert.Empty(Found(host.Output));
    }

    [Fact]
    public async Task Four_weeks_of_a_clinic_leave_no_trace_of_its_patients_in_what_a_host_writes()
    {
        using var data = new TemporaryFolder();
        await using var host = await HostProcess.StartLocalAsync(data.Path, "--now", FullRun.Now, "--site", "https://visits.example.org");
        using var run = new FullRun(host.Url, (await File.ReadAllTextAsync(data["staff-key.txt"])).Trim(), await data.DevTokenAsync());
        await run.RunAsync();
        Assert.Empty(run.Found(host.Output));
        Assert.NotEmpty(run.Found("to 12125550177"));
    }

    [Fact]
    public async Task Four_weeks_of_a_clinic_leave_no_trace_of_its_patients_in_any_signal()
    {
        var told = new ConcurrentBag<string>();
        using var meters = Listen(told);
        using var activities = ListenToActivities(told);
        await using var app = await LocalApp.StartAsync(FullRun.Now);
        using var run = new FullRun(app.Client.BaseAddress!, app.Key, app.DevToken);
        await run.RunAsync();

        Assert.Contains(told, line => line.StartsWith("ketamine_intake.screenings", StringComparison.Ordinal));
        Assert.Contains(told, line => line.StartsWith("ketamine_intake.texts", StringComparison.Ordinal));
        Assert.Contains(told, line => line.StartsWith("http.server.request.duration", StringComparison.Ordinal));
        Assert.Empty(told.SelectMany(run.Found).Distinct());
    }

    [Fact]
    public void The_scan_finds_a_line_that_leaks() => Assert.NotEmpty(Found($"Stored a screening of {FamilyName}."));

    [Fact]
    public async Task Signals_are_told_and_carry_nothing_but_closed_vocabularies()
    {
        var told = new ConcurrentBag<string>();
        using var meters = Listen(told);
        using var activities = ListenToActivities(told);
        await using var clinic = await TestClinic.StartAsync();
        var answers = TestClinic.Answers(("psy.schiz", "no"), ("cv.any", "yes"));
        await new Core.Screenings.SubmitScreening(clinic.Phones, clinic.Clock).RunAsync(
            clinic.Context, TestClinic.Kim with { GivenName = GivenName, FamilyName = FamilyName, Phone = Phone }, answers, null, default);

        Assert.Contains(told, line => line.StartsWith("ketamine_intake.screenings [outcome, needs-review] [door, api]", StringComparison.Ordinal));
        Assert.Contains(told, line => line.StartsWith("ketamine_intake.evaluation.duration", StringComparison.Ordinal));
        Assert.Contains(told, line => line.StartsWith("screening.store", StringComparison.Ordinal));
        Assert.Empty(told.SelectMany(Found));
    }

    private static ActivityListener ListenToActivities(ConcurrentBag<string> told)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Signals.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => told.Add($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {activity.StatusDescription} {string.Join(' ', activity.Baggage)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener Listen(ConcurrentBag<string> told)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, self) =>
            {
                if (instrument.Meter.Name == Signals.Name || instrument.Meter.Name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => told.Add($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => told.Add($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        listener.Start();
        return listener;
    }

    private static async Task RunAsync(Uri host)
    {
        using var http = new HttpClient { BaseAddress = host };
        const string route = "/api/v1/clinics/northside/screenings";
        var patient = new { givenName = GivenName, familyName = FamilyName, birthDate = BirthDate, phone = Phone, email = "zqx@example.org" };
        foreach (var answers in new[] { new Dictionary<string, string> { ["cv.any"] = "yes", ["med.list"] = Medicine }, new() { ["cv.any"] = "Zqxbroken" }, new() { ["Zqxbroken"] = Medicine } })
        {
            using var answer = await http.PostAsJsonAsync(route, new { patient, answers });
        }

        using var broken = await http.PostAsync(route, new StringContent($"{{\"patient\":{{\"givenName\":\"{GivenName}", null, "application/json"));
        using var badForm = await http.PostAsync("/northside/form", new FormUrlEncodedContent([KeyValuePair.Create("dem.givenName", GivenName)]));
        using var query = await http.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/northside?name={FamilyName}"));
        using var path = await http.GetAsync($"/api/v1/clinics/northside/patients/{FamilyName}");
    }

    private static IEnumerable<string> Found(string text) => Canaries.Where(canary => text.Contains(canary, StringComparison.OrdinalIgnoreCase));
}
