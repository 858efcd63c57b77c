using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Labs;

/// <summary>One row of the recheck index. Its key is all that it says.</summary>
internal static class RecheckRow
{
    /// <summary>
    /// The row, or null. One that cannot be read is first written again as it was, which is empty: only what can be read has an ETag to be deleted by. When
    /// another run deletes it meanwhile it stands once more, and the patient is judged once more, which changes nothing.
    /// </summary>
    /// <exception cref="RecordStoreException">The store could not answer.</exception>
    public static async Task<Row?> FindAsync(IRecordStore records, string key, CancellationToken cancellation)
    {
        try
        {
            return await records.FindAsync(key, cancellation);
        }
        catch (RecordIntegrityException)
        {
            await records.CommitAsync([new Change.Upsert(key, ReadOnlyMemory<byte>.Empty)], cancellation);
            return await records.FindAsync(key, cancellation);
        }
    }
}
