using KetamineIntake.Core.Records;
using static KetamineIntake.Tests.Records.RecordSamples;

namespace KetamineIntake.Tests.Records;

/// <content>Partitions and keys.</content>
public abstract partial class RecordStoreContract
{
    [Fact]
    public async Task Partitions_see_nothing_of_each_other()
    {
        var (north, south) = (Stores.Open("northside"), Stores.Open("southside"));
        var row = await north.InsertedAsync("a", "north");
        Assert.Null(await south.FindAsync("a", default));
        Assert.Empty(await south.ToListAsync(new RowRange(" ", "~")));
        await south.MustConflictAsync("a", new Change.Delete("a", row.ETag));
        await south.MustConflictAsync("a", new Change.Replace("a", Body("x"), row.ETag));
        await south.InsertedAsync("a", "south");
        Assert.Equal("north", (await north.FindAsync("a", default)).Text());
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("\"quoted\"")]
    [InlineData("a;DROP TABLE rows--")]
    [InlineData("100%_*[a-z]")]
    [InlineData("a$(b)`c`{0}")]
    [InlineData(" leading and trailing ")]
    [InlineData("a:b@c&d=e+f,g<h>i^!")]
    public async Task Keys_may_hold_any_allowed_character(string key)
    {
        var row = await Store.InsertedAsync(key, key);
        Assert.Equal(key, row.Text());
        Assert.Equal([key], await Store.KeysAsync(RowRange.StartingWith(key)));
        await Store.MustCommitAsync(new Change.Delete(key, row.ETag));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a~")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("é")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    public async Task Keys_with_other_characters_are_refused(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync([Insert(key)], default));
}
