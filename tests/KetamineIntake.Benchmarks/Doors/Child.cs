using System.Diagnostics;

namespace KetamineIntake.Benchmarks.Doors;

/// <summary>A process of this measurement, with so many descriptors; ended with it.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process process;

    private Child(Process process) => this.process = process;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public int Port { get; private set; }

    public static Child Start(int descriptors, string dll, params string[] arguments) => new(Process.Start(
        new ProcessStartInfo("bash", ["-c", $"ulimit -n {descriptors} && exec dotnet \"$@\"", "bash", dll, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!);

    /// <summary>Its port, as its line "ready" says it.</summary>
    public async Task<Child> ReadyAsync()
    {
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                Port = new Uri(line[6..]).Port;
                return this;
            }
        }

        throw new InvalidOperationException("It did not become ready.");
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
