using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Replies;

public class StaffNotePagesTests
{
    [Fact]
    public async Task All_notes_are_reached_page_by_page_and_each_can_be_closed()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await AddAsync(clinic, 130, NoteKind.Reply);
        await AddAsync(clinic, 3, NoteKind.Crisis);

        var seen = new List<StaffNote>();
        string? after = null;
        do
        {
            var page = await clinic.Notes.PageAsync(clinic.Context, 50, after, clinic.Ana, default);
            seen.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null && seen.Count < 1000);

        Assert.Equal(133, seen.DistinctBy(n => n.Id).Count());
        Assert.Equal(133, seen.Count);
        Assert.All(seen.Take(3), n => Assert.Equal(NoteKind.Crisis, n.Kind));
        Assert.True(await clinic.Notes.CloseAsync(clinic.Context, seen[^1].Id, clinic.Ana, default));
        Assert.Equal(3, await StaffNotes.CountCrisesAsync(clinic.Context, default));
        Assert.True(await clinic.Notes.CloseAsync(clinic.Context, seen[0].Id, clinic.Ana, default));
        Assert.Equal(2, await StaffNotes.CountCrisesAsync(clinic.Context, default));
    }

    [Theory]
    [InlineData("nonsense!")]
    [InlineData("YXVkaXR8")]
    [InlineData("")]
    public void Only_what_a_page_gave_out_is_a_cursor(string text) => Assert.Null(NoteCursor.TryParse(text));

    private static async Task AddAsync(TextingClinic clinic, int count, NoteKind kind)
    {
        for (var i = 0; i < count; i++)
        {
            var note = new StaffNote(RowId.New(), kind, clinic.Clock.Now + Duration.FromSeconds(i), "+12125550123", [], "Words");
            await clinic.Context.Records.CommitAsync([note.Insert()], default);
        }
    }
}
