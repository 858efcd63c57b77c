using System.CommandLine;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Commands;

namespace KetamineIntake.Local;

internal static class Program
{
    // The parser would end the process two seconds after a signal, with the store still open; a container is killed after ten.
    private static readonly TimeSpan UntilKilled = TimeSpan.FromSeconds(9);

    private static async Task<int> Main(string[] args)
    {
        try
        {
            return await LocalCommands.Root().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = UntilKilled });
        }
        catch (Exception refused) when (refused is IOException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException or RecordStoreException)
        {
            // What stops a start (no key, a folder that is not ours, a taken port, a faulty protocol) is told in its own words.
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
        catch (RecordIntegrityException unreadable)
        {
            await Console.Error.WriteLineAsync($"{unreadable.Message} Either record-key.txt is not the key of these records, or they are damaged: restore both from their copies.");
            return 1;
        }
    }
}
