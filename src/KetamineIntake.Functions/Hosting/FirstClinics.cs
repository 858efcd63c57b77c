using KetamineIntake.Azure.Hosting;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Functions.Hosting;

/// <summary>Makes the clinics of the settings beside the first requests, so that no start waits for it; keeps trying while the store does not answer.</summary>
internal sealed class FirstClinics(Lazy<SeedClinics> seeds, AzureSettings settings, ILogger<FirstClinics> log) : BackgroundService
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first requests go first: a patient may have woken this instance, and nearly always the clinics are there already.
        await Task.Delay(AfterStart, stoppingToken);
        while (!await TryAsync(stoppingToken))
        {
            await Task.Delay(AfterOutage, stoppingToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var slug in await seeds.Value.RunAsync(settings.Clinics, cancellation))
            {
                log.ClinicMade(slug);
            }

            return true;
        }
        catch (RecordStoreException outage)
        {
            var failure = outage.InnerException?.GetType().Name ?? outage.GetType().Name;
            log.SeedDelayed(failure);

            // The host drops what is logged outside an invocation, but keeps error lines of the console.
            await Console.Error.WriteLineAsync($"error: the clinics of the settings wait because the store cannot answer ({failure})");
            return false;
        }
    }
}
