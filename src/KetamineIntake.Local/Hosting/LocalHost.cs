using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Local.Clock;
using KetamineIntake.Local.Connections;
using KetamineIntake.Local.Dev;
using KetamineIntake.Local.Reminders;
using KetamineIntake.Web;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace KetamineIntake.Local.Hosting;

/// <summary>Puts the local installation together: the shared pipeline on Kestrel, records and queue in one SQLite file, time from <see cref="HostClock"/>.</summary>
internal static class LocalHost
{
    /// <summary>How long requests under way may take when the program is told to stop. Containers are killed after ten seconds, and the log has to be folded into the file before that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The installation behind a command that serves nothing.</summary>
    /// <exception cref="FileNotFoundException">There is no installation in the folder.</exception>
    public static LocalOptions Offline(string data) => new("http://127.0.0.1:0", DataFolder.Existing(data), null);

    /// <param name="decorate">Wraps the store; tests prove with a faulty one that they can fail.</param>
    public static WebApplication Build(LocalOptions options, Func<IRecordStores, IRecordStores>? decorate = null)
    {
        var folder = new DataFolder(options.Data);
        var clock = new HostClock(options.Now);

        // Empty: settings come from the command line that LocalCommands reads, not from files or variables. The content root is the program's folder, because the host
        // would read settings in it and watch it, and every write to the database would wake that.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
        builder.Logging.AddSimpleConsole();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // What stops a start is told in one sentence by Program; the dispatcher reports its own failures.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // It warns that keys are stored in the clear; it cannot know that the store encrypts every body.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Services
            .AddRecords(folder, decorate)
            .AddSingleton(clock)
            .AddSingleton<IClock>(clock)
            .AddSingleton(EmbeddedProtocols.Load(EmbeddedProtocols.Shipped))
            .AddSingleton<PurgeExpired>()
            .AddSingleton<LocalInbox>()
            .AddSingleton<ISmsSender>(s => s.GetRequiredService<LocalInbox>())
            .AddSingleton<SendReminder>()
            .AddSingleton<SendAnswer>()
            .AddSingleton(folder.EventsKey())
            .AddSingleton(new TrustedProxies(options.Proxies))
            .AddSingleton<MessageHandlers>()
            .AddSingleton<LabTimer>()
            .AddSingleton<Dispatcher>()
            .AddSingleton<FirstStart>()
            .AddHostedService<DispatcherService>()
            .AddKetamineWeb();
        DevDoor.AddTo(builder.Services, options);
        PlacedListenerFactory.AddTo(builder.Services);

        var app = builder.Build();
        app.Services.OwnRecords();
        app.Run(app.Services.GetRequiredService<WebPipeline>().RunAsync);
        return app;
    }
}
