using KetamineIntake.Core.Records;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Records;

/// <summary>The contract on the store that other tests trust to be one.</summary>
public sealed class MemoryStoresTests : RecordStoreContract
{
    private readonly MemoryStores stores = new();

    protected override IRecordStores Stores => stores;

    public override Task DisposeAsync() => Task.CompletedTask;
}
