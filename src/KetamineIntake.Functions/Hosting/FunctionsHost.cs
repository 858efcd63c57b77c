using KetamineIntake.Azure.Hosting;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Web;
using KetamineIntake.Web.Reminders;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace KetamineIntake.Functions.Hosting;

/// <summary>Puts the Azure installation together: the shared pipeline behind HTTP triggers, records and messages in the storage account.</summary>
internal static class FunctionsHost
{
    /// <exception cref="SettingsException">A setting is missing or malformed.</exception>
    public static AzureSettings AddServices(FunctionsApplicationBuilder builder, Lazy<Task<Protocol>> protocol)
    {
        var settings = AzureSettings.ReadAtOnce(builder.Configuration);
        var signal = new MessageSignal();

        // It warns that keys are stored in the clear; it cannot know that the store encrypts every body.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        Telemetry.Add(builder.Services, settings);
        builder.UseMiddleware<QueueLag>();
        builder.Services
#pragma warning disable RS0030 // The host is where the system clock is chosen.
            .AddSingleton<IClock>(SystemClock.Instance)
#pragma warning restore RS0030
            .AddSingleton(_ => protocol.Value.GetAwaiter().GetResult())
            .AddSingleton(signal)
            .AddSingleton<PurgeExpired>()
            .AddSingleton<SendReminder>()
            .AddSingleton<SendAnswer>()
            .AddSingleton(new SiteAddress { LinkBase = settings.Site.AbsoluteUri.TrimEnd('/') })
            .AddSingleton(new EventsKey(settings.EventsKey ?? RowId.New() + RowId.New()))
            .AddSingleton<ReleaseMessages>()
            .AddSingleton<TimerRuns>()
            .AddSingleton<SeedClinics>()

            // These need the protocol, and all hosted services are made before the worker speaks to the host: none may wait for it there.
            .AddSingleton(static s => new Lazy<SeedClinics>(s.GetRequiredService<SeedClinics>))
            .AddSingleton(static s => new Lazy<ReleaseMessages>(s.GetRequiredService<ReleaseMessages>))
            .AddHostedService<FirstClinics>()
            .AddHostedService<PromptRelease>()
            .AddKetamineAzure(settings, signal.Raise)
            .AddKetamineWeb();
        LeaveKeyRingToTheFirstRequest(builder.Services);
        Senders.Add(builder.Services, settings.Sms);
        return settings;
    }

    // Its package has the web server wait at the start until the key ring was read from the store: an eighth of the time to the first answer, which needs no key.
    private static void LeaveKeyRingToTheFirstRequest(IServiceCollection services) =>
        services.Remove(services.Single(static s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly == typeof(DataProtectionOptions).Assembly));
}
