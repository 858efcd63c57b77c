namespace KetamineIntake.Azure.Tests.Support;

/// <summary>What goes wrong with one request on its way.</summary>
public enum Fault
{
    None,

    /// <summary>It never arrives.</summary>
    LostRequest,

    /// <summary>It is carried out, but nobody hears of it.</summary>
    LostAnswer,

    /// <summary>The service says that it failed though it was carried out.</summary>
    FalseError,
}

/// <summary>A network that spoils the next requests as told, then works.</summary>
internal sealed class FaultyTransport(params Fault[] faults) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Queue<Fault> next = new(faults);

    public int Requests { get; private set; }

    /// <summary>Runs after each spoiled request, before its sender learns anything.</summary>
    public Func<Task> Meanwhile { get; set; } = static () => Task.CompletedTask;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        var fault = next.TryDequeue(out var planned) ? planned : Fault.None;
        if (fault == Fault.LostRequest)
        {
            throw new HttpRequestException("The connection was refused.");
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (fault == Fault.None)
        {
            return answer;
        }

        await Meanwhile();
        answer.Dispose();
        return fault == Fault.LostAnswer
            ? throw new HttpRequestException("The connection was reset.")
            : new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable) { RequestMessage = request };
    }
}

/// <summary>A service that refuses some requests before it does anything.</summary>
internal sealed class RefusingTransport(Func<HttpRequestMessage, bool> refuses, System.Net.HttpStatusCode status) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        refuses(request) ? Task.FromResult(new HttpResponseMessage(status) { RequestMessage = request }) : base.SendAsync(request, cancellationToken);
}
