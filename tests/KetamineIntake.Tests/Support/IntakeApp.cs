using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using KetamineIntake.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace KetamineIntake.Tests.Support;

/// <summary>The whole web side on a real socket, over real SQLite records: two clinics with two keys each, a clock that stands still.</summary>
public class IntakeApp : IAsyncLifetime
{
    public const string Here = "northside";
    public const string Elsewhere = "southside";

    private readonly string folder = Directory.CreateTempSubdirectory("intake-").FullName;
    private readonly ConcurrentQueue<string> logged = new();
    private SqliteRecords records = null!;
    private WebApplication app = null!;

    internal FaultyStores Stores { get; private set; } = null!;

    internal TestClock Clock { get; } = new(Instant.FromUtc(2026, 12, 1, 17, 0));

    /// <summary>What the clinics ask and judge by.</summary>
    public virtual Protocol Protocol => TestProtocol.Protocol;

    public HttpClient Client { get; private set; } = null!;

    public IReadOnlyDictionary<string, AddedClinic> Clinics { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    /// <summary>Everything that was logged, message and exception.</summary>
    public IReadOnlyCollection<string> Logged => logged;

    public static string Path(string rest, string clinic = Here) => $"/api/v1/clinics/{clinic}/{rest}";

    public async Task InitializeAsync()
    {
        records = SqliteRecords.OpenFile(System.IO.Path.Combine(folder, "records.db"));
        Stores = new FaultyStores(records);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new RecordingLogs(logged)).SetMinimumLevel(LogLevel.Information);
        builder.Services
            .AddSingleton<IClock>(Clock)
            .AddSingleton(Protocol)
            .AddSingleton<IRecordStores>(Stores)
            .AddSingleton<IFailedMessages>(new SqliteFailedMessages(records.Queue))
            .AddKetamineWeb();
        app = builder.Build();
        app.Run(app.Services.GetRequiredService<WebPipeline>().RunAsync);
        await app.StartAsync();
        Client = NewClient();
        Clinics = new Dictionary<string, AddedClinic> { [Here] = await AddClinicAsync(Here), [Elsewhere] = await AddClinicAsync(Elsewhere) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await records.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,

        // Hostile headers must be sendable.
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
    })
    {
        BaseAddress = new Uri(app.Urls.Single()),
    };

    public async Task<HttpResponseMessage> PostAsync(string path, JsonNode? body, string? key = null, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body?.ToJsonString() ?? "null", Encoding.UTF8, mediaType) };
        return await SendAsync(request, key);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, key);
    }

    /// <summary>Stores a screening and returns the id of its referral.</summary>
    public async Task<string> ReferAsync(JsonObject body, string clinic = Here)
    {
        using var answer = await PostAsync(Path("screenings", clinic), body);
        var receipt = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return receipt["referral"]!["id"]!.GetValue<string>();
    }

    /// <summary>Every row of both clinics and the global partition: key and ETag.</summary>
    public async Task<IReadOnlyList<string>> SnapshotAsync()
    {
        var rows = new List<string>();
        foreach (var partition in new[] { Here, Elsewhere, Rows.Global })
        {
            await foreach (var row in records.Open(partition).ListAsync(new RowRange("", "~"), CancellationToken.None))
            {
                rows.Add($"{partition} {row.Key} {row.ETag}");
            }
        }

        return rows;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? key)
    {
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return await Client.SendAsync(request);
    }

    private async Task<AddedClinic> AddClinicAsync(string slug)
    {
        var (added, faults) = await app.Services.GetRequiredService<AddClinic>().RunAsync(
            new NewClinic(slug, $"{slug} Care", "America/New_York", "+12125550199", IsDemonstration: true), CancellationToken.None);
        // The first look keeps the clinic's rule set; a test that compares records must not see that happen.
        await app.Services.GetRequiredService<ClinicDirectory>().FindAsync(slug, CancellationToken.None);
        return added ?? throw new InvalidOperationException(string.Join(" ", faults));
    }

    private sealed class RecordingLogs(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

/// <summary>The same with the protocol that ships.</summary>
public sealed class EmbeddedIntakeApp : IntakeApp
{
    private static readonly Lazy<Protocol> Embedded = new(() => EmbeddedProtocols.Load("iv-ketamine"));

    public override Protocol Protocol => Embedded.Value;
}
