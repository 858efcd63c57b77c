using System.CommandLine;
using KetamineIntake.Local.Clock;
using KetamineIntake.Local.Hosting;

namespace KetamineIntake.Local.Commands;

/// <summary><c>restore DIR</c> puts a backup in the place of the records. Refused while anything works on them.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Source = new("dir") { Description = "The folder that `backup` made." };

    public static Command Build()
    {
        var command = new Command("restore", "Puts a backup in the place of the records, with every later STOP and START replayed; sessions end, and planned texts wait for `texts release`.") { Source };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = new DataFolder(parsed.GetValue(LocalCommands.Data)!);
            var done = await new RestoreRecords(folder, new HostClock(null)).RunAsync(parsed.GetValue(Source)!, cancellation);
            Console.WriteLine($"""
                {done.Rows} rows are back, and {done.Words} later words about texts (STOP, START) with them; {done.UnreadableWords} lines of opt-outs could not be read.
                {(done.Aside is null ? "There were no records in their place." : $"The records of before lie in {done.Aside}; delete them when nobody needs them.")}
                Everybody has to sign in again. Planned texts are held: start the program, look at what is planned, then run `texts release`.
                """);
            return 0;
        });
        return command;
    }
}
