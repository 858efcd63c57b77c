using KetamineIntake.Azure.Hosting;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Functions.Hosting;
using KetamineIntake.Web;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KetamineIntake.Functions;

internal static class Program
{
    /// <summary>How long the rest of the start stands back behind the handshake with the host and the first request.</summary>
    private static readonly TimeSpan FirstOfAll = TimeSpan.FromSeconds(1);

    private static async Task<int> Main(string[] args)
    {
        try
        {
            // What the worker does not need in order to speak to the host waits until it does: the protocol for whoever asks for it first.
            var protocol = new Lazy<Task<Protocol>>(static () => Task.Run(static () => EmbeddedProtocols.Load(EmbeddedProtocols.Shipped)));
            var builder = FunctionsApplication.CreateBuilder(args);
            builder.ConfigureFunctionsWebApplication();
            var settings = FunctionsHost.AddServices(builder, protocol);
            using var host = builder.Build();
            var pipeline = Task.Run(host.Services.GetRequiredService<WebPipeline>);
            var running = host.RunAsync();
            try
            {
                var web = await pipeline;

                // Beside the functions being loaded they would only hold up the first answer. The first two still refuse the start when they fail.
                await Task.Delay(FirstOfAll);
                await Task.WhenAll(protocol.Value, Task.Run(settings.CheckClinics), Task.Run(() => FirstRequest.RunAsync(web, host.Services)));
            }
            catch (ObjectDisposedException)
            {
                // A start that was refused meanwhile has put its services away: why, the settings say before it does.
                settings.CheckClinics();
                await running;
                throw;
            }

            await running;
            return 0;
        }
        catch (Exception refused) when (refused is SettingsException or InvalidOperationException)
        {
            // What stops a start is told in its own words; no message here repeats a setting's value. Of the console the host keeps only lines that call themselves errors.
            foreach (var line in refused.Message.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries))
            {
                await Console.Error.WriteLineAsync($"error: {line}");
            }

            return 1;
        }
    }
}
