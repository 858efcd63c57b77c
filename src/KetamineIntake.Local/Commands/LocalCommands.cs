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

    private static readonly Option<bool> Dev = new("--dev") { Description = "Serve /dev (patients' texts, the clock) to other machines too, for whoever has the token of DIR/dev-token.txt." };

    private static readonly Option<bool> Insecure = new("--insecure")
    {
        Description = "Listen beyond this machine without TLS and without a named proxy: what patients write can be read on the way.",
    };

    private static readonly Option<string[]> Proxy = new("--proxy")
    {
        Description = "A TLS proxy's address (10.0.0.5) or network (10.0.0.0/24), whose X-Forwarded-For and X-Forwarded-Proto count; may be repeated. This machine's own proxies need no naming.",
        Validators =
        {
            result => Check(result, result.GetValueOrDefault<string[]>()?.All(p => ProxyAddress.TryParse(p, out _)) != false,
                "--proxy must be an address such as 10.0.0.5 or a network such as 10.0.0.0/24."),
        },
    };

    public static RootCommand Root()
    {
        var root = new RootCommand("KetamineIntake on one machine: screening, referrals and the clinic's console, with records in one SQLite file.")
        {
            Data, Urls, Now, Site, Proxy, Insecure, Dev,
        };
        root.Validators.Add(CheckLinks);
        root.Validators.Add(CheckSecure);
        root.SetAction((parsed, cancellation) => ServeCommand.RunAsync(
            new LocalOptions(parsed.GetValue(Urls)!, parsed.GetValue(Data)!, parsed.GetValue(Now), parsed.GetValue(Site), parsed.GetValue(Dev))
            {
                Proxies = [.. (parsed.GetValue(Proxy) ?? []).Select(ProxyAddress.Parse)],
            },
            cancellation));
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

    private static void CheckSecure(CommandResult result)
    {
        var urls = result.GetResult(Urls)?.GetValueOrDefault<string>();
        if (ListenAddresses.IsValid(urls) && !ListenAddresses.AreOfThisMachine(urls!) && result.GetResult(Proxy) is null or { Tokens.Count: 0 } && result.GetResult(Insecure)?.GetValueOrDefault<bool>() != true)
        {
            result.AddError("--urls would let other machines ask without TLS, and whoever is on the way reads what patients write: "
                + "give --proxy with the address of the TLS proxy in front, listen at 127.0.0.1 only, or say --insecure.");
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
