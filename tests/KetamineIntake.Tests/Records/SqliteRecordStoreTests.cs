using KetamineIntake.Core.Records;

namespace KetamineIntake.Tests.Records;

/// <summary>The contract on the bare SQLite adapter.</summary>
public sealed class SqliteRecordStoreTests : RecordStoreContract
{
    private readonly RecordFile file = new();

    protected override IRecordStores Stores => file.Records;

    public override Task DisposeAsync() => file.DisposeAsync();
}

/// <summary>The contract on the SQLite adapter behind everything that a host puts in front of it.</summary>
public sealed class EncryptedSqliteRecordStoreTests : RecordStoreContract
{
    private readonly RecordFile file = new();
    private readonly RecordKeys keys = new(RecordKey.New());

    protected override IRecordStores Stores => new OutboxSignallingStores(new EncryptedRecordStores(file.Records, keys), static _ => { });

    public override Task DisposeAsync() => file.DisposeAsync();
}
