using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Local.Records;
using NodaTime;

namespace KetamineIntake.Local.Hosting;

/// <param name="Aside">Where the records of before lie; null when there were none.</param>
internal sealed record Restored(long Rows, int Words, int UnreadableWords, string? Aside);

/// <summary>
/// Puts a backup in the place of the records. All that a restore means is done to a copy of the backup first, and that copy takes its place at the end: a crash before leaves the
/// records of before, or none and a start that is refused.
/// </summary>
internal sealed class RestoreRecords(DataFolder folder, IClock clock)
{
    /// <exception cref="InvalidDataException">The backup is not whole, or its keys are missing.</exception>
    public async Task<Restored> RunAsync(string from, CancellationToken cancellation)
    {
        using var alone = folder.UseAlone();
        var backup = DataFolder.Existing(from);
        var file = Path.Combine(backup, Path.GetFileName(folder.Database));
        if (RecordFileCheck.LossOf(file) is { } loss)
        {
            throw new InvalidDataException($"\"{file}\" {loss}: it is no backup.");
        }

        var keys = folder.RecordKeys(recordsExist: true);
        var copy = folder.Database + ".new";
        Delete(copy);
        RecordFileCopy.Make(file, copy);
        var (rows, faults) = RecordFileCheck.Run(copy, keys);
        if (faults.Count > 0)
        {
            throw new InvalidDataException($"The backup is not whole: {faults.Count} faults, the first: {faults[0]} Nothing was changed.");
        }

        var log = new OptOutLog(folder[OptOutLog.FileName], keys);
        log.Add(new OptOutLog(Path.Combine(backup, OptOutLog.FileName), keys));
        var (words, unreadable) = log.Read();
        var replayed = await ChangeAsync(copy, keys, words, cancellation);
        var aside = MoveAside();
        File.Move(copy, folder.Database);
        return new Restored(rows, replayed, unreadable, aside);
    }

    private async Task<int> ChangeAsync(string copy, RecordKeys keys, IReadOnlyList<KeptWord> words, CancellationToken cancellation)
    {
        await using var records = SqliteRecords.OpenFile(copy);
        records.CheckKeys(keys);
        var stores = new EncryptedRecordStores(records, keys);
        var replayed = await new ReplayWords(stores).RunAsync(words, cancellation);
        await new RecordRestore(stores, clock).RunAsync(cancellation);
        await new TextHold(stores, clock).HoldAsync(cancellation);
        return replayed;
    }

    private string? MoveAside()
    {
        if (!File.Exists(folder.Database))
        {
            return null;
        }

        var aside = folder[$"records-before-restore-{NodaTime.Text.InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss").Format(clock.GetCurrentInstant())}.db"];

        // Its log with it: what is not folded in yet is in there. The file first: a crash in between leaves none, and a start is refused, rather than one that lacks its log.
        foreach (var part in new[] { string.Empty, "-wal", "-shm" }.Where(part => File.Exists(folder.Database + part)))
        {
            File.Move(folder.Database + part, aside + part, overwrite: true);
        }

        return aside;
    }

    private static void Delete(string file)
    {
        foreach (var part in new[] { string.Empty, "-wal", "-shm", "-journal" })
        {
            File.Delete(file + part);
        }
    }
}
