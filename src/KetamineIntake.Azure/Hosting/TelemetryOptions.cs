namespace KetamineIntake.Azure.Hosting;

/// <summary>
/// Where the app's own traces, metrics and log lines go, each once. With neither the host writes the lines that it is handed, and drops those outside an invocation.
/// </summary>
/// <param name="Monitor">"APPLICATIONINSIGHTS_CONNECTION_STRING": Application Insights, by identity. Null: not there.</param>
/// <param name="Collector">"Collector__Endpoint": an OpenTelemetry collector. Of a name of its own, so that the Functions host, whose spans hold the addresses of requests, does not send there too. Null: none.</param>
public sealed record TelemetryOptions(string? Monitor, CollectorOptions? Collector)
{
    public bool IsOn => Monitor is not null || Collector is not null;
}

/// <param name="Headers">NAME=VALUE, several between commas; null for none.</param>
/// <param name="IsGrpc">False: HTTP with protobuf bodies.</param>
public sealed record CollectorOptions(Uri Endpoint, string? Headers, bool IsGrpc);
