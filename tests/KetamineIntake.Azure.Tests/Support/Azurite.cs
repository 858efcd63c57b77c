using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace KetamineIntake.Azure.Tests.Support;

/// <summary>Azurite, Microsoft's emulator of a storage account, from npm: installed once into the temporary folder, started once for the test run, in memory.</summary>
internal sealed class Azurite
{
    private const string Version = "3.35.0";

    // The emulator's own published account: no secret.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly Lazy<Task<Azurite>> Started = new(StartOnceAsync);

    private Azurite(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    /// <summary>The running emulator. Where it cannot be had the tests that need it fail and say so: xunit 2 can skip no test once it runs, and a contract that nobody checked is not kept.</summary>
    public static Task<Azurite> StartAsync() => Started.Value;

    /// <summary>One of its own, for tests that start a worker: its queues are nobody else's.</summary>
    public static Task<Azurite> StartAnotherAsync() => StartOnceAsync();

    private static async Task<Azurite> StartOnceAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"ketamine-intake-azurite-{Version}");
        var script = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script) && !await InstallAsync(folder))
        {
            throw new InvalidOperationException("Azurite could not be installed: npm or its registry is not to be had here. Without it nothing is known about the Azure records.");
        }

        int[] ports = [FreePort(), FreePort(), FreePort()];
        var process = Start("node", [
            script, "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--inMemoryPersistence",
            "--blobPort", $"{ports[0]}", "--queuePort", $"{ports[1]}", "--tablePort", $"{ports[2]}"]);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill(entireProcessTree: true);
        await AnswersAsync(ports[1]);
        await AnswersAsync(ports[2]);
        return new Azurite(
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{ports[0]}/{Account};"
            + $"QueueEndpoint=http://127.0.0.1:{ports[1]}/{Account};TableEndpoint=http://127.0.0.1:{ports[2]}/{Account};");
    }

    private static async Task<bool> InstallAsync(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var npm = Start("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", $"azurite@{Version}"]);
            await npm.WaitForExitAsync();
            return npm.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task AnswersAsync(int port)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(30);)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException("Azurite did not start.");
    }
}
