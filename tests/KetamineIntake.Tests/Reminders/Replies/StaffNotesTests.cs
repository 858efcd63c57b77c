using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Replies;

public class StaffNotesTests
{
    [Fact]
    public async Task Danger_stands_first_then_the_oldest_and_the_look_is_accounted_for()
    {
        await using var clinic = await TestClinic.StartAsync();
        var now = clinic.Clock.Now;
        await AddAsync(clinic, NoteKind.Reply, 2);
        await AddAsync(clinic, NoteKind.TextFailed, 1);
        await AddAsync(clinic, NoteKind.Crisis, 9);
        await AddAsync(clinic, NoteKind.Crisis, 8);

        var notes = await new StaffNotes(clinic.Clock).ListAsync(clinic.Context, clinic.Ana, default);

        Assert.Equal([(NoteKind.Crisis, 8), (NoteKind.Crisis, 9), (NoteKind.TextFailed, 1), (NoteKind.Reply, 2)], notes.Select(n => (n.Kind, (int)(n.At - now).TotalMinutes)));
        Assert.Contains(new AuditEntry(now, clinic.Ana.Id, "notes.read", "note"), await AuditAsync(clinic));
    }

    [Theory]
    [InlineData(NoteKind.Reply, false)]
    [InlineData(NoteKind.Crisis, true)]
    public async Task A_closed_note_is_kept_under_its_own_rank_with_who_closed_it(NoteKind kind, bool urgent)
    {
        await using var clinic = await TestClinic.StartAsync();
        var notes = new StaffNotes(clinic.Clock);
        var note = await AddAsync(clinic, kind, 3);
        var other = await AddAsync(clinic, NoteKind.Reply, 4);

        Assert.True(await notes.CloseAsync(clinic.Context, note.Id, clinic.Ben, default));

        var closed = Rows.Note(false, urgent, note.At, note.Id);
        Assert.Equal(note.Words, RecordJson.Read<StaffNote>((await clinic.Context.Records.FindAsync(closed, default))!).Words);
        Assert.Contains(new AuditEntry(clinic.Clock.Now, clinic.Ben.Id, "note.close", closed), await AuditAsync(clinic));
        Assert.Equal(other.Id, Assert.Single(await notes.ListAsync(clinic.Context, clinic.Ana, default)).Id);
        Assert.False(await notes.CloseAsync(clinic.Context, note.Id, clinic.Ben, default));
    }

    [Fact]
    public async Task What_is_no_id_closes_nothing()
    {
        await using var clinic = await TestClinic.StartAsync();
        var note = await AddAsync(clinic, NoteKind.Reply, 3);
        var key = Rows.Note(true, false, note.At, note.Id);
        var notes = new StaffNotes(clinic.Clock);

        foreach (var id in new[] { "", "x", RowId.New(), note.Id[1..], key["note|".Length..] })
        {
            Assert.False(await notes.CloseAsync(clinic.Context, id, clinic.Ana, default));
        }

        Assert.NotNull(await clinic.Context.Records.FindAsync(key, default));
    }

    [Fact]
    public async Task Of_two_who_close_at_once_one_is_told_that_nothing_is_open()
    {
        await using var clinic = await TestClinic.StartAsync();
        var note = await AddAsync(clinic, NoteKind.Reply, 3);
        var stores = new MeddlingStores(clinic.Stores) { Conflicts = 1 };

        Assert.False(await new StaffNotes(clinic.Clock).CloseAsync(clinic.Context with { Records = stores.Open("northside") }, note.Id, clinic.Ana, default));
    }

    [Theory]
    [InlineData("Crisis")]
    [InlineData("Reply")]
    [InlineData("Reschedule")]
    [InlineData("OptedOut")]
    [InlineData("MayOptOut")]
    [InlineData("TextFailed")]
    [InlineData("Visits")]
    public async Task A_stored_note_is_read_whatever_kind_it_had_when_it_was_kept(string kind)
    {
        await using var clinic = await TestClinic.StartAsync();
        var id = RowId.New();
        var body = $$"""{"id":"{{id}}","kind":"{{kind}}","at":"2026-11-16T15:00:00Z","phone":"","patientIds":[],"words":"w"}""";
        await clinic.Context.Records.CommitAsync([new Change.Insert(Rows.Note(true, false, clinic.Clock.Now, id), System.Text.Encoding.UTF8.GetBytes(body))], default);

        Assert.Equal(kind, Assert.Single(await new StaffNotes(clinic.Clock).ListAsync(clinic.Context, clinic.Ana, default)).Kind.ToString());
    }

    private static async Task<StaffNote> AddAsync(TestClinic clinic, NoteKind kind, int minute)
    {
        var note = new StaffNote(RowId.New(), kind, clinic.Clock.Now + Duration.FromMinutes(minute), "+12125550123", [], "words");
        await clinic.Context.Records.CommitAsync([note.Insert()], default);
        return note;
    }

    private static async Task<List<AuditEntry>> AuditAsync(TestClinic clinic) => [.. (await clinic.RowsAsync(Rows.Audit)).Select(RecordJson.Read<AuditEntry>)];
}
