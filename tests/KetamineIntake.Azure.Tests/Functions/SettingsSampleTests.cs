using System.Text.Json;
using KetamineIntake.Azure.Hosting;
using KetamineIntake.Core.Reminders;
using Microsoft.Extensions.Configuration;

namespace KetamineIntake.Azure.Tests.Functions;

/// <summary>The settings of the sample file, as the worker sees them.</summary>
internal static class SettingsSample
{
    public static IReadOnlyDictionary<string, string> Values { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")))
        .RootElement.GetProperty(nameof(Values)).EnumerateObject()
        .ToDictionary(v => v.Name, v => v.Value.GetString()!, StringComparer.Ordinal);
}

/// <summary>The sample holds exactly the settings that are read.</summary>
public sealed class SettingsSampleTests
{
    // The host reads these itself.
    private static readonly string[] OfTheHost = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage"];

    [Fact]
    public void Every_setting_that_is_read_is_in_the_sample_and_no_other()
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        _ = AzureSettings.Read(new Recorder(SettingsSample.Values, asked));
        var withIdentity = new Dictionary<string, string>(SettingsSample.Values)
        {
            ["Records"] = "",
            ["Records__tableServiceUri"] = "https://example.table.core.windows.net",
            ["Records__queueServiceUri"] = "https://example.queue.core.windows.net",
            ["Records__credential"] = "managedidentity",
            ["Sms__Endpoint"] = "https://example.communication.azure.com",
            ["TelemetryExporter"] = "monitor+otlp",
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=00000000-0000-0000-0000-000000000000",
            ["Collector__Endpoint"] = "http://localhost:4317",
        };
        _ = AzureSettings.Read(new Recorder(withIdentity, asked));
        Assert.Equal(SettingsSample.Values.Keys.Except(OfTheHost, StringComparer.Ordinal).Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_sample_is_safe_to_start_with()
    {
        var settings = AzureSettings.Read(new Recorder(SettingsSample.Values, []));
        Assert.True(settings.Storage.IsDevelopment);
        Assert.Null(settings.Sms.Endpoint);
        Assert.Null(settings.EventsKey);
        Assert.All(settings.Clinics, clinic => Assert.True(clinic.IsDemonstration));
    }

    [Fact]
    public void An_empty_environment_is_told_everything_that_is_missing_at_once()
    {
        var refused = Assert.Throws<SettingsException>(() => AzureSettings.Read(new Recorder(new Dictionary<string, string>(), [])));
        Assert.Contains("RecordKeys is missing.", refused.Faults);
        Assert.Contains("Records__tableServiceUri is missing.", refused.Faults);
        Assert.Contains("Site is missing.", refused.Faults);
        Assert.Contains("Sms__Endpoint is missing.", refused.Faults);
        Assert.Contains("ReleaseMessagesSchedule is missing.", refused.Faults);
    }

    [Theory]
    [InlineData("https://intake.example.org/p", true)]
    [InlineData("https://intake.example.org/p/", true)]
    [InlineData("https://intake.example.org/ps", false)]
    [InlineData("https://func-ki-prod-abcdefgh.azurewebsites.net", false)]
    public void The_address_in_texts_has_to_fit_into_them(string site, bool fits)
    {
        var values = new Dictionary<string, string>(SettingsSample.Values) { ["Site"] = site };
        if (fits)
        {
            _ = new SiteAddress { LinkBase = AzureSettings.Read(new Recorder(values, [])).Site.AbsoluteUri.TrimEnd('/') };
            return;
        }

        var refused = Assert.Throws<SettingsException>(() => AzureSettings.Read(new Recorder(values, [])));
        Assert.StartsWith("Site must have at most 28 characters", Assert.Single(refused.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ReleaseMessagesSchedule", "a b c d e f")]
    [InlineData("ReleaseMessagesSchedule", "60 * * * * *")]
    [InlineData("ReleaseMessagesSchedule", "0 * * 0 * *")]
    [InlineData("ReleaseMessagesSchedule", "0 * * * 13 *")]
    [InlineData("ReleaseMessagesSchedule", "0 */0 * * * *")]
    [InlineData("ReleaseMessagesSchedule", "0 5-1 * * * *")]
    [InlineData("FlagLabsSchedule", "0 * * * *")]
    [InlineData("FlagLabsSchedule", "0 1,,2 * * * *")]
    [InlineData("Records", "nonsense")]
    [InlineData("Records", "AccountName=a;AccountKey=not base64")]
    [InlineData("Records", "DefaultEndpointsProtocol=https;AccountKey=AAAA")]
    [InlineData("Sms__ConnectionString", "endpoint=https://example.communication.azure.com")]
    [InlineData("Sms__ConnectionString", "endpoint=example;accesskey=AAAA")]
    [InlineData("Collector__Protocol", "carrier-pigeon")]
    [InlineData("Collector__Headers", "api-key")]
    [InlineData("TelemetryExporter", "somewhere")]
    public void What_would_fail_later_stops_the_start_and_is_named(string name, string value)
    {
        var refused = Assert.Throws<SettingsException>(() => AzureSettings.Read(new Recorder(new Dictionary<string, string>(SettingsSample.Values) { [name] = value }, [])));
        Assert.StartsWith(name, Assert.Single(refused.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 * * * * *")]
    [InlineData("30 */15 * * * *")]
    [InlineData("0,30 5-10/2 0-23 1 jan-MAR Mon")]
    public void A_schedule_that_the_host_can_read_is_taken(string schedule) =>
        _ = AzureSettings.Read(new Recorder(new Dictionary<string, string>(SettingsSample.Values) { ["FlagLabsSchedule"] = schedule }, []));

    [Fact]
    public void An_identity_is_a_guid_and_the_triggers_are_told_to_use_it()
    {
        var values = new Dictionary<string, string>(SettingsSample.Values)
        {
            ["Records"] = "",
            ["Records__tableServiceUri"] = "https://example.table.core.windows.net",
            ["Records__queueServiceUri"] = "https://example.queue.core.windows.net",
            ["Records__clientId"] = "the-app",
            ["Sms__Endpoint"] = "https://example.communication.azure.com",
            ["Sms__ClientId"] = "the-app",
            ["TelemetryExporter"] = "monitor+otlp",
        };
        var refused = Assert.Throws<SettingsException>(() => AzureSettings.Read(new Recorder(values, [])));
        Assert.Equal(
            ["APPLICATIONINSIGHTS_CONNECTION_STRING", "Collector__Endpoint", "Records__clientId", "Records__credential", "Sms__ClientId"],
            refused.Faults.Select(fault => fault.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_gap_between_clinics_is_named_instead_of_leaving_out_those_behind_it()
    {
        var values = SettingsSample.Values.ToDictionary(v => v.Key.Replace("Clinics__0__", "Clinics__1__", StringComparison.Ordinal), v => v.Value);
        var refused = Assert.Throws<SettingsException>(() => AzureSettings.Read(new Recorder(values, [])));
        Assert.StartsWith("Clinics__0__Slug is missing", Assert.Single(refused.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clinic_without_its_name_in_links_is_not_left_out_silently()
    {
        var values = SettingsSample.Values.Where(v => v.Key != "Clinics__0__Slug").ToDictionary();
        var refused = Assert.Throws<SettingsException>(() => AzureSettings.Read(new Recorder(values, [])));
        Assert.Contains("Clinics__0__Slug is missing.", refused.Faults);
    }

    /// <summary>Configuration that notes what it is asked for, by the names of environment variables.</summary>
    private sealed class Recorder(IReadOnlyDictionary<string, string> values, HashSet<string> asked) : IConfiguration
    {
        private readonly IConfigurationRoot inner = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), (string?)v.Value))).Build();

        public string? this[string key]
        {
            get
            {
                var name = key.Replace(":", "__", StringComparison.Ordinal);
                asked.Add(name);
                return values.GetValueOrDefault(name);
            }

            set => throw new NotSupportedException();
        }

        public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren();

        public Microsoft.Extensions.Primitives.IChangeToken GetReloadToken() => inner.GetReloadToken();

        public IConfigurationSection GetSection(string key) => inner.GetSection(key);
    }
}
