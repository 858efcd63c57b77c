using System.Text.Json;
using KetamineIntake.Azure.Hosting;
using Microsoft.Extensions.Configuration;

namespace KetamineIntake.Tests.Functions;

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
            ["Sms__Endpoint"] = "https://example.communication.azure.com",
        };
        _ = AzureSettings.Read(new Recorder(withIdentity, asked));

        // Where the list of clinics ends.
        asked.RemoveWhere(name => name.StartsWith("Clinics__1__", StringComparison.Ordinal));
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

    /// <summary>Configuration that notes what it is asked for, by the names of environment variables.</summary>
    private sealed class Recorder(IReadOnlyDictionary<string, string> values, HashSet<string> asked) : IConfiguration
    {
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

        public IEnumerable<IConfigurationSection> GetChildren() => throw new NotSupportedException();

        public Microsoft.Extensions.Primitives.IChangeToken GetReloadToken() => throw new NotSupportedException();

        public IConfigurationSection GetSection(string key) => throw new NotSupportedException();
    }
}
