using System.Diagnostics;
using System.Globalization;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using NodaTime;

namespace KetamineIntake.Benchmarks.Records;

/// <summary>
/// What sharing a disk sync gains: commits a second of an intake's shape (a 2 KB screening and an outbox row, encrypted, synchronous=FULL) with one commit to a sync and with
/// groups. Prints a table; look at the ratio, disks differ.
/// </summary>
internal static class GroupCommit
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);
    private static readonly Instant Due = Instant.FromUtc(2030, 1, 1, 0, 0);

    public static async Task RunAsync()
    {
        Console.WriteLine($"SQLite {SqliteLibrary.Version}\n");
        Console.WriteLine("| committers | commits to a sync | commits/s | p50 ms | p99 ms | CPU us per commit | bytes allocated per commit |\n|---|---|---|---|---|---|---|");
        await MeasureAsync(64, 256, print: false);
        foreach (var committers in new[] { 1, 8, 64 })
        {
            await MeasureAsync(committers, 1, print: true);
            await MeasureAsync(committers, 256, print: true);
        }
    }

    private static async Task MeasureAsync(int committers, int largestGroup, bool print)
    {
        var directory = Directory.CreateTempSubdirectory("groupcommit");
        await using (var records = SqliteRecords.OpenFile(new SqliteFile(Path.Combine(directory.FullName, "records.db")) { LargestGroup = largestGroup }))
        {
            var store = new EncryptedRecordStores(records, new RecordKeys(RecordKey.New())).Open("northside");
            var allocated = GC.GetTotalAllocatedBytes();
            var processor = Environment.CpuUsage.TotalTime;
            var before = records.Transactions;
            var times = await Task.WhenAll(Enumerable.Range(0, committers).Select(_ => Task.Run(() => CommitAsync(store))));
            allocated = GC.GetTotalAllocatedBytes() - allocated;
            processor = Environment.CpuUsage.TotalTime - processor;
            var sorted = times.SelectMany(static own => own).Order().ToArray();
            if (print)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {committers} | {(double)sorted.Length / (records.Transactions - before):0.0} | {sorted.Length / Length.TotalSeconds:0} | {sorted[sorted.Length / 2]:0.00} | {sorted[sorted.Length * 99 / 100]:0.00} | {processor.TotalMicroseconds / sorted.Length:0} | {allocated / sorted.Length} |"));
            }
        }

        directory.Delete(recursive: true);
    }

    private static async Task<List<double>> CommitAsync(IRecordStore store)
    {
        var body = new byte[2000];
        var times = new List<double>();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Length)
        {
            var id = RowId.New();
            var from = Stopwatch.GetTimestamp();
            await store.CommitAsync([new Change.Insert(Rows.Referral(id), body), Outbox.Row(new Message(Queues.Purge, "northside", id), Due)], default);
            times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }

        return times;
    }
}
