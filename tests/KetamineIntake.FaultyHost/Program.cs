using KetamineIntake.FaultyHost;
using KetamineIntake.Local.Commands;
using KetamineIntake.Local.Hosting;

// Arguments: URLS DATA FAULT
Func<KetamineIntake.Core.Records.IRecordStores, KetamineIntake.Core.Records.IRecordStores> fault = args[2] switch
{
    "ack-before-commit" => stores => new EarlyAcknowledgement(stores),
    "drop-row" => stores => new DroppedRow(stores),
    var unknown => throw new NotSupportedException($"There is no fault named {unknown}."),
};
return await ServeCommand.RunAsync(new LocalOptions(args[0], args[1], Now: null), CancellationToken.None, fault);
