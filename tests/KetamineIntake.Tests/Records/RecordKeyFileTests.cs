using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using static KetamineIntake.Tests.Records.RecordSamples;

namespace KetamineIntake.Tests.Records;

public sealed class RecordKeyFileTests : IAsyncLifetime
{
    private readonly RecordFile file = new();

    private string Path => file.PathOf("record-keys.txt");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => file.DisposeAsync();

    [Fact]
    public void The_first_start_makes_a_key_that_the_second_finds() =>
        Assert.Equal(RecordKeyFile.Open(Path, recordsExist: false).Current.ExportSecret(), RecordKeyFile.Open(Path, recordsExist: true).Current.ExportSecret());

    [Fact]
    public void Only_the_owner_can_read_the_keys_even_if_someone_opened_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        RecordKeyFile.Open(Path, recordsExist: false);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        RecordKeyFile.Open(Path, recordsExist: true);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void Missing_keys_of_existing_records_stop_the_start_instead_of_being_replaced()
    {
        Assert.Throws<InvalidDataException>(() => RecordKeyFile.Open(Path, recordsExist: true));
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task A_new_line_in_front_is_the_current_key_and_the_others_still_read()
    {
        var before = RecordKeyFile.Open(Path, recordsExist: false);
        await new EncryptedRecordStores(file.Records, before).Open("northside").InsertedAsync("a", "hello");
        var added = RecordKey.New();
        await File.WriteAllTextAsync(Path, $"{added.Id} {Convert.ToBase64String(added.ExportSecret())}\n{await File.ReadAllTextAsync(Path)}");
        var after = RecordKeyFile.Open(Path, recordsExist: true);
        Assert.Equal(added.Id, after.Current.Id);
        Assert.Equal("hello", (await new EncryptedRecordStores(file.Records, after).Open("northside").FindAsync("a", default)).Text());
    }

    [Theory]
    [InlineData("{0}\n\n")]
    [InlineData("\r\n{0} \r\n")]
    public async Task Blank_lines_and_spaces_that_an_editor_leaves_do_no_harm(string text)
    {
        var key = RecordKey.New();
        await File.WriteAllTextAsync(Path, string.Format(text, $"{key.Id} {Convert.ToBase64String(key.ExportSecret())}"));
        Assert.Equal(key.Id, RecordKeyFile.Open(Path, recordsExist: true).Current.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("justoneword\n")]
    [InlineData("id c2hvcnQ=\n")]
    [InlineData("id not-base64!\n")]
    [InlineData("\n")]
    [InlineData("one AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\none BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=\n")]
    public async Task A_damaged_file_stops_the_start_without_showing_a_secret(string text)
    {
        await File.WriteAllTextAsync(Path, text);
        var refusal = Assert.Throws<InvalidDataException>(() => RecordKeyFile.Open(Path, recordsExist: true));
        Assert.DoesNotContain("c2hvcnQ", refusal.ToString(), StringComparison.Ordinal);
    }
}
