using NodaTime;

namespace KetamineIntake.Core.Records;

/// <summary>Who did what to which record, and when. Written in the same commit as a change, and before a record is shown.</summary>
/// <param name="By">Id of the staff key, or "patient" for the public form and API.</param>
/// <param name="Action">For example referral.read, referral.decide.</param>
/// <param name="Subject">Key of the record; ids only.</param>
public sealed record AuditEntry(Instant At, string By, string Action, string Subject)
{
    /// <summary>The audit row that rides in a commit.</summary>
    public Change ToChange() => new Change.Insert(Rows.AuditEntry(At, RowId.New()), RecordJson.Write(this));
}

internal static class Audit
{
    /// <summary>Records a read. When this fails the read fails: what cannot be accounted for is not shown.</summary>
    public static async Task ReadAsync(IRecordStore records, AuditEntry entry, CancellationToken cancellation) =>
        await records.CommitAsync([entry.ToChange()], cancellation);
}
