using System.CommandLine;
using System.Globalization;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Local.Records;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Local.Commands;

/// <summary><c>keys rotate</c> puts every record under the current key. Works while the program serves; a stopped one is simply run again.</summary>
internal static class KeyCommands
{
    public static Command Build() => new("keys", "The keys of the records.") { Rotate() };

    private static Command Rotate()
    {
        var command = new Command("rotate", "Encrypts every record anew with the current key, the first of record-key.txt. Restart the server with that key first.");
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = LocalHost.Build(LocalHost.Offline(parsed.GetValue(LocalCommands.Data)!));
            if (!await app.Services.GetRequiredService<ServingKey>().IsCurrentAsync(cancellation))
            {
                Console.Error.WriteLine("The server that started last does not write with the first key of record-key.txt: it could not read what is rotated. Restart it, then run this again. Nothing was changed.");
                return 1;
            }

            var keys = app.Services.GetRequiredService<RecordKeys>();
            var rotation = new KeyRotation(app.Services.GetRequiredService<SqliteRecords>(), keys);
            var bar = new ProgressBar();
            var (renewed, unreadable) = await rotation.RunAsync(bar.Show, cancellation);
            bar.Clear();
            var isDone = await rotation.FinishAsync();
            app.Services.GetRequiredService<OptOutLog>().Renew();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{renewed} records encrypted anew with {keys.Current}, {unreadable} that cannot be read were left."));
            Console.WriteLine(isDone
                ? "No record needs an older key any more. Backups of before do: keep its line with them."
                : "Some records are still under an older key: a server that has not been restarted writes with it, or they cannot be read (see `check`). Keep its line, and run this again.");
            return isDone ? 0 : 1;
        });
        return command;
    }
}
