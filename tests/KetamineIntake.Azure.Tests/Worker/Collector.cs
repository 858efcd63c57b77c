using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>A plain OTLP receiver over HTTP: keeps what arrives, by signal. Texts stand as they are in the protobuf bodies.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Signal, string Body)> received = new();
    private readonly WebApplication app;

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/v1/{signal}", ReceiveAsync);
    }

    public Uri Url => new(app.Urls.First());

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector.app.StartAsync();
        return collector;
    }

    /// <param name="signal">traces, metrics or logs; null for all.</param>
    public string All(string? signal = null) => string.Concat(received.Where(r => signal is null || r.Signal == signal).Select(r => r.Body));

    public int Count(string signal, string text) => All(signal).Split(text).Length - 1;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ReceiveAsync(string signal, HttpContext context)
    {
        await using var body = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        received.Enqueue((signal, Encoding.Latin1.GetString(bytes.ToArray())));
        context.Response.ContentType = "application/x-protobuf";
    }
}
