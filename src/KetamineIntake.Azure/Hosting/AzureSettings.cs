using System.Globalization;
using KetamineIntake.Azure.Records;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Texts;
using Microsoft.Extensions.Configuration;

namespace KetamineIntake.Azure.Hosting;

/// <summary>Everything that is set from outside, read and checked once at the start. No setting is read anywhere else.</summary>
/// <param name="RecordKeys">"RecordKeys"; see <see cref="RecordKeySetting"/>.</param>
/// <param name="Clinics">"Clinics__0__Slug" and so on.</param>
/// <param name="Site">"Site": the address at which patients reach this installation, part of links in texts; https, at most <see cref="SmsSignature.MaximumLinkBase"/> characters.</param>
/// <param name="Telemetry">"TelemetryExporter": "monitor", "otlp", "monitor+otlp", or "none".</param>
/// <param name="EventsKey">"SmsEventsKey": the secret of whoever posts events about texts, 32 characters or more. Without it that door stays shut; Event Grid comes through the queue.</param>
public sealed record AzureSettings(
    StorageOptions Storage, RecordKeys RecordKeys, SmsOptions Sms, IReadOnlyList<NewClinic> Clinics, Uri Site, string? EventsKey, TelemetryOptions Telemetry)
{
    private const int ShortestEventsKey = 32;

    /// <exception cref="SettingsException">A setting is missing or malformed; names each, and repeats no value.</exception>
    public static AzureSettings Read(IConfiguration configuration)
    {
        var settings = ReadAtOnce(configuration);
        settings.CheckClinics();
        return settings;
    }

    /// <summary>The same without <see cref="CheckClinics"/>, which loads the tables of time zones and numbering plans: longer than all the rest, and no first answer needs it.</summary>
    /// <exception cref="SettingsException">As <see cref="Read"/>; then clinics are looked at too, so that one start tells everything.</exception>
    public static AzureSettings ReadAtOnce(IConfiguration configuration)
    {
        var reader = new SettingReader(configuration);
        var storage = ReadStorage(reader);
        var keys = reader.Parse("RecordKeys", RecordKeySetting.Parse);
        var sms = ReadSms(reader);
        var clinics = ReadClinics(reader);
        var site = ReadSite(reader);
        var eventsKey = reader.Optional("SmsEventsKey");
        if (eventsKey is { Length: < ShortestEventsKey })
        {
            reader.Fault($"SmsEventsKey must have at least {ShortestEventsKey} characters.");
        }

        var telemetry = ReadTelemetry(reader);
        reader.Parse("ReleaseMessagesSchedule", ScheduleSettings.Parse);
        reader.Parse("FlagLabsSchedule", ScheduleSettings.Parse);
        if (reader.IsFaulty)
        {
            AddFaults(reader, clinics);
        }

        reader.ThrowIfFaulty();
        return new AzureSettings(storage, keys!, sms, clinics, site!, eventsKey, telemetry);
    }

    /// <summary>Whether the clinics of the settings can be made.</summary>
    /// <exception cref="SettingsException">One cannot; names what is wrong, and repeats no value.</exception>
    public void CheckClinics()
    {
        var reader = new SettingReader(new ConfigurationManager());
        AddFaults(reader, Clinics);
        reader.ThrowIfFaulty();
    }

    private static void AddFaults(SettingReader reader, IReadOnlyList<NewClinic> clinics)
    {
        for (var i = 0; i < clinics.Count; i++)
        {
            reader.Faults(string.Create(CultureInfo.InvariantCulture, $"Clinics__{i}__"), AddClinic.FaultsOf(clinics[i]));
        }
    }

    // A collector that cannot be found would be noticed on the day it is needed.
    private static TelemetryOptions ReadTelemetry(SettingReader reader)
    {
        _ = reader.Required("TelemetryExporter");
        var chosen = reader.OneOf("TelemetryExporter", "none", "monitor", "otlp", "monitor+otlp") ?? "none";
        var insights = reader.Optional("APPLICATIONINSIGHTS_CONNECTION_STRING");
        var collector = ReadCollector(reader);
        if (chosen.StartsWith("monitor", StringComparison.Ordinal) && insights is null)
        {
            reader.Fault("APPLICATIONINSIGHTS_CONNECTION_STRING must be given when TelemetryExporter names monitor.");
        }

        if (chosen.EndsWith("otlp", StringComparison.Ordinal) && collector is null)
        {
            reader.Fault("Collector__Endpoint must be the address of a collector when TelemetryExporter names otlp.");
        }

        return new TelemetryOptions(chosen.StartsWith("monitor", StringComparison.Ordinal) ? insights : null, chosen.EndsWith("otlp", StringComparison.Ordinal) ? collector : null);
    }

    private static CollectorOptions? ReadCollector(SettingReader reader)
    {
        var headers = reader.Optional("Collector__Headers");
        if (headers is not null && !headers.Split(',').All(static header => header.Trim().IndexOf('=', StringComparison.Ordinal) > 0))
        {
            reader.Fault("Collector__Headers must be NAME=VALUE, several of them between commas.");
        }

        var isGrpc = reader.OneOf("Collector__Protocol", "grpc", "http/protobuf") != "http/protobuf";
        var isAddress = Uri.TryCreate(reader.Optional("Collector__Endpoint"), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
        return isAddress ? new CollectorOptions(address!, headers, isGrpc) : null;
    }

    private static StorageOptions ReadStorage(SettingReader reader)
    {
        const string section = StorageOptions.Section;
        if (reader.Has(section))
        {
            return new StorageOptions(reader.Parse(section, ConnectionSettings.Storage), null, null, null);
        }

        // The host's queue triggers read the same names; without "credential" they take no notice of the identity.
        var identity = reader.Id($"{section}__clientId");
        var credential = reader.OneOf($"{section}__credential", "managedidentity");
        if (identity is not null && credential is null)
        {
            reader.Fault($"{section}__credential must be managedidentity when {section}__clientId is given.");
        }

        return new StorageOptions(null, reader.HttpsUri($"{section}__tableServiceUri"), reader.HttpsUri($"{section}__queueServiceUri"), identity);
    }

    private static Uri? ReadSite(SettingReader reader)
    {
        var site = reader.HttpsUri("Site");
        if (site?.AbsoluteUri.TrimEnd('/').Length > SmsSignature.MaximumLinkBase)
        {
            reader.Fault($"Site must have at most {SmsSignature.MaximumLinkBase} characters, https:// included: it is part of texts. The app's own azurewebsites.net name is too long.");
        }

        return site;
    }

    private static SmsOptions ReadSms(SettingReader reader)
    {
        if (reader.Has("Sms__ConnectionString"))
        {
            return new SmsOptions(reader.Parse("Sms__ConnectionString", ConnectionSettings.Sms), null, null);
        }

        return reader.Optional("Sms__Endpoint") == SmsOptions.Off
            ? new SmsOptions(null, null, null)
            : new SmsOptions(null, reader.HttpsUri("Sms__Endpoint"), reader.Id("Sms__ClientId"));
    }

    private static List<NewClinic> ReadClinics(SettingReader reader)
    {
        var clinics = new List<NewClinic>();
        var numbers = reader.Parts("Clinics");
        for (var i = 0; i < numbers.Count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Clinics__{i}__");
            if (!numbers.Contains(i.ToString(CultureInfo.InvariantCulture)))
            {
                reader.Fault($"{name}Slug is missing: clinics are numbered from 0 without a gap.");
                continue;
            }

            var clinic = new NewClinic(
                reader.Required(name + "Slug"),
                reader.Required(name + "Name"),
                reader.Required(name + "TimeZone"),
                reader.Required(name + "Phone"),
                reader.Boolean(name + "Demonstration"),
                reader.Optional(name + "TextNumber"),
                new FirstKeys(reader.Required(name + "ClinicianKey"), reader.Required(name + "DirectorKey")));
            if (clinics.Exists(earlier => earlier.Slug == clinic.Slug))
            {
                reader.Fault($"{name}Slug repeats an earlier clinic's.");
            }

            clinics.Add(clinic);
        }

        return clinics;
    }
}
