using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using KetamineIntake.Azure.Hosting;
using KetamineIntake.Core;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace KetamineIntake.Functions.Hosting;

/// <summary>
/// Sends our own traces, metrics and logs where the settings say, each once: the worker's package tells the host to leave them to us. Our sources only: what libraries record of requests
/// may hold addresses and text.
/// </summary>
internal static class Telemetry
{
    private const string Service = "ketamine-intake";

    public static void Add(IServiceCollection services, AzureSettings settings)
    {
        if (!settings.Telemetry.IsOn)
        {
            return;
        }

        var telemetry = services.AddOpenTelemetry();
        telemetry.UseFunctionsWorkerDefaults();

        // Whatever the host decides for its own spans: one of ours a message or request is little, and the alerts read them.
        telemetry.ConfigureResource(static r => r.AddService(Service))
            .WithTracing(static t => t.SetSampler(new AlwaysOnSampler()).AddSource(Signals.Name))
            .WithMetrics(static m => m.AddMeter(Signals.Name))
            .WithLogging(static _ => { }, static o => o.IncludeFormattedMessage = true); // The alerts read lines as a person would.
        if (settings.Telemetry.Collector is { } collector)
        {
            AddCollector(telemetry, collector);
        }

        if (settings.Telemetry.Monitor is { } monitor)
        {
            AddMonitor(telemetry, monitor, settings.Storage.ClientId);
        }
    }

    private static void AddCollector(OpenTelemetryBuilder telemetry, CollectorOptions collector)
    {
        telemetry
            .WithTracing(t => t.AddOtlpExporter(o => Set(o, "v1/traces")))
            .WithMetrics(m => m.AddOtlpExporter(o => Set(o, "v1/metrics")))
            .WithLogging(l => l.AddOtlpExporter(o => Set(o, "v1/logs")));

        // An address set in code is taken as it is, where the variable's would get the signal's path behind it.
        void Set(OtlpExporterOptions options, string path)
        {
            options.Endpoint = collector.IsGrpc ? collector.Endpoint : new Uri(collector.Endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);
            options.Headers = collector.Headers;
            options.Protocol = collector.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        }
    }

    private static void AddMonitor(OpenTelemetryBuilder telemetry, string connection, string? clientId)
    {
        TokenCredential identity = new ManagedIdentityCredential(clientId is { } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned);
        telemetry
            .WithTracing(t => t.AddAzureMonitorTraceExporter(Set))
            .WithMetrics(m => m.AddAzureMonitorMetricExporter(Set))
            .WithLogging(l => l.AddAzureMonitorLogExporter(Set));

        void Set(AzureMonitorExporterOptions options)
        {
            options.ConnectionString = connection;
            options.Credential = identity;

            // Nothing of ours lies about on an instance's disk.
            options.DisableOfflineStorage = true;
        }
    }
}
