using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using KetamineIntake.Azure.Hosting;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Azure.Tests.Functions;

/// <summary>What the code needs, the infrastructure declares. This compares names; it deploys nothing.</summary>
public sealed class InfrastructureTests
{
    // A developer's choices: in Azure identities take the place of connection strings, and Event Grid comes through the queue.
    private static readonly string[] DevelopersOnly = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage", "Records", "Sms__ConnectionString", "SmsEventsKey"];

    // Failed messages, three kinds of work that waits, and four answers about texts.
    private const int AlertedLines = 8;

    private static string Bicep { get; } = string.Concat(
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "infra"), "*.bicep", SearchOption.AllDirectories).Select(File.ReadAllText));

    [Fact]
    public void Every_queue_is_declared_and_no_other()
    {
        var declared = Regex.Match(Bicep, @"var queues = \[(?<queues>.*?)\]", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["queues"].Value;
        Assert.Equal(
            Queues.All.Order(StringComparer.Ordinal),
            declared.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(q => q.Trim('\'')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_that_azure_needs_is_set()
    {
        var needed = SettingsSample.Values.Keys.Except(DevelopersOnly, StringComparer.Ordinal).Select(name => name.Replace("Clinics__0__", "Clinics__${i}__", StringComparison.Ordinal));
        Assert.All(needed, name => Assert.Matches($@"\W{Regex.Escape(name)}'?:", Bicep));
    }

    [Fact]
    public void An_address_that_is_too_long_for_a_text_is_refused_before_anything_is_deployed()
    {
        var main = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "infra", "main.bicep"));
        var site = Regex.Match(main, @"@maxLength\((?<most>[0-9]+)\)\n@description\([^\n]*\)\nparam site string\n", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.True(site.Success, "The parameter site must be required and have a greatest length.");
        Assert.Equal(SmsSignature.MaximumLinkBase, int.Parse(site.Groups["most"].Value, CultureInfo.InvariantCulture));
        Assert.DoesNotContain("azurewebsites.net'", Bicep, StringComparison.Ordinal);
        Assert.DoesNotContain("defaultHostName}", Bicep, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_alert_on_a_log_line_names_one_that_the_code_writes()
    {
        var written = typeof(HttpTriggers).Assembly.GetTypes().Concat(typeof(AzureSettings).Assembly.GetTypes()).Where(t => t.FullName is "KetamineIntake.Functions.Log" or "KetamineIntake.Azure.Reminders.TextLog")
            .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(m => m.GetCustomAttribute<LoggerMessageAttribute>()?.Message)
            .OfType<string>()
            .SelectMany(message => Trigger.Of<TimerTriggerAttribute>().Select(timer => message.Replace("{Timer}", timer.Name, StringComparison.Ordinal)))
            .ToList();
        var watched = Regex.Matches(Bicep, "Message startswith \"(?<line>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => m.Groups["line"].Value).ToList();
        Assert.Equal(Trigger.Of<TimerTriggerAttribute>().Count() + AlertedLines, watched.Count);
        Assert.All(Trigger.Of<TimerTriggerAttribute>(), timer => Assert.Contains($"The timer {timer.Name} ran", watched));
        Assert.All(watched, line => Assert.Contains(written, message => message.StartsWith(line, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_host_reads_queues_as_the_sender_writes_them()
    {
        var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json"))).RootElement.GetProperty("extensions");
        Assert.Equal("base64", host.GetProperty("queues").GetProperty("messageEncoding").GetString());
        Assert.Equal(5, host.GetProperty("queues").GetProperty("maxDequeueCount").GetInt32());
        Assert.Equal("", host.GetProperty("http").GetProperty("routePrefix").GetString());
    }
}
