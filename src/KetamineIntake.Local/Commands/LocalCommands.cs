using System.CommandLine;
using System.CommandLine.Parsing;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Local.Hosting;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Local.Commands;

/// <summary>The command line: serving is what happens without a command.</summary>
internal static class LocalCommands
{
    public static readonly Option<string> Data = new("--data")
    {
        Description = "The folder that holds everything; made readable for its owner only.",
        DefaultValueFactory = _ => LocalOptions.DefaultData,
        Recursive = true,
        Validators = { result => Check(result, !string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()), "--data must name a folder.") },
    };

    private static readonly Option<string> Urls = new("--urls")
    {
        Description = "Where to listen.",
        DefaultValueFactory = _ => LocalOptions.DefaultUrls,
        Validators = { result => Check(result, ListenAddresses.IsValid(result.GetValueOrDefault<string>()), ListenAddresses.Expected) },
    };

    private static readonly Option<Instant?> Now = new("--now")
    {
        Description = "Let the clock stand at this instant (2026-12-01T14:00:00Z) until it is advanced at /dev/clock.",
        CustomParser = result =>
        {
            var parsed = InstantPattern.ExtendedIso.Parse(result.Tokens[0].Value);
            if (!parsed.Success)
            {
                result.AddError("--now must be an instant such as 2026-12-01T14:00:00Z.");
            }

            return parsed.Success ? parsed.Value : null;
        },
    };

    private static readonly Option<string?> Site = new("--site")
    {
        Description = "The address in patients' texts, at most 28 characters; without it, where this program listens.",
        Validators =
        {
            result => Check(result, result.GetValueOrDefault<string?>() is not { } site || SiteAddress.IsValid(site),
                $"--site must be an address such as https://v.example.org, with http or https, at most {SmsSignature.MaximumLinkBase} characters and no closing slash: texts have no room for more."),
        },
    };

    public static RootCommand Root()
    {
        var root = new RootCommand("KetamineIntake on one machine: screening, referrals and the clinic's console, with records in one SQLite file.")
        {
            Data, Urls, Now, Site,
        };
        root.Validators.Add(CheckLinks);
        root.SetAction((parsed, cancellation) =>
            ServeCommand.RunAsync(new LocalOptions(parsed.GetValue(Urls)!, parsed.GetValue(Data)!, parsed.GetValue(Now), parsed.GetValue(Site)), cancellation));
        root.Subcommands.Add(ClinicCommands.Build());
        root.Subcommands.Add(RescreenCommand.Build());
        root.Subcommands.Add(LabCommands.Build());
        root.Subcommands.Add(BackupCommand.Build());
        root.Subcommands.Add(RestoreCommand.Build());
        root.Subcommands.Add(CheckCommand.Build());
        root.Subcommands.Add(TextCommands.Build());
        root.Subcommands.Add(KeyCommands.Build());
        return root;
    }

    private static void CheckLinks(CommandResult result)
    {
        // Comes before the options' own checks: what is no address is theirs to tell.
        var urls = result.GetResult(Urls)?.GetValueOrDefault<string>();
        if (result.GetResult(Site) is null && ListenAddresses.IsValid(urls) && !ListenAddresses.FitsTexts(urls!))
        {
            result.AddError($"The first address of --urls has more than {SmsSignature.MaximumLinkBase} characters and would stand in texts: give a shorter one with --site.");
        }
    }

    private static void Check(OptionResult result, bool isGood, string expected)
    {
        if (!isGood)
        {
            result.AddError(expected);
        }
    }
}
