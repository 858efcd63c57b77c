using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Tests.Commands;

/// <summary>What somebody reads at night when the program will not start: a sentence, never a stack trace, and nothing made on the way.</summary>
public sealed class RefusalTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--urls must be", "--urls", "nonsense")]
    [InlineData("--urls must be", "--urls", "http://127.0.0.1:99999")]
    [InlineData("--urls must be", "--urls", "https://127.0.0.1:7071")]
    [InlineData("--urls must be", "--urls", "")]
    [InlineData("--site must be", "--site", "https://intake.northside.example")]
    [InlineData("--site must be", "--site", "https://v.example.org/")]
    [InlineData("--site must be", "--site", "v.example.org")]
    [InlineData("--site must be", "--site", "ftp://v.example.org")]
    [InlineData("--site must be", "--site", "")]
    [InlineData("give a shorter one with --site", "--urls", "http://[2001:db8:0:0:1:2:3:4]:0")]
    [InlineData("give a shorter one with --site", "--urls", "http://intake.northside.example:7071")]
    [InlineData("--data must name a folder", "--data", "")]
    [InlineData("Cannot listen at http://192.0.2.1:7071", "--urls", "http://192.0.2.1:7071", "--insecure")]
    [InlineData("give --proxy", "--urls", "http://0.0.0.0:7071")]
    [InlineData("give --proxy", "--urls", "http://*:7071")]
    [InlineData("give --proxy", "--urls", "http://+:7071")]
    [InlineData("give --proxy", "--urls", "http://[::]:7071")]
    [InlineData("give --proxy", "--urls", "http://192.0.2.1:7071")]
    [InlineData("give --proxy", "--urls", "http://v.example:7071")]
    [InlineData("give --proxy", "--urls", "http://localhost.example:7071")]
    [InlineData("give --proxy", "--urls", "http://127.0.0.1:7071;http://0.0.0.0:7071")]
    [InlineData("--proxy must be", "--proxy", "everybody")]
    [InlineData("--proxy must be", "--proxy", "10.0.0.0/33")]
    [InlineData("Unrecognized command", "frobnicate")]
    public async Task A_bad_option_is_told_in_a_sentence(string sentence, params string[] arguments)
    {
        string[] data = arguments.Contains("--data") ? [] : ["--data", folder["data"]];
        await AssertRefusedAsync(sentence, [.. arguments, .. data]);
    }

    [Theory]
    [InlineData("--site", "https://intake.northside.example")]
    [InlineData("--urls", "http://intake.northside.example:7071")]
    public async Task An_address_that_texts_have_no_room_for_is_refused_before_anything_is_made(params string[] arguments)
    {
        await AssertRefusedAsync("28 characters", [.. arguments, "--data", folder["data"]]);
        Assert.False(Directory.Exists(folder["data"]));
    }

    [Fact]
    public async Task A_taken_port_is_told_in_a_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await AssertRefusedAsync("address already in use", "--urls", $"http://{other.LocalEndpoint}", "--data", folder["data"]);
    }

    [Theory]
    [InlineData("rescreen")]
    [InlineData("clinic", "add", "southside", "--name", "Southside", "--time-zone", "America/Chicago", "--phone", "3125550199")]
    [InlineData("clinic", "override", "northside", "overrides.json")]
    public async Task A_command_on_a_mistyped_folder_is_refused_and_makes_nothing(params string[] arguments)
    {
        await File.WriteAllTextAsync(folder["overrides.json"], "{\"severities\":[],\"parameters\":[]}");
        await AssertRefusedAsync("There are no records in", [.. arguments.Select(a => a == "overrides.json" ? folder[a] : a), "--data", folder["typo"]]);
        Assert.False(Directory.Exists(folder["typo"]));
    }

    [Fact]
    public async Task Another_installations_key_is_told_in_a_sentence()
    {
        await StartOnceAsync();
        var other = RecordKey.New();
        await File.WriteAllTextAsync(folder["data/record-key.txt"], $"{other.Id} {Convert.ToBase64String(other.ExportSecret())}\n");
        await AssertRefusedAsync("record-key.txt is not the key", "--data", folder["data"]);
    }

    private async Task StartOnceAsync()
    {
        await using WebApplication app = LocalHost.Build(new LocalOptions("http://127.0.0.1:0", folder["data"], null));
        Assert.NotNull(await app.Services.GetRequiredService<FirstStart>().RunAsync(default));
    }

    private static async Task AssertRefusedAsync(string sentence, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "KetamineIntake.Local.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var written = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Limit);
        var text = string.Concat(await written);
        Assert.Contains(sentence, text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.Equal(1, process.ExitCode);
    }
}
