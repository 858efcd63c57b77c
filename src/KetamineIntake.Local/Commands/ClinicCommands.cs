using System.CommandLine;
using System.Text.Json;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Local.Commands;

/// <summary><c>clinic add</c> makes another clinic; <c>clinic override</c> sets where it departs from its protocol. Both work while the program serves.</summary>
internal static class ClinicCommands
{
    private static readonly Argument<string> Slug = new("slug") { Description = "The clinic's name in links: 3 to 31 characters of a-z, 0-9 and -." };
    private static readonly Option<string> Name = new("--name") { Description = "The clinic's name as patients read it.", Required = true };
    private static readonly Option<string> Zone = new("--time-zone") { Description = "IANA id such as America/New_York.", Required = true };
    private static readonly Option<string> Phone = new("--phone") { Description = "The number that patients are told to call.", Required = true };
    private static readonly Argument<FileInfo> File = new("file") { Description = "JSON: {\"severities\":[{\"rule\",\"severity\",\"signedBy\"?}],\"parameters\":[{\"parameter\",\"value\",\"signedBy\"?}],\"indications\":[codes]|null,\"labs\"?:[{\"test\",\"policy\":\"All|ByRisk|Off\",\"validMonths\"?,\"signedBy\"?}]}" };

    private static readonly Argument<FileInfo> VisitFile = new("file")
    {
        Description = "JSON: {\"schedule\":{\"open\":[{\"day\":\"monday\",\"from\":\"08:00\",\"until\":\"18:00\"}],\"chairs\":3},\"textAlias\"?,\"textNumber\"?,\"textWindow\":{\"from\",\"before\"}?,\"privateRoom\"?,\"consentForm\"?}: the last two say what the preparation page may promise",
    };

    public static Command Build() => new("clinic", "Clinics of this installation.") { Add(), Override(), Visits() };

    private static Command Visits()
    {
        var command = new Command("visits", "Sets a clinic's opening hours, chairs, and what its texts are signed with.") { Slug, VisitFile };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (Read(parsed.GetValue(VisitFile)!, json => ClinicVisits.Read(json)) is not { } visits)
            {
                return Refuse(["The file is not the JSON that `clinic visits --help` describes."]);
            }

            await using var app = LocalHost.Build(LocalHost.Offline(parsed.GetValue(LocalCommands.Data)!));
            var faults = await app.Services.GetRequiredService<AddClinic>().SetVisitsAsync(parsed.GetValue(Slug)!, visits, cancellation);
            return faults.Count > 0 ? Refuse(faults) : Say("Done. It counts from the next booking on.");
        });
        return command;
    }

    private static Command Add()
    {
        var command = new Command("add", "Makes another clinic and prints its two keys, this once.") { Slug, Name, Zone, Phone };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = LocalHost.Build(LocalHost.Offline(parsed.GetValue(LocalCommands.Data)!));
            var wanted = new NewClinic(
                parsed.GetValue(Slug)!, parsed.GetValue(Name)!, parsed.GetValue(Zone)!, parsed.GetValue(Phone)!, IsDemonstration: false);
            var (added, faults) = await app.Services.GetRequiredService<AddClinic>().RunAsync(wanted, cancellation);
            return added is null ? Refuse(faults) : Say($"""
                {added.Clinic.Name} is at /{added.Clinic.Slug} and /{added.Clinic.Slug}/staff
                  clinician key     {added.ClinicianKey}
                  director key      {added.DirectorKey}
                Until a clinician signs the protocol, this clinic finds nobody eligible and sends no text.
                """);
        });
        return command;
    }

    private static Command Override()
    {
        var command = new Command("override", "Replaces where a clinic departs from its protocol; upward freely, downward only with signedBy.") { Slug, File };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (Read(parsed.GetValue(File)!, json => ClinicOverridesJson.Read(json)) is not { } overrides)
            {
                return Refuse(["The file is not the JSON that `clinic override --help` describes."]);
            }

            await using var app = LocalHost.Build(LocalHost.Offline(parsed.GetValue(LocalCommands.Data)!));
            var faults = await app.Services.GetRequiredService<AddClinic>().OverrideAsync(parsed.GetValue(Slug)!, overrides, cancellation);
            return faults.Count > 0 ? Refuse(faults) : Say("Done. It counts from the next screening on.");
        });
        return command;
    }

    private static T? Read<T>(FileInfo file, Func<byte[], T> read)
        where T : class
    {
        try
        {
            return read(System.IO.File.ReadAllBytes(file.FullName));
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Say(string text)
    {
        Console.WriteLine(text);
        return 0;
    }

    private static int Refuse(IEnumerable<string> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        return 1;
    }
}
