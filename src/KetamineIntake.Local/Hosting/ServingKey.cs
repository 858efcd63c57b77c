using System.Text;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Local.Hosting;

/// <summary>Which key the server that started last writes with: bodies put under another one would be closed to it.</summary>
internal sealed class ServingKey(IRecordStores stores, RecordKeys keys)
{
    private const string Partition = "_host";
    private const string Key = "serving-key";

    public Task KeepAsync(CancellationToken cancellation) =>
        stores.Open(Partition).CommitAsync([new Change.Upsert(Key, Encoding.ASCII.GetBytes(keys.Current.Id))], cancellation);

    public async Task<bool> IsCurrentAsync(CancellationToken cancellation) =>
        await stores.Open(Partition).FindAsync(Key, cancellation) is { } row && Encoding.ASCII.GetString(row.Body.Span) == keys.Current.Id;
}
