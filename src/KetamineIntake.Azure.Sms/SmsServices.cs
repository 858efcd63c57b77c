using KetamineIntake.Azure.Hosting;
using KetamineIntake.Azure.Http;
using KetamineIntake.Core.Reminders.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Azure.Sms;

public static class SmsServices
{
    /// <summary>Sends texts through Communication Services. Only for settings that ask for it.</summary>
    public static IServiceCollection AddCommunicationServices(this IServiceCollection services, SmsOptions options)
    {
        services.AddOutboundClient(SmsClients.Name, OutboundPatience.Default);
        return services.AddSingleton<ISmsSender>(s => new CommunicationSender(
            SmsClients.Open(options, s.GetRequiredService<IHttpClientFactory>()), s.GetRequiredService<ILogger<CommunicationSender>>()));
    }
}
