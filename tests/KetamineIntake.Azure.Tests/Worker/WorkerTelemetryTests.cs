using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using KetamineIntake.Azure.Tests.Support;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>What the built worker sends to a collector: each line once, under its own name, those outside an invocation too, and nothing of a patient.</summary>
[Collection(nameof(WorkerFixture))]
[NeedsEmulator]
public sealed class WorkerTelemetryTests : IAsyncLifetime
{
    private Collector collector = null!;
    private FunctionsTestHost host = null!;

    public async Task InitializeAsync()
    {
        collector = await Collector.StartAsync();
        var settings = await WorkerFixture.SettingsAsync();
        settings["TelemetryExporter"] = "otlp";
        settings["Collector__Endpoint"] = collector.Url.AbsoluteUri;
        settings["Collector__Protocol"] = "http/protobuf";

        // The exporters' own waits, so that the test need not wait for a minute.
        settings["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        settings["OTEL_BSP_SCHEDULE_DELAY"] = settings["OTEL_BLRP_SCHEDULE_DELAY"] = "200";

        // A clinic that is not made yet: the line about it is written outside any invocation.
        settings["Clinics__0__Slug"] = "t" + Guid.NewGuid().ToString("N")[..20];
        host = await FunctionsTestHost.StartAsync(settings);
        Clinic = settings["Clinics__0__Slug"];
    }

    private string Clinic { get; set; } = "";

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Fact]
    public async Task Each_line_arrives_once_under_the_apps_name_and_none_of_them_holds_a_patient()
    {
        using var client = new HttpClient { BaseAddress = host.Url };
        await ArrivesAsync("logs", $"The clinic {Clinic} was made");
        await host.TimerAsync("ReleaseMessages");
        await host.TimerAsync("FlagLabs", isLate: true);
        using var created = await client.PostAsJsonAsync($"/api/v1/clinics/{Clinic}/screenings", new
        {
            patient = new { givenName = "Zqxkim", familyName = "Zqxpark", birthDate = "1985-04-12", phone = "(212) 555-0166" },
            answers = new Dictionary<string, object> { ["psy.schiz"] = "yes", ["med.list"] = "Zqxpills" },
        });
        created.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await created.Content.ReadAsStringAsync());
        var address = body.RootElement.GetProperty("referral").GetProperty("url").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", WorkerFixture.ClinicianKey);
        using var seen = await client.SendAsync(request);
        await ArrivesAsync("logs", "The timer FlagLabs ran");
        await ArrivesAsync("metrics", "ketamine_intake.screenings");
        await ArrivesAsync("traces", "screening.store");

        Assert.Equal(1, collector.Count("logs", "The timer FlagLabs runs late"));
        Assert.Equal(1, collector.Count("logs", "The timer FlagLabs ran for"));
        Assert.Equal(1, collector.Count("logs", "The timer ReleaseMessages ran for"));
        Assert.Contains("ketamine-intake", collector.All("logs"), StringComparison.Ordinal);
        Assert.DoesNotContain("unknown_service", collector.All(), StringComparison.Ordinal);

        // By this the host knows that the lines which it is handed, too, are sent already.
        Assert.Equal("true", host.Capabilities["WorkerOpenTelemetryEnabled"], ignoreCase: true);
        foreach (var word in new[] { "Zqx", "1985-04-12", "5550166", "555-0166", body.RootElement.GetProperty("id").GetString()!, address.Split('/')[^1] })
        {
            Assert.DoesNotContain(word, collector.All(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(word, host.Output, StringComparison.OrdinalIgnoreCase);
        }
    }

    private async Task ArrivesAsync(string signal, string text)
    {
        for (var since = System.Diagnostics.Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(100))
        {
            if (collector.Count(signal, text) > 0)
            {
                return;
            }
        }

        Assert.Fail($"\"{text}\" did not arrive among the {signal}.{Environment.NewLine}{collector.All(signal)}{Environment.NewLine}{host.Output}");
    }
}
