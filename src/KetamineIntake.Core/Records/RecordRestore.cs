using NodaTime;

namespace KetamineIntake.Core.Records;

/// <summary>What a restore does to the records that came back: it is on record in every clinic, and every session ends, because a new key ring is made where there is none.</summary>
public sealed class RecordRestore(IRecordStores stores, IClock clock)
{
    private const string By = "host";
    private const string Action = "records.restore";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var global = stores.Open(Rows.Global);
        var now = clock.GetCurrentInstant();
        var ring = new List<Change>();
        await foreach (var row in global.ListAsync(Rows.KeyRing, cancellation))
        {
            ring.Add(new Change.Delete(row.Key, row.ETag));
        }

        var slugs = new List<string>();
        await foreach (var row in global.ListAsync(Rows.Clinics, cancellation))
        {
            slugs.Add(RecordJson.Read<Clinics.Clinic>(row).Slug);
        }

        await CommitAsync(global, [.. ring, new AuditEntry(now, By, Action, Rows.Global).ToChange()], cancellation);
        foreach (var slug in slugs)
        {
            await CommitAsync(stores.Open(slug), [new AuditEntry(now, By, Action, Rows.Clinic(slug)).ToChange()], cancellation);
        }
    }

    private static async Task CommitAsync(IRecordStore records, List<Change> changes, CancellationToken cancellation)
    {
        foreach (var some in changes.Chunk(Changes.Maximum))
        {
            if (await records.CommitAsync(some, cancellation) is CommitResult.Conflict)
            {
                throw RecordStoreException.Contended("Somebody else writes to the records that are being restored.");
            }
        }
    }
}
