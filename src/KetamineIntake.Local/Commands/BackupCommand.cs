using System.CommandLine;
using System.Globalization;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Local.Records;

namespace KetamineIntake.Local.Commands;

/// <summary><c>backup DIR</c> copies the records while the program serves, and reads the copy back.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> Target = new("dir") { Description = "The folder to make; there must be no backup in it." };

    public static Command Build()
    {
        var command = new Command("backup", "Copies the records into a folder while the program serves, and verifies the copy. The record key is not in it.") { Target };
        command.SetAction(parsed => Run(new DataFolder(DataFolder.Existing(parsed.GetValue(LocalCommands.Data)!)), parsed.GetValue(Target)!));
        return command;
    }

    private static int Run(DataFolder folder, string target)
    {
        using var use = folder.Use();
        var keys = folder.RecordKeys(recordsExist: true);
        var backup = new DataFolder(target);
        if (File.Exists(backup.Database))
        {
            throw new IOException($"There is a backup in \"{target}\" already. Name another folder.");
        }

        var unfinished = backup.Database + ".new";
        File.Delete(unfinished);
        var log = LogBytes(folder);
        RecordFileCopy.Make(folder.Database, unfinished);
        var grown = LogBytes(folder) - log;
        var bar = new ProgressBar();
        var (rows, faults) = RecordFileCheck.Run(unfinished, keys, bar.Show);
        bar.Clear();
        if (faults.Count > 0)
        {
            throw new InvalidDataException($"The copy is not whole, and neither are the records, probably: run `check`. {faults.Count} faults, the first: {faults[0]}");
        }

        // Behind the copy: a word that is only here is replayed, one that is only in the copy is in the copy.
        new OptOutLog(backup[OptOutLog.FileName], keys).Add(new OptOutLog(folder[OptOutLog.FileName], keys));
        File.Move(unfinished, backup.Database);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows} rows in {backup.Database}, {new FileInfo(backup.Database).Length} bytes, read back and whole. The log of the records grew by {Math.Max(0, grown)} bytes meanwhile. Keep record-key.txt elsewhere."));
        return 0;
    }

    private static long LogBytes(DataFolder folder) => new FileInfo(folder.Database + "-wal") is { Exists: true } log ? log.Length : 0;
}
