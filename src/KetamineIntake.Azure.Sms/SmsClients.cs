using Azure.Communication.Sms;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using KetamineIntake.Azure.Hosting;

namespace KetamineIntake.Azure.Sms;

/// <summary>The SDK client of Communication Services on our own transport, whose retries are the only ones.</summary>
internal static class SmsClients
{
    public const string Name = "sms";

    public static SmsClient Open(SmsOptions options, IHttpClientFactory http)
    {
        var settings = new SmsClientOptions { Transport = new HttpClientTransport(http.CreateClient(Name)), Retry = { MaxRetries = 0 }, Diagnostics = { IsLoggingEnabled = false } };
        settings.AddPolicy(new RepeatedText(), HttpPipelinePosition.PerCall);
        if (options.ConnectionString is { } connection)
        {
            return new SmsClient(connection, settings);
        }

        var identity = new ManagedIdentityCredential(options.ClientId is { } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned);
        return new SmsClient(options.Endpoint, identity, settings);
    }
}
