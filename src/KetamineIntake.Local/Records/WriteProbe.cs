using System.Diagnostics;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Local.Records;

/// <summary>Whether the store takes a write: one is tried, at most every five seconds however many ask, and its outcome told until then.</summary>
internal sealed class WriteProbe(IRecordStores stores) : IDisposable
{
    private const string Partition = "_host";
    private const string Key = "health";
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim one = new(1, 1);
    private long? triedAt;
    private RecordStoreException? outage;

    /// <exception cref="RecordStoreException">It does not.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            if (triedAt is not { } at || Stopwatch.GetElapsedTime(at) >= Lasts)
            {
                outage = await TryAsync();
                triedAt = Stopwatch.GetTimestamp();
            }
        }
        finally
        {
            one.Release();
        }

        if (outage is not null)
        {
            throw outage;
        }
    }

    public void Dispose() => one.Dispose();

    // Not the caller's to cancel: the next one is told of it.
    private async Task<RecordStoreException?> TryAsync()
    {
        try
        {
            await stores.Open(Partition).CommitAsync([new Change.Upsert(Key, new byte[] { 1 })], CancellationToken.None);
            return null;
        }
        catch (RecordStoreException failed)
        {
            return failed;
        }
    }
}
