using System.Text;
using KetamineIntake.Core.Records;
using static KetamineIntake.Tests.Records.RecordSamples;

namespace KetamineIntake.Tests.Records;

public sealed class EncryptedRecordStoreTests : IAsyncLifetime
{
    private const string Canary = "Marigold Featherstonehaugh, born 1970-01-01, aneurysm";

    private readonly RecordFile file = new();
    private readonly RecordKey key = RecordKey.New();

    private IRecordStore Bare => file.Store;

    private IRecordStore Store => With(new RecordKeys(key));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => file.DisposeAsync();

    [Fact]
    public async Task What_a_patient_said_is_nowhere_in_the_files()
    {
        await Store.InsertedAsync("patient|1", Canary);
        await Store.MustCommitAsync(new Change.Upsert("patient|2", Body(Canary)));
        await Store.MustCommitAsync(new Change.Replace("patient|2", Body(Canary), (await Store.FindAsync("patient|2", default))!.ETag));
        Assert.Equal(Canary, (await Store.FindAsync("patient|1", default)).Text());
        Assert.Equal(Canary, (await Store.ToListAsync(Rows.Patients))[1].Text());
        Assert.False(Holds(file.AllBytes(), Canary));
    }

    [Fact]
    public async Task The_search_for_plain_text_would_find_it()
    {
        await Bare.InsertedAsync("patient|1", Canary);
        Assert.True(Holds(file.AllBytes(), Canary));
    }

    [Fact]
    public async Task Equal_bodies_are_stored_differently()
    {
        await Store.MustCommitAsync(Insert("a", "same"), Insert("b", "same"));
        var stored = await Bare.ToListAsync(new RowRange("a", "c"));
        Assert.False(stored[0].Body.Span.SequenceEqual(stored[1].Body.Span));
    }

    [Fact]
    public async Task A_body_moved_to_another_row_is_refused()
    {
        await Store.MustCommitAsync(Insert("a"), Insert("b"));
        await Bare.MustCommitAsync(new Change.Upsert("b", (await Bare.FindAsync("a", default))!.Body));
        await MustRefuseAsync(Store, "b");
        Assert.Equal("body", (await Store.FindAsync("a", default)).Text());
    }

    [Fact]
    public async Task A_body_moved_to_another_clinic_is_refused()
    {
        await Store.InsertedAsync("a");
        await file.Records.Open("southside").MustCommitAsync(new Change.Upsert("a", (await Bare.FindAsync("a", default))!.Body));
        await MustRefuseAsync(new EncryptedRecordStores(file.Records, new RecordKeys(key)).Open("southside"), "a");
    }

    [Fact]
    public void Every_single_flipped_bit_is_refused()
    {
        var cipher = new RecordCipher("northside", new RecordKeys(key));
        var stored = cipher.Encrypt("a", Body("body").Span);
        for (var bit = 0; bit < stored.Length * 8; bit++)
        {
            var flipped = stored.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<RecordIntegrityException>(() => cipher.Decrypt("a", flipped));
        }

        Assert.Equal("body"u8, cipher.Decrypt("a", stored));
    }

    [Fact]
    public void Every_shortened_or_lengthened_body_is_refused()
    {
        var cipher = new RecordCipher("northside", new RecordKeys(key));
        var stored = cipher.Encrypt("a", Body("body").Span);
        for (var length = 0; length < stored.Length; length++)
        {
            Assert.Throws<RecordIntegrityException>(() => cipher.Decrypt("a", stored.AsSpan(0, length)));
        }

        Assert.Throws<RecordIntegrityException>(() => cipher.Decrypt("a", [.. stored, 0]));
    }

    [Fact]
    public async Task A_body_altered_in_the_file_is_refused_by_find_and_by_list()
    {
        await Store.InsertedAsync("a");
        var stored = (await Bare.FindAsync("a", default))!.Body.ToArray();
        stored[^1] ^= 1;
        await Bare.MustCommitAsync(new Change.Upsert("a", stored));
        await MustRefuseAsync(Store, "a");
    }

    [Fact]
    public async Task A_row_that_was_never_encrypted_is_refused_without_showing_it()
    {
        await Bare.InsertedAsync("a", Canary);
        var refusal = await Assert.ThrowsAsync<RecordIntegrityException>(() => Store.FindAsync("a", default));
        Assert.Equal("a", refusal.Key);
        Assert.DoesNotContain("Marigold", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_rotation_old_rows_still_read_and_new_ones_need_the_new_key()
    {
        await Store.InsertedAsync("old", "before");
        var rotated = With(new RecordKeys(RecordKey.New(), key));
        await rotated.InsertedAsync("new", "after");
        Assert.Equal("before", (await rotated.FindAsync("old", default)).Text());
        Assert.Equal("after", (await rotated.FindAsync("new", default)).Text());
        await MustRefuseAsync(Store, "new");
    }

    [Fact]
    public async Task A_rewritten_row_no_longer_needs_the_old_key()
    {
        var old = await Store.InsertedAsync("a", "before");
        var renewed = RecordKey.New();
        await With(new RecordKeys(renewed, key)).MustCommitAsync(new Change.Replace("a", Body("after"), old.ETag));
        Assert.Equal("after", (await With(new RecordKeys(renewed)).FindAsync("a", default)).Text());
    }

    [Fact]
    public async Task A_key_of_the_same_name_with_other_bytes_is_refused()
    {
        await Store.InsertedAsync("a");
        await MustRefuseAsync(With(new RecordKeys(new RecordKey(key.Id, new byte[32]))), "a");
    }

    [Fact]
    public void Two_keys_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => new RecordKeys(key, new RecordKey(key.Id, new byte[32])));

    [Theory]
    [InlineData("", 32)]
    [InlineData("Upper", 32)]
    [InlineData("a\nb", 32)]
    [InlineData("ok", 31)]
    [InlineData("ok", 33)]
    [InlineData("ok", 16)]
    public void Keys_of_a_wrong_name_or_length_are_refused(string id, int bytes) =>
        Assert.Throws<ArgumentException>(() => new RecordKey(id, new byte[bytes]));

    [Fact]
    public void A_key_never_shows_its_secret() => Assert.Equal(key.Id, $"{key}");

    private IRecordStore With(RecordKeys keys) => new EncryptedRecordStores(file.Records, keys).Open("northside");

    private static async Task MustRefuseAsync(IRecordStore store, string row)
    {
        Assert.Equal(row, (await Assert.ThrowsAsync<RecordIntegrityException>(() => store.FindAsync(row, default))).Key);
        await Assert.ThrowsAsync<RecordIntegrityException>(() => store.ToListAsync(RowRange.StartingWith(row)));
    }

    private static bool Holds(byte[] bytes, string text) =>
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
}
