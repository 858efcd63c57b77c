using System.Diagnostics;
using System.Reflection;
using System.Text;

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

    public static WorkerProcess Start(string host, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(Folder, "KetamineIntake.Functions.dll"), "--functions-uri", host, "--functions-worker-id", Guid.NewGuid().ToString(),
                "--functions-request-id", Guid.NewGuid().ToString(), "--functions-grpc-max-message-length", "134217728"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = Folder;
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
