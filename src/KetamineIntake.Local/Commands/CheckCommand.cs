using System.CommandLine;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Local.Records;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Local.Commands;

/// <summary><c>check</c> reads everything there is and tells what is wrong with it. Works while the program serves.</summary>
internal static class CheckCommand
{
    private static readonly Option<bool> Repair = new("--repair") { Description = "Make index rows anew where they differ from their records. Nothing else is changed." };

    public static Command Build()
    {
        var command = new Command("check", "Checks the record file, that every record can be decrypted, and the lists of referrals and laboratory flags against their records.") { Repair };
        command.SetAction(async (parsed, cancellation) =>
        {
            var data = parsed.GetValue(LocalCommands.Data)!;
            await using var app = LocalHost.Build(LocalHost.Offline(data));
            var bar = new ProgressBar();
            var (rows, faults) = RecordFileCheck.Run(app.Services.GetRequiredService<DataFolder>().Database, app.Services.GetRequiredService<RecordKeys>(), bar.Show);
            bar.Clear();
            foreach (var fault in faults)
            {
                Console.WriteLine(fault);
            }

            var repair = parsed.GetValue(Repair);
            var indexes = await app.Services.GetRequiredService<CheckIndexes>().RunAsync(repair, cancellation);
            foreach (var (clinic, fault) in indexes)
            {
                Console.WriteLine($"{clinic}: index row {fault.Key} is {fault.What}{(repair ? ", mended" : string.Empty)}");
            }

            var (words, unreadable) = app.Services.GetRequiredService<OptOutLog>().Read();
            Console.WriteLine($"{rows} rows read, {faults.Count} faults of the file or of bodies, {indexes.Count} of indexes{(repair ? " (mended)" : string.Empty)}; {words.Count} opt-out words outside the store, {unreadable} lines unreadable");
            return faults.Count == 0 && (indexes.Count == 0 || repair) ? 0 : 1;
        });
        return command;
    }
}
