using System.Diagnostics;

namespace KetamineIntake.Tests.Support;

/// <summary>A command of the local program, run as somebody at the machine runs it: in a process of its own, beside one that may be serving.</summary>
internal static class LocalCommand
{
    public static async Task<(int Exit, string Output)> RunAsync(TemporaryFolder data, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "KetamineIntake.Local.dll"), .. arguments, "--data", data.Path])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
