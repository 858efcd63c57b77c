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
    private static async Task<int> Main(string[] args)
    {
        try
        {
            // Beside everything else that a start does, for a patient may be waiting for it. Both still stop the start when they fail.
            var protocol = Task.Run(static () => EmbeddedProtocols.Load(EmbeddedProtocols.Shipped));
            var builder = FunctionsApplication.CreateBuilder(args);
            builder.ConfigureFunctionsWebApplication();
            FunctionsHost.AddServices(builder, protocol);
            using var host = builder.Build();
            var pipeline = Task.Run(host.Services.GetRequiredService<WebPipeline>);
            var running = host.RunAsync();
            await protocol;
            await FirstRequest.RunAsync(await pipeline, host.Services);
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
