using KetamineIntake.Core.Records;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Tests.Support;
using KetamineIntake.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KetamineIntake.Azure.Tests.Functions;

/// <summary>Whatever Local serves, handles and times has its trigger in the Functions host, and the other way round. This proves parity, not Azure.</summary>
public sealed class TriggerParityTests : IDisposable
{
    private const string Pages = "WebPages";

    // "/" has no endpoint: its trigger exists so that the pipeline's own 404 answers there.
    private static readonly string[] WithoutEndpoint = ["Root", "OpenApi"];

    /// <summary>What does a timer's work in Local.</summary>
    private static readonly Dictionary<string, Type> LocalTimers = new(StringComparer.Ordinal)
    {
        ["ReleaseMessages"] = typeof(Dispatcher),
        ["FlagLabs"] = typeof(LabTimer),
    };

    private readonly TemporaryFolder data = new();
    private readonly WebApplication local;

    public TriggerParityTests()
    {
        local = LocalHost.Build(new LocalOptions("http://127.0.0.1:0", data.Path, null));
        _ = local.Services.GetRequiredService<WebPipeline>();
    }

    public void Dispose()
    {
        local.DisposeAsync().AsTask().GetAwaiter().GetResult();
        data.Dispose();
    }

    [Fact]
    public void Every_endpoint_of_the_api_has_a_trigger_of_its_own_group()
    {
        foreach (var path in Endpoints().Where(p => p.StartsWith("/api/", StringComparison.Ordinal)))
        {
            Assert.True(TriggersOf(path).Any(name => name != Pages), $"{path} has no trigger.");
        }
    }

    [Fact]
    public void Every_page_and_asset_is_behind_the_trigger_of_the_pages()
    {
        foreach (var path in Endpoints().Where(p => !p.StartsWith("/api/", StringComparison.Ordinal)))
        {
            Assert.Contains(Pages, TriggersOf(path));
        }
    }

    [Fact]
    public void The_widest_route_has_the_last_name_because_the_host_takes_the_first_that_fits() =>
        Assert.Equal(Pages, Trigger.Of<HttpTriggerAttribute>().Select(t => t.Name).Max(StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Every_http_trigger_has_an_endpoint_behind_it()
    {
        var used = Endpoints().SelectMany(TriggersOf).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], Trigger.Of<HttpTriggerAttribute>().Select(t => t.Name).Except(used, StringComparer.Ordinal).Except(WithoutEndpoint, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_http_trigger_is_anonymous_and_takes_every_method_because_the_pipeline_decides() =>
        Assert.All(Trigger.Of<HttpTriggerAttribute>(), t =>
        {
            Assert.Equal(AuthorizationLevel.Anonymous, t.Binding.AuthLevel);
            Assert.Empty(t.Binding.Methods ?? []);
        });

    [Fact]
    public void No_route_is_a_bare_slash_which_would_hang_the_host() =>
        Assert.All(Trigger.Of<HttpTriggerAttribute>(), t => Assert.False(string.IsNullOrEmpty(t.Binding.Route?.Trim('/'))));

    [Fact]
    public void Every_queue_has_exactly_one_trigger_on_the_storage_of_the_records()
    {
        var triggers = Trigger.Of<QueueTriggerAttribute>().ToList();
        Assert.Equal(Queues.All.Order(StringComparer.Ordinal), triggers.Select(t => t.Binding.QueueName).Order(StringComparer.Ordinal));
        Assert.All(triggers, t => Assert.Equal("Records", t.Binding.Connection));
    }

    [Fact]
    public void Every_queue_has_its_local_handler()
    {
        // Events about texts reach Local through their route only: nobody but Event Grid writes to that queue.
        var handled = local.Services.GetRequiredService<MessageHandlers>().ByQueue.Keys.Append(Queues.SmsEvents);
        Assert.Equal(Queues.All.Order(StringComparer.Ordinal), handled.Order(StringComparer.Ordinal));
        Assert.Contains("/api/v1/sms/events", Endpoints());
    }

    [Fact]
    public void Every_timer_has_its_schedule_in_the_settings_and_its_local_counterpart()
    {
        var timers = Trigger.Of<TimerTriggerAttribute>().ToList();
        Assert.All(timers, t => Assert.Equal($"%{t.Name}Schedule%", t.Binding.Schedule));
        Assert.All(timers, t => Assert.Contains($"{t.Name}Schedule", SettingsSample.Values.Keys));
        Assert.Equal(LocalTimers.Keys.Order(StringComparer.Ordinal), timers.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.All(LocalTimers.Values, type => Assert.NotNull(local.Services.GetService(type)));
        Assert.Single(local.Services.GetServices<IHostedService>().OfType<DispatcherService>());
    }

    [Fact]
    public void Names_of_functions_are_unique() =>
        Assert.Equal(Trigger.All.Count, Trigger.All.DistinctBy(t => t.Name, StringComparer.OrdinalIgnoreCase).Count());

    private List<string> Endpoints() =>
    [
        .. local.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(p => !p.StartsWith("/dev/", StringComparison.Ordinal) && p != "/{**path}")
            .Distinct(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> TriggersOf(string endpoint)
    {
        var path = string.Join('/', endpoint.Split('/').Select(segment => segment.StartsWith('{') ? "northside" : segment));
        return Trigger.Of<HttpTriggerAttribute>()
            .Where(t => new TemplateMatcher(TemplateParser.Parse(t.Binding.Route!), []).TryMatch(path, []))
            .Select(t => t.Name);
    }
}
