using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using KetamineIntake.Azure.Tests.Worker.Rpc;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>The host's end of the stream to one worker at a time: sends requests, gives each answer to whoever asked.</summary>
internal sealed class RpcHost : FunctionRpc.FunctionRpcBase
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> invocations = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StatusResult>> loads = new();
    private Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private TaskCompletionSource started = New<object>();
    private TaskCompletionSource<WorkerInitResponse> initialized = New<WorkerInitResponse>(0);
    private TaskCompletionSource<FunctionMetadataResponse> listed = New<FunctionMetadataResponse>(0);

    /// <summary>All that the worker logged through the host, in order.</summary>
    public ConcurrentQueue<RpcLog> Logs { get; } = new();

    /// <summary>Before another worker is started.</summary>
    public void Reset()
    {
        outgoing.Writer.TryComplete();
        outgoing = Channel.CreateUnbounded<StreamingMessage>();
        (started, initialized, listed) = (New<object>(), New<WorkerInitResponse>(0), New<FunctionMetadataResponse>(0));
        foreach (var left in invocations.Keys.Select(id => invocations.TryRemove(id, out var waiting) ? waiting : null))
        {
            left?.TrySetException(new InvalidOperationException("The worker is gone."));
        }
    }

    public override async Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        var mine = outgoing;
        var sending = Task.Run(async () =>
        {
            await foreach (var message in mine.Reader.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(message, context.CancellationToken);
            }
        });
        try
        {
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            {
                Take(message);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The worker was killed: that is what some of the tests are about.
        }

        mine.Writer.TryComplete();
        await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(1)));
    }

    public Task StartedAsync() => started.Task;

    public Task<WorkerInitResponse> InitializeAsync(string folder)
    {
        var request = new WorkerInitRequest { HostVersion = "4.1037.0", WorkerDirectory = folder, FunctionAppDirectory = folder };
        request.Capabilities.Add("HttpUri", "true");
        Send(new StreamingMessage { WorkerInitRequest = request });
        return initialized.Task;
    }

    public Task<FunctionMetadataResponse> ListAsync(string folder)
    {
        Send(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = folder } });
        return listed.Task;
    }

    public Task<StatusResult> LoadAsync(RpcFunctionMetadata function)
    {
        var waiting = loads[function.FunctionId] = New<StatusResult>(0);
        Send(new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function } });
        return waiting.Task;
    }

    public Task<InvocationResponse> InvokeAsync(InvocationRequest request)
    {
        var waiting = invocations[request.InvocationId] = New<InvocationResponse>(0);
        Send(new StreamingMessage { InvocationRequest = request });
        return waiting.Task;
    }

    private static TaskCompletionSource New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> New<T>(int _) => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Send(StreamingMessage message)
    {
        message.RequestId = Guid.NewGuid().ToString();
        outgoing.Writer.TryWrite(message);
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                started.TrySetResult();
                break;
            case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                initialized.TrySetResult(message.WorkerInitResponse);
                break;
            case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                listed.TrySetResult(message.FunctionMetadataResponse);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse when loads.TryRemove(message.FunctionLoadResponse.FunctionId, out var load):
                load.TrySetResult(message.FunctionLoadResponse.Result);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse when invocations.TryRemove(message.InvocationResponse.InvocationId, out var invocation):
                invocation.TrySetResult(message.InvocationResponse);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                Logs.Enqueue(message.RpcLog);
                break;
        }
    }
}
