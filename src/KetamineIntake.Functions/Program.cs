using KetamineIntake.Azure.Hosting;
using KetamineIntake.Functions.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace KetamineIntake.Functions;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        try
        {
            var builder = FunctionsApplication.CreateBuilder(args);
            builder.ConfigureFunctionsWebApplication();
            FunctionsHost.AddServices(builder);
            await builder.Build().RunAsync();
            return 0;
        }
        catch (Exception refused) when (refused is SettingsException or InvalidOperationException)
        {
            // What stops a start is told in its own words; no message here repeats a setting's value.
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}
