using KetamineIntake.Core.Records;
using static KetamineIntake.Tests.Records.RecordSamples;

namespace KetamineIntake.Tests.Records;

/// <content>Ranges, order and pages.</content>
public abstract partial class RecordStoreContract
{
    [Fact]
    public async Task Rows_are_listed_in_ordinal_order()
    {
        string[] keys = ["a", "B", "a|1", "a|10", "a|2", "a0", "Z", "a b", "a-b", "_", "A", "a|", "{", "a}", "%", "_x"];
        await Store.MustCommitAsync([.. keys.Select(key => Insert(key))]);
        Assert.Equal(keys.Order(StringComparer.Ordinal), await Store.KeysAsync(new RowRange(" ", "~")));
    }

    [Fact]
    public async Task A_range_starts_with_its_first_key_and_ends_before_its_last()
    {
        await Store.MustCommitAsync(Insert("a"), Insert("b"), Insert("c"), Insert("d"));
        Assert.Equal(["b", "c"], await Store.KeysAsync(new RowRange("b", "d")));
        Assert.Empty(await Store.KeysAsync(new RowRange("b", "b")));
        Assert.Empty(await Store.KeysAsync(new RowRange("d", "b")));
        Assert.Empty(await Store.KeysAsync(new RowRange("e", "z")));
    }

    [Fact]
    public async Task A_prefix_lists_its_own_rows_only()
    {
        await Store.MustCommitAsync(Insert("lab|1"), Insert("lab|1|x"), Insert("lab|2"), Insert("labs|1"), Insert("LAB|1"), Insert("l%b|1"), Insert("lab}"));
        Assert.Equal(["lab|1", "lab|1|x", "lab|2"], await Store.KeysAsync(RowRange.StartingWith("lab|")));
    }

    [Fact]
    public async Task A_list_goes_on_behind_the_key_that_was_read_last()
    {
        await Store.MustCommitAsync(Insert("a"), Insert("a "), Insert("a|"), Insert("b"));
        var all = new RowRange(" ", "~");
        Assert.Equal(["a ", "a|", "b"], await Store.KeysAsync(all.After("a")));
        Assert.Equal(["b"], await Store.KeysAsync(all.After("a|")));
        Assert.Empty(await Store.KeysAsync(all.After("b")));
    }

    [Fact]
    public async Task More_rows_than_any_page_holds_come_complete_and_in_order()
    {
        var keys = Enumerable.Range(0, 2_500).Select(i => $"a|{i:0000}").ToArray();
        foreach (var chunk in keys.Chunk(100))
        {
            await Store.MustCommitAsync([.. chunk.Select(key => Insert(key, key))]);
        }

        var rows = await Store.ToListAsync(RowRange.StartingWith("a|"));
        Assert.Equal(keys, rows.Select(row => row.Key));
        Assert.All(rows, row => Assert.Equal(row.Key, row.Text()));
    }

    [Fact]
    public async Task Many_large_rows_come_complete_and_in_order()
    {
        var keys = Enumerable.Range(0, 60).Select(i => $"a|{i:0000}").ToArray();
        foreach (var key in keys)
        {
            await Store.MustCommitAsync(new Change.Insert(key, new byte[50_000]));
        }

        Assert.Equal(keys, await Store.KeysAsync(RowRange.StartingWith("a|")));
    }

    [Fact]
    public async Task The_store_can_be_changed_while_a_list_is_read()
    {
        await Store.MustCommitAsync([.. Enumerable.Range(0, 100).Select(i => Insert($"a|{i:000}"))]);
        var read = 0;
        await foreach (var row in Store.ListAsync(RowRange.StartingWith("a|"), default))
        {
            await Store.MustCommitAsync(new Change.Delete(row.Key, row.ETag));
            read++;
        }

        Assert.Equal(100, read);
        Assert.Empty(await Store.ToListAsync(RowRange.StartingWith("a|")));
    }
}
