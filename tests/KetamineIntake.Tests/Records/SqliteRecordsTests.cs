using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using Microsoft.Data.Sqlite;
using static KetamineIntake.Tests.Records.RecordSamples;

namespace KetamineIntake.Tests.Records;

/// <summary>The file itself: who may read it, who else may write it, and what is refused as no file of ours.</summary>
public sealed class SqliteRecordsTests : IAsyncLifetime
{
    private readonly RecordFile file = new(path => new SqliteFile(path) { BusyMilliseconds = 100 });

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => file.DisposeAsync();

    [Fact]
    public async Task Everything_is_still_there_after_closing_and_opening()
    {
        var before = await file.Store.InsertedAsync("a", "hello");
        await file.ReopenAsync();
        var after = await file.Store.FindAsync("a", default);
        Assert.Equal("hello", after.Text());
        Assert.Equal(before.ETag, after!.ETag);
    }

    [Fact]
    public async Task Closing_folds_the_log_into_the_file_so_that_one_file_is_a_backup()
    {
        await file.Store.InsertedAsync("a", "hello");
        await file.Store.ToListAsync(RowRange.StartingWith("a"));
        await file.Queue.SendAsync(new Message(Queues.Purge, "northside", "a"), default);
        await file.Queue.ListPoisonAsync("northside", default);
        await file.Records.DisposeAsync();
        Assert.False(File.Exists(file.File.Path + "-wal"));
        File.Copy(file.File.Path, file.PathOf("copy.db"));
        await using var copy = SqliteRecords.OpenFile(file.PathOf("copy.db"));
        Assert.Equal("hello", (await copy.Open("northside").FindAsync("a", default)).Text());
    }

    [Fact]
    public async Task An_etag_does_not_come_back_after_a_delete_and_a_restart()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 5; i++)
        {
            var row = await file.Store.InsertedAsync("a");
            Assert.True(seen.Add(row.ETag));
            await file.Store.MustCommitAsync(new Change.Delete("a", row.ETag));
            await file.ReopenAsync();
        }
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await file.Store.InsertedAsync("a");
        foreach (var path in new[] { file.File.Path, file.File.Path + "-wal", file.File.Path + "-shm" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task A_file_that_others_could_read_is_tightened_when_it_is_opened()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = file.PathOf("open.db");
        await File.WriteAllBytesAsync(path, []);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await using var records = SqliteRecords.OpenFile(path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Two_writers_of_one_file_lose_nothing_and_never_share_an_etag()
    {
        await using var other = SqliteRecords.OpenFile(new SqliteFile(file.File.Path));
        await using var one = SqliteRecords.OpenFile(new SqliteFile(file.File.Path));
        await Task.WhenAll(new[] { one, other }.SelectMany((records, process) => Enumerable.Range(0, 100).Select(i =>
            Task.Run(() => records.Open("northside").MustCommitAsync(Insert($"a|{process}|{i:000}"))))));
        var rows = await file.Store.ToListAsync(RowRange.StartingWith("a|"));
        Assert.Equal(200, rows.Count);
        Assert.Equal(200, rows.Select(row => row.ETag).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Of_two_processes_with_one_etag_exactly_one_wins()
    {
        await using var other = SqliteRecords.OpenFile(file.File.Path);
        await using var one = SqliteRecords.OpenFile(file.File.Path);
        var row = await file.Store.InsertedAsync("a");
        var results = await Task.WhenAll(new[] { one, other }.Select(records =>
            Task.Run(() => records.Open("northside").CommitAsync([new Change.Replace("a", Body("x"), row.ETag)], default))));
        Assert.Single(results, result => result is CommitResult.Committed);
        Assert.Single(results, result => result is CommitResult.Conflict);
    }

    [Fact]
    public async Task A_process_that_keeps_the_file_for_itself_is_an_outage_until_it_lets_go()
    {
        using var hog = new SqliteConnection($"Data Source={file.File.Path};Pooling=False");
        hog.Open();
        Run(hog, "BEGIN IMMEDIATE");
        var busy = await Assert.ThrowsAsync<RecordStoreException>(() => file.Store.CommitAsync([Insert("a")], default));
        Assert.False(busy.IsFull);
        Run(hog, "ROLLBACK");
        await file.Store.MustCommitAsync(Insert("a"));
    }

    [Fact]
    public async Task A_file_that_is_no_record_file_is_refused()
    {
        var path = file.PathOf("letter.db");
        await File.WriteAllTextAsync(path, new string('x', 5000));
        Assert.Throws<RecordStoreException>(() => SqliteRecords.OpenFile(path));
    }

    [Fact]
    public void A_file_of_a_newer_program_is_refused()
    {
        var path = file.PathOf("newer.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            Run(connection, "PRAGMA user_version=2");
        }

        Assert.Throws<RecordStoreException>(() => SqliteRecords.OpenFile(path));
    }

    [Fact]
    public async Task A_list_that_is_left_halfway_holds_nothing_back()
    {
        for (var i = 0; i < 50; i++)
        {
            await file.Store.InsertedAsync($"a|{i:00}");
        }

        await using (var rows = file.Store.ListAsync(RowRange.StartingWith("a|"), default).GetAsyncEnumerator())
        {
            Assert.True(await rows.MoveNextAsync());
            await file.Store.InsertedAsync("b");
            Assert.True(await rows.MoveNextAsync());
        }

        await file.ReopenAsync();
        Assert.Equal("body", (await file.Store.FindAsync("b", default)).Text());
    }

    [Fact]
    public void The_SQLite_that_runs_is_the_one_that_the_project_names() => Assert.Equal("3.53.4", SqliteLibrary.Version);

    [Fact]
    public void No_SQLite_runs_that_can_lose_commits_when_two_connections_write_and_checkpoint_at_once() =>
        Assert.True(Version.Parse(SqliteLibrary.Version) >= new Version(3, 51, 3), $"SQLite {SqliteLibrary.Version} is older than 3.51.3.");

    [Fact]
    public async Task An_outage_names_neither_rows_nor_content()
    {
        using var hog = new SqliteConnection($"Data Source={file.File.Path};Pooling=False");
        hog.Open();
        Run(hog, "BEGIN IMMEDIATE");
        var outage = await Assert.ThrowsAsync<RecordStoreException>(() => file.Store.CommitAsync([Insert("patient|1", "Marigold")], default));
        Assert.DoesNotContain("Marigold", outage.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("patient|1", outage.ToString(), StringComparison.Ordinal);
        Run(hog, "ROLLBACK");
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
