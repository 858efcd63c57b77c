using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <param name="Next">Where the next page goes on; null when this was the last.</param>
public sealed record NotePage(IReadOnlyList<StaffNote> Items, string? Next);

/// <summary>Where a page of notes ended, as an opaque text that carries no patient data.</summary>
public static class NoteCursor
{
    public static string Of(string key) => RowCursor.Of(key);

    /// <summary>The key to go on behind, or null when the text is no cursor.</summary>
    public static string? TryParse(string cursor) => RowCursor.TryParse(cursor, Rows.OpenNotes);
}

/// <summary>What staff have to see about texts: danger first, then oldest.</summary>
public sealed class StaffNotes(IClock clock)
{
    public const int MaximumLimit = 200;

    /// <summary>More are counted as this many: whoever has so many has to call now, however many there are.</summary>
    public const int MostCounted = 100;

    /// <param name="limit">1 to <see cref="MaximumLimit"/>.</param>
    /// <param name="after"><see cref="NotePage.Next"/> of the page before; null for the first.</param>
    /// <exception cref="ArgumentException">The cursor is none.</exception>
    public async Task<NotePage> PageAsync(ClinicContext clinic, int limit, string? after, StaffMember by, CancellationToken cancellation)
    {
        var range = after is null ? Rows.OpenNotes : Rows.OpenNotes.After(NoteCursor.TryParse(after) ?? throw new ArgumentException("Not a cursor.", nameof(after)));
        await Audit.ReadAsync(clinic.Records, new AuditEntry(clock.GetCurrentInstant(), by.Id, "notes.read", "note"), cancellation);
        var rows = new List<Row>();
        await foreach (var row in clinic.Records.ListAsync(range, cancellation))
        {
            if (rows.Count == limit)
            {
                return new NotePage([.. rows.Select(RecordJson.Read<StaffNote>)], NoteCursor.Of(rows[^1].Key));
            }

            rows.Add(row);
        }

        return new NotePage([.. rows.Select(RecordJson.Read<StaffNote>)], null);
    }

    /// <summary>How many texts with crisis words nobody has dealt with yet, at most <see cref="MostCounted"/>.</summary>
    public static async Task<int> CountCrisesAsync(ClinicContext clinic, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var row in clinic.Records.ListAsync(Rows.OpenCrisisNotes, cancellation))
        {
            if (++count == MostCounted)
            {
                break;
            }
        }

        return count;
    }

    /// <summary>The open note, or null when there is none of that id.</summary>
    public async Task<StaffNote?> FindAsync(ClinicContext clinic, string id, StaffMember by, CancellationToken cancellation)
    {
        if (await FindRowAsync(clinic, id, cancellation) is not { } row)
        {
            return null;
        }

        await Audit.ReadAsync(clinic.Records, new AuditEntry(clock.GetCurrentInstant(), by.Id, "notes.read", row.Key), cancellation);
        return RecordJson.Read<StaffNote>(row);
    }

    /// <summary>
    /// Somebody has dealt with it. False when there is no such open note, it asks for a decision (see <see cref="DecideOptOut"/>), or it was being changed at the same moment: nothing is
    /// closed then.
    /// </summary>
    public async Task<bool> CloseAsync(ClinicContext clinic, string id, StaffMember by, CancellationToken cancellation)
    {
        if (await FindRowAsync(clinic, id, cancellation) is not { } row || RecordJson.Read<StaffNote>(row) is not { IsQuestion: false } note)
        {
            return false;
        }

        var closed = Rows.Note(false, note.Kind == NoteKind.Crisis, note.At, note.Id);
        return await clinic.Records.CommitAsync(
            [new Change.Delete(row.Key, row.ETag), new Change.Insert(closed, row.Body), new AuditEntry(clock.GetCurrentInstant(), by.Id, "note.close", closed).ToChange()],
            cancellation) is CommitResult.Committed;
    }

    /// <summary>The row of an open note; null when there is none of that id.</summary>
    internal static async Task<Row?> FindRowAsync(ClinicContext clinic, string id, CancellationToken cancellation)
    {
        if (!RowId.IsValid(id))
        {
            return null;
        }

        await foreach (var row in clinic.Records.ListAsync(Rows.OpenNotes, cancellation))
        {
            if (row.Key.EndsWith("|" + id, StringComparison.Ordinal))
            {
                return row;
            }
        }

        return null;
    }
}
