using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using KetamineIntake.Azure.Tests.Support;
using KetamineIntake.Azure.Tests.Worker.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>
/// A small Functions host: starts the built worker executable over the real protocol, lists and loads its functions, forwards HTTP to it by their routes as the platform does, and
/// hands it queue messages and timers. It knows nothing of the project but where the worker lies.
/// </summary>
internal sealed class FunctionsTestHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly RpcHost rpc = new();
    private readonly Dictionary<string, string> settings;
    private readonly HttpClient worker = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience };
    private WebApplication channel = null!;
    private WebApplication front = null!;
    private WorkerProcess? process;
    private Uri forwardTo = null!;

    private readonly string folder;

    private FunctionsTestHost(Dictionary<string, string> settings, string folder) => (this.settings, this.folder) = (settings, folder);

    public IReadOnlyList<Function> Functions { get; private set; } = [];

    /// <summary>A browser's or program's way in.</summary>
    public Uri Url => new(front.Urls.First());

    /// <summary>What the worker says it can do.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    public IEnumerable<RpcLog> Logs => rpc.Logs;

    public string Output => process?.Output ?? "";

    public static async Task<FunctionsTestHost> StartAsync(Dictionary<string, string> settings)
    {
        var host = await OpenAsync(settings, WorkerProcess.Folder);
        await host.StartWorkerAsync();
        host.front = await ServeAsync(HttpProtocols.Http1, s => s.AddRouting(), host.MapFunctions);
        return host;
    }

    /// <summary>A host that has no worker yet.</summary>
    public static async Task<FunctionsTestHost> OpenAsync(Dictionary<string, string> settings, string folder)
    {
        var host = new FunctionsTestHost(settings, folder);
        host.channel = await ServeAsync(HttpProtocols.Http2, s => s.AddGrpc(), app => app.MapGrpcService<RpcHost>(), s => s.AddSingleton(host.rpc));
        return host;
    }

    /// <summary>What a worker that may not start says, and its exit code.</summary>
    public static async Task<(int Code, string Output)> RefusedAsync(Dictionary<string, string> settings)
    {
        await using var refused = WorkerProcess.Start("http://127.0.0.1:1", settings);
        return (await refused.ExitAsync(Patience), refused.Output);
    }

    /// <summary>kill -9, and another worker in its place, as the platform does.</summary>
    public async Task KillAndRestartAsync()
    {
        await process!.KillAsync();
        rpc.Reset();
        await StartWorkerAsync();
    }

    /// <summary>A GET at one function's address, without the way in of a browser.</summary>
    public async Task<HttpResponseMessage> AskWorkerAsync(string path)
    {
        var id = Guid.NewGuid().ToString();
        var function = Functions.Single(f => "/" + f.Route?.Replace("/{*rest}", "", StringComparison.Ordinal) == path);
        var invoked = InvokeAsync(function.Name, new TypedData { Http = new RpcHttp { Method = "GET", Url = path } }, id);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(forwardTo, path));
        request.Headers.TryAddWithoutValidation("x-ms-invocation-id", id);
        var answer = await worker.SendAsync(request);
        await invoked;
        return answer;
    }

    public Task<InvocationResponse> QueueAsync(string function, string text) => InvokeAsync(function, new TypedData { String = text });

    public Task<InvocationResponse> TimerAsync(string function, bool isLate = false) => InvokeAsync(function, new TypedData
    {
        Json = JsonSerializer.Serialize(new { Schedule = new { AdjustForDST = true }, IsPastDue = isLate }),
    });

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        if (front is not null)
        {
            await front.DisposeAsync();
        }

        await channel.DisposeAsync();
        worker.Dispose();
    }

    /// <summary>Until all its functions are loaded.</summary>
    public async Task StartWorkerAsync()
    {
        process = WorkerProcess.Start(channel.Urls.First(), settings, folder);
        await Task.WhenAny(rpc.StartedAsync(), process.ExitAsync(Patience)).WaitAsync(Patience);
        Assert.True(rpc.StartedAsync().IsCompleted, $"The worker did not start:{Environment.NewLine}{process.Output}");
        Capabilities = (await rpc.InitializeAsync(folder).WaitAsync(Patience)).Capabilities.ToDictionary();
        forwardTo = new Uri(Capabilities["HttpUri"]);
        await ListensAsync(forwardTo);
        var listed = (await rpc.ListAsync(folder).WaitAsync(Patience)).FunctionMetadataResults;
        foreach (var function in listed)
        {
            AddBindings(function);
            function.FunctionId = Guid.NewGuid().ToString();
            var loaded = await rpc.LoadAsync(function).WaitAsync(Patience);
            Assert.True(loaded.Status == StatusResult.Types.Status.Success, $"{function.Name} was not loaded: {loaded.Exception?.Message}");
        }

        Functions = [.. listed.Select(Function.Of)];
    }

    /// <summary>The worker speaks to the host a little before its web server is up; the platform's forwarder tries again, too.</summary>
    private static async Task ListensAsync(Uri address)
    {
        for (var since = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port);
                return;
            }
            catch (SocketException) when (since.Elapsed < Patience)
            {
                await Task.Delay(10);
            }
        }
    }

    /// <summary>What the worker lists as text comes back to it as bindings.</summary>
    private static void AddBindings(RpcFunctionMetadata function)
    {
        foreach (var raw in function.RawBindings.Where(_ => function.Bindings.Count < function.RawBindings.Count))
        {
            using var binding = JsonDocument.Parse(raw);
            var isOut = string.Equals(binding.RootElement.GetProperty("direction").GetString(), "Out", StringComparison.OrdinalIgnoreCase);
            function.Bindings[binding.RootElement.GetProperty("name").GetString()!] = new BindingInfo { Type = binding.RootElement.GetProperty("type").GetString()!, Direction = isOut ? 1 : 0 };
        }
    }

    private Task<InvocationResponse> InvokeAsync(string name, TypedData data, string? invocation = null)
    {
        var function = Functions.Single(f => f.Name == name);
        var request = new InvocationRequest { InvocationId = invocation ?? Guid.NewGuid().ToString(), FunctionId = function.Id, TraceContext = new RpcTraceContext() };
        request.InputData.Add(new ParameterBinding { Name = function.Parameter, Data = data });
        return rpc.InvokeAsync(request).WaitAsync(Patience);
    }

    private void MapFunctions(WebApplication app)
    {
        // As the real host: of those that fit the first by name, however much wider its route is.
        foreach (var (order, function) in Functions.Where(f => f.Route is not null).OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Index())
        {
            var name = function.Name;
            app.Map("/" + function.Route, context => ForwardAsync(name, context)).WithOrder(order);
        }
    }

    /// <summary>The host hands the request over twice: as an invocation by the stream, and itself by HTTP with the invocation's id.</summary>
    private async Task ForwardAsync(string function, HttpContext context)
    {
        var id = Guid.NewGuid().ToString();
        try
        {
            await ForwardAsync(function, id, context);
        }
        catch (Exception gone) when (gone is HttpRequestException or InvalidOperationException or IOException && !context.Response.HasStarted)
        {
            // The worker was killed: the platform answers that it is unavailable.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task ForwardAsync(string function, string id, HttpContext context)
    {
        var invoked = InvokeAsync(function, new TypedData { Http = new RpcHttp { Method = context.Request.Method, Url = context.Request.Path } }, id);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(forwardTo, context.Request.Path.Value + context.Request.QueryString));
        request.Content = context.Request.ContentLength is null && !context.Request.Headers.ContainsKey("Transfer-Encoding") ? null : new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        request.Headers.Remove("Transfer-Encoding");
        request.Headers.TryAddWithoutValidation("x-ms-invocation-id", id);
        using var answer = await worker.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body);
        await invoked;
    }

    private static async Task<WebApplication> ServeAsync(
        HttpProtocols protocol, Action<IServiceCollection> add, Action<WebApplication> map, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = protocol));
        builder.Logging.ClearProviders();
        add(builder.Services);
        more?.Invoke(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }
}

/// <summary>A function as the worker lists it.</summary>
/// <param name="Trigger">httpTrigger, queueTrigger or timerTrigger.</param>
/// <param name="Route">Of an HTTP trigger.</param>
/// <param name="Queue">Of a queue trigger.</param>
/// <param name="Schedule">Of a timer.</param>
internal sealed record Function(string Id, string Name, string Parameter, string Trigger, string? Route, string? Queue, string? Schedule)
{
    public static Function Of(RpcFunctionMetadata listed)
    {
        using var binding = JsonDocument.Parse(listed.RawBindings.Single(b => b.Contains("Trigger\"", StringComparison.Ordinal)));
        var root = binding.RootElement;
        return new Function(listed.FunctionId, listed.Name, root.GetProperty("name").GetString()!, root.GetProperty("type").GetString()!, Text("route"), Text("queueName"), Text("schedule"));

        string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
