using System.Text.Json;
using KetamineIntake.Azure.Hosting;
using Microsoft.Extensions.Configuration;

namespace KetamineIntake.Azure.Tests.Hosting;

public sealed class AzureSettingsTests
{
    /// <summary>The sample file as the worker sees it: environment variables with "__" between parts.</summary>
    internal static Dictionary<string, string?> Sample() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")))
        .RootElement.GetProperty("Values").EnumerateObject()
        .ToDictionary(v => v.Name, v => v.Value.GetString(), StringComparer.Ordinal);

    [Fact]
    public void The_sample_starts_on_azurite_with_the_demonstration_clinic()
    {
        var settings = Read(Sample());
        Assert.True(settings.Storage.IsDevelopment);
        var clinic = Assert.Single(settings.Clinics);
        Assert.True(clinic.IsDemonstration);
        Assert.Equal("northside", clinic.Slug);
    }

    [Theory]
    [InlineData("RecordKeys")]
    [InlineData("ReleaseMessagesSchedule")]
    [InlineData("Clinics__0__Name")]
    [InlineData("Clinics__0__TimeZone")]
    [InlineData("Clinics__0__Phone")]
    [InlineData("Clinics__0__ClinicianKey")]
    [InlineData("Clinics__0__DirectorKey")]
    public void A_missing_setting_is_named(string name)
    {
        var values = Sample();
        values.Remove(name);
        Assert.Contains($"{name} is missing.", Refused(values).Faults);
    }

    [Fact]
    public void Without_a_connection_string_both_addresses_are_needed()
    {
        var values = Sample();
        values.Remove("Records");
        Assert.Equal(["Records__tableServiceUri is missing.", "Records__queueServiceUri is missing."], Refused(values).Faults);
    }

    [Fact]
    public void Addresses_and_an_identity_are_enough()
    {
        var values = Sample();
        values.Remove("Records");
        values["Records__tableServiceUri"] = "https://example.table.core.windows.net";
        values["Records__queueServiceUri"] = "https://example.queue.core.windows.net";
        values["Records__credential"] = "managedidentity";
        values["Records__clientId"] = "11111111-1111-1111-1111-111111111111";
        var storage = Read(values).Storage;
        Assert.False(storage.IsDevelopment);
        Assert.Equal("example.table.core.windows.net", storage.TableServiceUri!.Host);
    }

    [Theory]
    [InlineData("RecordKeys", "secret-value")]
    [InlineData("ReleaseMessagesSchedule", "secret-value")]
    [InlineData("Clinics__0__Slug", "Secret-Value")]
    [InlineData("Clinics__0__TimeZone", "secret-value")]
    [InlineData("Clinics__0__Phone", "secret-value")]
    [InlineData("Clinics__0__Demonstration", "secret-value")]
    [InlineData("Clinics__0__ClinicianKey", "secret-value")]
    public void A_malformed_setting_is_named_and_not_repeated(string name, string value)
    {
        var refused = Refused(new Dictionary<string, string?>(Sample()) { [name] = value });
        Assert.Contains(refused.Faults, fault => fault.StartsWith(name, StringComparison.Ordinal) || fault.StartsWith("Clinics__0__*", StringComparison.Ordinal));
        Assert.DoesNotContain(value, refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=example;AccountKey=AAAA;EndpointSuffix=core.windows.net")]
    [InlineData("TableEndpoint=https://t.example.org;QueueEndpoint=https://q.example.org;SharedAccessSignature=sv=2024&sig=AA%3D")]
    [InlineData("UseDevelopmentStorage=true")]
    public void A_connection_string_that_is_taken_at_the_start_is_taken_by_the_sdk(string connection)
    {
        var storage = Read(new Dictionary<string, string?>(Sample()) { ["Records"] = connection }).Storage;
        _ = new global::Azure.Data.Tables.TableServiceClient(storage.ConnectionString);
        _ = new global::Azure.Storage.Queues.QueueServiceClient(storage.ConnectionString);
    }

    [Fact]
    public void All_faults_are_told_at_once() => Assert.True(Refused([]).Faults.Count >= 4);

    [Fact]
    public void Two_clinics_cannot_share_a_name()
    {
        var values = Sample();
        foreach (var (name, value) in Sample().Where(v => v.Key.StartsWith("Clinics__0__", StringComparison.Ordinal)))
        {
            values[name.Replace("__0__", "__1__", StringComparison.Ordinal)] = value;
        }

        Assert.Contains("Clinics__1__Slug repeats an earlier clinic's.", Refused(values).Faults);
    }

    private static AzureSettings Read(Dictionary<string, string?> values) => AzureSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), v.Value))).Build());

    private static SettingsException Refused(Dictionary<string, string?> values) => Assert.Throws<SettingsException>(() => Read(values));
}
