using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using KetamineIntake.Tests.Support;
using Microsoft.Data.Sqlite;

namespace KetamineIntake.Tests.Records;

/// <summary>
/// Power cuts. Everything SQLite asks of the disk is recorded; then, for a cut after each acknowledgement, the files are put together as a disk may have kept them: whatever was
/// synced, and of the rest nothing, or any part of it torn at 512 bytes. Opened again, each must hold every row acknowledged by then.
/// </summary>
public sealed class PowerCutTests
{
    private const int Clients = 4;
    private const int CommitsEach = 40;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_acknowledged_row_is_lost_by_a_power_cut(bool torn)
    {
        // Half of them each for the two ways in which a disk may keep what was not synced.
        var wanted = Times.Of("POWER_CUTS", 400) / 2;
        for (var done = 0; done < wanted;)
        {
            var recording = await Recording.MakeAsync("FULL");
            var cuts = await recording.CutAsync(torn, seed: done);
            Assert.Equal(Clients * CommitsEach, cuts.Count);
            Assert.All(cuts, cut => Assert.Empty(cut.Lost));
            Assert.All(cuts, cut => Assert.Equal("ok", cut.Integrity));
            done += cuts.Count;
        }
    }

    [Fact]
    public async Task Without_a_sync_for_each_commit_rows_are_lost_so_this_test_can_fail()
    {
        var recording = await Recording.MakeAsync("NORMAL");
        var cuts = await recording.CutAsync(torn: false, seed: 0);
        Assert.Contains(cuts, cut => cut.Lost.Count > 0);
    }

    private sealed record Cut(IReadOnlyCollection<string> Lost, string Integrity);

    /// <summary>A row that was acknowledged when the disk had been asked so many things.</summary>
    private sealed record Acknowledgement(int Calls, string Key);

    private sealed class Recording
    {
        private readonly Lock gate = new();
        private readonly List<DiskCall> calls = [];
        private readonly List<Acknowledgement> acknowledgements = [];

        public static async Task<Recording> MakeAsync(string synchronous)
        {
            var recording = new Recording();
            var disk = new ShimDisk { Answer = recording.Record };
            var file = new RecordFile(path => disk.Hold(path) with { Synchronous = synchronous, CheckpointPages = 50 });
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => recording.CommitAsync(file.Store, client))));
            disk.Answer = static _ => ShimDisk.Ok;
            await file.DisposeAsync();
            return recording;
        }

        /// <summary>Opens the disk of each cut and says what is missing there.</summary>
        public async Task<List<Cut>> CutAsync(bool torn, int seed)
        {
            var random = new Random(20261120 + seed);
            var disk = new Dictionary<string, CutFile>(StringComparer.Ordinal) { [string.Empty] = new(), ["-wal"] = new() };
            var cuts = new List<Cut>();
            var done = 0;
            for (var i = 0; i < acknowledgements.Count; i++)
            {
                for (; done < acknowledgements[i].Calls; done++)
                {
                    disk[calls[done].File].Do(calls[done]);
                }

                cuts.Add(await OpenAsync(disk, acknowledgements.Take(i + 1).Select(a => a.Key), torn ? random : null));
            }

            return cuts;
        }

        private int Record(DiskCall call)
        {
            // The file is made with a journal that is gone, and synced away, before the log begins and anything is acknowledged.
            if (call.File != "-journal")
            {
                lock (gate)
                {
                    calls.Add(call);
                }
            }

            return ShimDisk.Ok;
        }

        private async Task CommitAsync(IRecordStore store, int client)
        {
            for (var i = 0; i < CommitsEach; i++)
            {
                var key = $"a|{client}|{i:000}";
                await store.MustCommitAsync(new Change.Insert(key, new byte[500 + (i * 97 % 9000)]), new Change.Upsert($"latest|{client}", new byte[100]));
                lock (gate)
                {
                    acknowledgements.Add(new Acknowledgement(calls.Count, key));
                }
            }
        }

        private static async Task<Cut> OpenAsync(Dictionary<string, CutFile> disk, IEnumerable<string> acknowledged, Random? torn)
        {
            var directory = Directory.CreateTempSubdirectory("powercut");
            var path = Path.Combine(directory.FullName, "records.db");
            foreach (var (suffix, file) in disk)
            {
                await File.WriteAllBytesAsync(path + suffix, file.AfterTheCut(torn));
            }

            var records = SqliteRecords.OpenFile(path);
            var found = await records.Open("northside").KeysAsync(RowRange.StartingWith("a|"));
            var integrity = Integrity(path);
            await records.DisposeAsync();
            directory.Delete(recursive: true);
            return new Cut([.. acknowledged.Except(found, StringComparer.Ordinal)], integrity);
        }

        private static string Integrity(string path)
        {
            using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check";
            return (string)command.ExecuteScalar()!;
        }
    }

    /// <summary>One file of the disk: what is surely on it, and what was asked of it since its last sync.</summary>
    private sealed class CutFile
    {
        private const int Sector = 512;

        private readonly List<DiskCall> unsynced = [];
        private byte[] durable = [];

        public void Do(DiskCall call)
        {
            if (call is not DiskCall.Sync)
            {
                unsynced.Add(call);
                return;
            }

            durable = unsynced.Aggregate(durable, static (bytes, one) => Done(bytes, one, null));
            unsynced.Clear();
        }

        /// <param name="torn">Null: nothing unsynced was kept.</param>
        public byte[] AfterTheCut(Random? torn) =>
            torn is null ? durable : unsynced.Aggregate((byte[])durable.Clone(), (bytes, one) => Done(bytes, one, torn));

        private static byte[] Done(byte[] bytes, DiskCall call, Random? torn) => call switch
        {
            DiskCall.Truncate truncate when torn is null || torn.Next(2) == 0 => bytes.AsSpan(0, (int)Math.Min(bytes.Length, truncate.Length)).ToArray(),
            DiskCall.Write write => Written(bytes, write, torn),
            _ => bytes,
        };

        private static byte[] Written(byte[] bytes, DiskCall.Write write, Random? torn)
        {
            Array.Resize(ref bytes, (int)Math.Max(bytes.Length, write.Offset + write.Bytes.Length));
            for (var i = 0; i < write.Bytes.Length; i += Sector)
            {
                if (torn is null || torn.Next(2) == 0)
                {
                    var length = Math.Min(Sector, write.Bytes.Length - i);
                    write.Bytes.AsSpan(i, length).CopyTo(bytes.AsSpan((int)write.Offset + i));
                }
            }

            return bytes;
        }
    }
}
