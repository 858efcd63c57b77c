using KetamineIntake.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace KetamineIntake.Functions.Hosting;

/// <summary>Sends our own traces, metrics and logs to a collector when the settings say so. Our sources only: what libraries record of requests may hold addresses and text.</summary>
internal sealed class Telemetry : IHostedService, IDisposable
{
    private const string Worker = "Microsoft.Azure.Functions.Worker";

    private readonly TracerProvider traces = Sdk.CreateTracerProviderBuilder().AddSource(Signals.Name).AddSource(Worker).AddOtlpExporter().Build();
    private readonly MeterProvider metrics = Sdk.CreateMeterProviderBuilder().AddMeter(Signals.Name).AddOtlpExporter().Build();

    public static void Add(FunctionsApplicationBuilder builder, bool exports)
    {
        if (exports)
        {
            builder.Logging.AddOpenTelemetry(static logs => logs.AddOtlpExporter());
            builder.Services.AddHostedService<Telemetry>();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        traces.ForceFlush();
        metrics.ForceFlush();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }
}
