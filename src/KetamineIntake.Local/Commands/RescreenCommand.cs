using System.CommandLine;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Local.Commands;

/// <summary><c>rescreen</c> replays stored screenings and reports what changed. It changes nothing.</summary>
internal static class RescreenCommand
{
    private static readonly Option<string?> Only = new("--clinic") { Description = "Only this clinic; all of them otherwise." };

    private static readonly Option<bool> AsRecorded = new("--as-recorded")
    {
        Description = "Replay each screening by the rules that judged it then, to prove that it can still be reproduced to the byte.",
    };

    public static Command Build()
    {
        var command = new Command("rescreen", "Replays stored screenings by today's rules and reports what would change.") { Only, AsRecorded };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = LocalHost.Build(LocalHost.Offline(parsed.GetValue(LocalCommands.Data)!));
            var directory = app.Services.GetRequiredService<ClinicDirectory>();
            var only = parsed.GetValue(Only);
            var slugs = only is null ? await directory.ListAsync(cancellation) : [only];
            var changed = 0;
            foreach (var slug in slugs)
            {
                if (await directory.FindAsync(slug, cancellation) is not { } clinic)
                {
                    Console.Error.WriteLine($"There is no clinic named {slug}.");
                    return 2;
                }

                changed += await ReportAsync(clinic, parsed.GetValue(AsRecorded), cancellation);
            }

            return changed == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task<int> ReportAsync(ClinicContext clinic, bool asRecorded, CancellationToken cancellation)
    {
        var (seen, changed) = (0, 0);
        await foreach (var rescreened in Rescreen.RunAsync(clinic, asRecorded, cancellation))
        {
            seen++;
            if (!rescreened.IsSame)
            {
                changed++;
                Console.WriteLine(Line(rescreened));
            }
        }

        Console.WriteLine($"{clinic.Clinic.Slug}: {seen} screenings replayed, {changed} changed (rule set {clinic.Rules.Hash[..12]})");
        return changed;
    }

    // Ids and rule codes only: this output ends up in terminals and tickets.
    private static string Line(Rescreened rescreened)
    {
        var before = rescreened.Before;
        return rescreened.After is not { } after
            ? $"  referral {before.ReferralId}: its rule set {before.RuleSetHash[..12]} was not kept"
            : $"  referral {before.ReferralId}: {Words.Of(before.Result.Outcome)}/{Words.Of(before.Result.Urgency)} -> {Words.Of(after.Outcome)}/{Words.Of(after.Urgency)}"
              + $"; now also [{string.Join(' ', rescreened.Added)}], no longer [{string.Join(' ', rescreened.Removed)}]";
    }
}
