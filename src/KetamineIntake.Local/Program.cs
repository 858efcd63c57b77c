using System.CommandLine;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Commands;

try
{
    return await LocalCommands.Root().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or InvalidOperationException or RecordStoreException)
{
    // What stops a start (no key, a folder that is not ours, a taken port, a faulty protocol) is told in its own words.
    Console.Error.WriteLine(refused.Message);
    return 1;
}
