using KetamineIntake.Azure.Hosting;
#if COMMUNICATION_SERVICES
using KetamineIntake.Azure.Sms;
#endif
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Functions.Hosting;

/// <summary>Who sends texts. Communication Services only where this build has its package: one that cannot text and is told to must not start as if it could.</summary>
internal static class Senders
{
    /// <exception cref="SettingsException">The settings ask for Communication Services, and this build was made without it.</exception>
    public static void Add(IServiceCollection services, SmsOptions options)
    {
        if (!options.IsOn)
        {
            services.AddNoSender();
            return;
        }

#if COMMUNICATION_SERVICES
        services.AddCommunicationServices(options);
#else
        throw new SettingsException(
            ["Sms__Endpoint or Sms__ConnectionString asks for Communication Services, and this build was made without it. Build or publish with -p:CommunicationServices=true, or set Sms__Endpoint to off."]);
#endif
    }
}
