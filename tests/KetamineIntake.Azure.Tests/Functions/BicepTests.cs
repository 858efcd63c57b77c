using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KetamineIntake.Azure.Tests.Functions;

/// <summary>The build of the infrastructure is the compiler's: what it only warns of must stop it.</summary>
public sealed class BicepTests
{
    [LinuxFact]
    public async Task A_property_that_no_resource_has_stops_the_build()
    {
        using var copy = new KetamineIntake.Tests.Support.TemporaryFolder();
        foreach (var file in Directory.GetFiles(Source, "*.*", SearchOption.AllDirectories).Where(f => f.EndsWith(".bicep", StringComparison.Ordinal) || f.EndsWith(".bicepparam", StringComparison.Ordinal) || f.EndsWith("infra.csproj", StringComparison.Ordinal) || f.EndsWith("packages.lock.json", StringComparison.Ordinal)))
        {
            var target = copy[Path.GetRelativePath(Source, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var storage = copy[Path.Combine("modules", "storage.bicep")];
        var text = await File.ReadAllTextAsync(storage);
        Assert.Contains("publicNetworkAccess:", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(storage, text.Replace("publicNetworkAccess:", "publicNetworkDoor:", StringComparison.Ordinal));

        var (code, output) = await BuildAsync(copy["infra.csproj"]);
        Assert.NotEqual(0, code);
        Assert.Contains("BCP037", output, StringComparison.Ordinal);
    }

    private static string Source { get; } = Path.GetFullPath(Path.Combine(Worker.WorkerProcess.Folder, "..", "..", "..", "..", "..", "infra"));

    private static async Task<(int Code, string Output)> BuildAsync(string project)
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", project, "--nologo", "-v", "q"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return (build.ExitCode, output);
    }

    /// <summary>The compiler comes as a package for Linux on x64; elsewhere the test says by name that it did not run.</summary>
    private sealed class LinuxFactAttribute : FactAttribute
    {
        public LinuxFactAttribute()
        {
            if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
            {
                Skip = "The Bicep compiler's package runs on Linux x64 only: nothing is known here about the infrastructure.";
            }
        }
    }
}
