using KetamineIntake.Azure.Tests.Support;
using KetamineIntake.Core.Records;
using KetamineIntake.Tests.Records;

namespace KetamineIntake.Azure.Tests.Records;

/// <summary>The contract on the bare Azure Tables adapter.</summary>
[NeedsEmulator]
public sealed class TableRecordStoreTests : RecordStoreContract
{
    private TestStorage? storage;
    private IRecordStores? stores;

    protected override IRecordStores Stores => stores!;

    public override async Task InitializeAsync()
    {
        storage = await TestStorage.StartAsync();
        stores = storage.Records;
    }

    public override async Task DisposeAsync()
    {
        if (storage is not null)
        {
            await storage.DisposeAsync();
        }
    }
}

/// <summary>The contract on the Azure Tables adapter behind everything that the host puts in front of it.</summary>
[NeedsEmulator]
public sealed class EncryptedTableRecordStoreTests : RecordStoreContract
{
    private readonly RecordKeys keys = new(RecordKey.New());
    private TestStorage? storage;
    private IRecordStores? stores;

    protected override IRecordStores Stores => stores!;

    public override async Task InitializeAsync()
    {
        storage = await TestStorage.StartAsync();
        stores = new OutboxSignallingStores(new EncryptedRecordStores(storage.Records, keys), static _ => { });
    }

    public override async Task DisposeAsync()
    {
        if (storage is not null)
        {
            await storage.DisposeAsync();
        }
    }
}
