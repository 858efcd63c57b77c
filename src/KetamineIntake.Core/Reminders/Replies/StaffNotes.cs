using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>What staff have to see about texts: danger first, then oldest.</summary>
public sealed class StaffNotes(IClock clock)
{
    private const int Most = 100;

    public async Task<IReadOnlyList<StaffNote>> ListAsync(ClinicContext clinic, StaffMember by, CancellationToken cancellation)
    {
        await Audit.ReadAsync(clinic.Records, new AuditEntry(clock.GetCurrentInstant(), by.Id, "notes.read", "note"), cancellation);
        return [.. (await RowsAsync(clinic, cancellation)).Select(RecordJson.Read<StaffNote>)];
    }

    /// <summary>Somebody has dealt with it. False when there is no such open note.</summary>
    public async Task<bool> CloseAsync(ClinicContext clinic, string id, StaffMember by, CancellationToken cancellation)
    {
        var row = (await RowsAsync(clinic, cancellation)).FirstOrDefault(r => r.Key.EndsWith("|" + id, StringComparison.Ordinal));
        if (row is null || !RowId.IsValid(id))
        {
            return false;
        }

        var note = RecordJson.Read<StaffNote>(row);
        var closed = Rows.Note(false, note.Kind == NoteKind.Crisis, note.At, note.Id);
        return await clinic.Records.CommitAsync(
            [new Change.Delete(row.Key, row.ETag), new Change.Insert(closed, row.Body), new AuditEntry(clock.GetCurrentInstant(), by.Id, "note.close", closed).ToChange()],
            cancellation) is CommitResult.Committed;
    }

    private static async Task<List<Row>> RowsAsync(ClinicContext clinic, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await foreach (var row in clinic.Records.ListAsync(Rows.OpenNotes, cancellation))
        {
            rows.Add(row);
            if (rows.Count == Most)
            {
                break;
            }
        }

        return rows;
    }
}
