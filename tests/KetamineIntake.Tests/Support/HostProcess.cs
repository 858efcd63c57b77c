using System.Diagnostics;
using System.Text;

namespace KetamineIntake.Tests.Support;

/// <summary>A host in a process of its own, so that it can be killed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder output;

    private HostProcess(Process process, StringBuilder output, Uri url) => (this.process, this.output, Url) = (process, output, url);

    public Uri Url { get; }

    /// <summary>All that it wrote so far.</summary>
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

    public static Task<HostProcess> StartLocalAsync(string data, params string[] more) =>
        StartDotnetAsync("KetamineIntake.Local.dll", [.. more.Contains("--urls") ? Array.Empty<string>() : ["--urls", "http://127.0.0.1:0"], "--data", data, .. more], data);

    public static Task<HostProcess> StartLocalAsync(string data, IReadOnlyDictionary<string, string> environment) =>
        StartDotnetAsync("KetamineIntake.Local.dll", ["--urls", "http://127.0.0.1:0", "--data", data], data, environment);

    /// <summary>With so many descriptors and no more, as ulimit sets them.</summary>
    public static Task<HostProcess> StartLimitedAsync(string data, int descriptors) => StartAsync(
        "bash", ["-c", $"ulimit -n {descriptors} && exec dotnet \"$@\"", "bash", Path.Combine(AppContext.BaseDirectory, "KetamineIntake.Local.dll"), "--urls", "http://127.0.0.1:0", "--data", data], data);

    public bool HasExited => process.HasExited;

    public static Task<HostProcess> StartFaultyAsync(string data, string fault) =>
        StartDotnetAsync("KetamineIntake.FaultyHost.dll", ["http://127.0.0.1:0", data, fault]);

    /// <summary>The files that are in its memory (Linux).</summary>
    public Task<string> MappedAsync() => File.ReadAllTextAsync($"/proc/{process.Id}/maps");

    /// <summary>kill -9: no handler runs, no buffer is flushed.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a supervisor stops a program; answers with its exit code once it is gone.</summary>
    public async Task<int> StopAsync()
    {
        using (var signal = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>What its descriptors stand for (Linux).</summary>
    public IReadOnlyList<string> OpenFiles() =>
        [.. Directory.GetFiles($"/proc/{process.Id}/fd").Select(f => new FileInfo(f).LinkTarget).OfType<string>()];

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static Task<HostProcess> StartDotnetAsync(string dll, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null) =>
        StartAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, dll), .. arguments], folder, environment);

    private static async Task<HostProcess> StartAsync(string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? string.Empty,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var started = Process.Start(start)!;
        var written = new StringBuilder();
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(string? line)
        {
            lock (written)
            {
                written.AppendLine(line);
            }

            if (line?.StartsWith("ready ", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult(new Uri(line[6..]));
            }
        }

        started.OutputDataReceived += (_, e) => Read(e.Data);
        started.ErrorDataReceived += (_, e) => Read(e.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        var exited = started.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, exited, Task.Delay(StartLimit)) != ready.Task)
        {
            started.Kill();
            throw new InvalidOperationException($"{string.Join(' ', arguments)} did not become ready:{Environment.NewLine}{written}");
        }

        return new HostProcess(started, written, await ready.Task);
    }
}
