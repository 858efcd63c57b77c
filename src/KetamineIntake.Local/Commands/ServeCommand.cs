using System.Net.Sockets;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Local.Connections;
using KetamineIntake.Local.Dev;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Local.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KetamineIntake.Local.Commands;

/// <summary>Serves until it is told to stop; prints every link once it is ready.</summary>
internal static class ServeCommand
{
    /// <param name="decorate">Wraps the store; only tests do.</param>
    public static async Task<int> RunAsync(LocalOptions options, CancellationToken cancellation, Func<IRecordStores, IRecordStores>? decorate = null)
    {
        await using var app = LocalHost.Build(options, decorate);
        var site = app.Services.GetRequiredService<SiteAddress>();
        if (options.Site is { } given)
        {
            // Texts may be planned while it starts.
            site.LinkBase = given;
        }

        await app.Services.GetRequiredService<ServingKey>().KeepAsync(cancellation);
        await app.Services.GetRequiredService<OptOutHistory>().KeepAsync(cancellation);
        var first = await app.Services.GetRequiredService<FirstStart>().RunAsync(cancellation);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (SocketException refused)
        {
            throw new IOException($"Cannot listen at {options.Urls}: {refused.Message}.", refused);
        }

        site.LinkBase = options.Site ?? app.Urls.First();
        await AnnounceAsync(app, first, options, cancellation);
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static async Task AnnounceAsync(WebApplication app, AddedClinic? first, LocalOptions options, CancellationToken cancellation)
    {
        var url = app.Urls.First();
        var places = app.Services.GetRequiredService<ConnectionPlaces>();
        var protocol = app.Services.GetRequiredService<Protocol>();
        Console.WriteLine($"""

            KetamineIntake, protocol {protocol.Id} {protocol.Version} ({(protocol.SignedBy is null ? "unsigned: for the demonstration clinic only" : "signed by " + protocol.SignedBy)})
              patient's form    {url}/{FirstStart.Slug}
              staff console     {url}/{FirstStart.Slug}/staff
              texts             {Inbox(app, url)}
              questionnaire     {url}/api/v1/clinics/{FirstStart.Slug}/questionnaire
              health            {url}/api/v1/health
              connections       {places.Count} at once, {places.PerAddress} from one address (this process may have {places.Descriptors} descriptors open)
              records           {Path.GetFullPath(options.Data)} (SQLite {SqliteLibrary.Version})
            """);
        Console.WriteLine(first is null
            ? "  staff keys        " + Kept(options)
            : $"""
                Keys of {first.Clinic.Name}, shown this once and kept in {Kept(options)}:
                  clinician         {first.ClinicianKey}
                  medical director  {first.DirectorKey}
              """);
        if (await app.Services.GetRequiredService<TextHold>().SinceAsync(cancellation) is { } held)
        {
            Console.WriteLine($"  TEXTS ARE HELD since the records were restored ({held}): look at what is planned, then release them with the command `texts release`.");
        }

        Console.WriteLine($"ready {url}");
    }

    private static string Inbox(WebApplication app, string url) => app.Services.GetService<DevToken>() is { } token
        ? $"{url}/dev/inbox?{DevDoor.Query}={token.Text} (for you only; kept here only: this program sends no text to any phone)"
        : "kept here only, and shown nowhere because other machines can ask here (--dev): this program sends no text to any phone";

    private static string Kept(LocalOptions options) => string.Join(" and ", new[] { DataFolder.StaffKey, DataFolder.DirectorKey }
        .Select(f => Path.Combine(options.Data, f)).Select(f => File.Exists(f) ? f : f + " (not there any more)"));
}
