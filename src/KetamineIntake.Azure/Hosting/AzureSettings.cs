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
/// <param name="ExportsTelemetry">"TelemetryExporter": "otlp" sends traces, metrics and logs to the collector that the OTEL_EXPORTER_OTLP_* variables name; "none" leaves them to the Functions host.</param>
/// <param name="EventsKey">"SmsEventsKey": the secret of whoever posts events about texts, 32 characters or more. Without it that door stays shut; Event Grid comes through the queue.</param>
public sealed record AzureSettings(
    StorageOptions Storage, RecordKeys RecordKeys, SmsOptions Sms, IReadOnlyList<NewClinic> Clinics, Uri Site, string? EventsKey, bool ExportsTelemetry)
{
    private const int ShortestEventsKey = 32;

    /// <exception cref="SettingsException">A setting is missing or malformed; names each, and repeats no value.</exception>
    public static AzureSettings Read(IConfiguration configuration)
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

        var exporter = reader.Required("TelemetryExporter");
        if (exporter is not ("" or "none" or "otlp"))
        {
            reader.Fault("TelemetryExporter must be none or otlp.");
        }

        reader.Cron("ReleaseMessagesSchedule");
        reader.Cron("FlagLabsSchedule");
        reader.ThrowIfFaulty();
        return new AzureSettings(storage, keys!, sms, clinics, site!, eventsKey, exporter == "otlp");
    }

    private static StorageOptions ReadStorage(SettingReader reader)
    {
        if (reader.Optional(StorageOptions.Section) is { } connection)
        {
            return new StorageOptions(connection, null, null, null);
        }

        return new StorageOptions(
            null,
            reader.HttpsUri($"{StorageOptions.Section}__tableServiceUri"),
            reader.HttpsUri($"{StorageOptions.Section}__queueServiceUri"),
            reader.Optional($"{StorageOptions.Section}__clientId"));
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
        if (reader.Optional("Sms__ConnectionString") is { } connection)
        {
            return new SmsOptions(connection, null, null);
        }

        return reader.Optional("Sms__Endpoint") == SmsOptions.Off
            ? new SmsOptions(null, null, null)
            : new SmsOptions(null, reader.HttpsUri("Sms__Endpoint"), reader.Optional("Sms__ClientId"));
    }

    private static List<NewClinic> ReadClinics(SettingReader reader)
    {
        var clinics = new List<NewClinic>();
        for (var i = 0; reader.Has($"Clinics__{i}__Slug"); i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Clinics__{i}__");
            var clinic = new NewClinic(
                reader.Required(name + "Slug"),
                reader.Required(name + "Name"),
                reader.Required(name + "TimeZone"),
                reader.Required(name + "Phone"),
                reader.Boolean(name + "Demonstration"),
                reader.Optional(name + "TextNumber"),
                new FirstKeys(reader.Required(name + "ClinicianKey"), reader.Required(name + "DirectorKey")));
            reader.Faults(name, AddClinic.FaultsOf(clinic));
            if (clinics.Exists(earlier => earlier.Slug == clinic.Slug))
            {
                reader.Fault($"{name}Slug repeats an earlier clinic's.");
            }

            clinics.Add(clinic);
        }

        return clinics;
    }
}
