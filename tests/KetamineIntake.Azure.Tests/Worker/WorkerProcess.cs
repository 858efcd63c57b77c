using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>The built worker in a process of its own, so that it can be killed.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output;

    private WorkerProcess(Process process, StringBuilder output) => (this.process, this.output) = (process, output);

    /// <summary>Where the build put the worker.</summary>
    public static string Folder { get; } = typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "FunctionsFolder").Value!;

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <param name="folder">What was built or published; null: where the build put ours.</param>
    public static WorkerProcess Start(string host, Dictionary<string, string> settings, string? folder = null)
    {
        folder ??= Folder;
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(folder, Program(folder)), "--functions-uri", host, "--functions-worker-id", Guid.NewGuid().ToString(),
                "--functions-request-id", Guid.NewGuid().ToString(), "--functions-grpc-max-message-length", "134217728"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        var written = new StringBuilder();
        var started = new Process { StartInfo = start };
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (written)
            {
                written.AppendLine(line.Data);
            }
        };
        started.OutputDataReceived += keep;
        started.ErrorDataReceived += keep;
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return new WorkerProcess(started, written);
    }

    // Where the host looks, too.
    private static string Program(string folder)
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "worker.config.json")));
        return config.RootElement.GetProperty("description").GetProperty("defaultWorkerPath").GetString()!;
    }

    public async Task<int> ExitAsync(TimeSpan patience)
    {
        await process.WaitForExitAsync().WaitAsync(patience);
        return process.ExitCode;
    }

    /// <summary>kill -9: no handler runs.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
