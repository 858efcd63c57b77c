using System.Security.Cryptography;
using KetamineIntake.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Functions.Hosting;

/// <summary>
/// Asks the pipeline for its own health once the functions are loaded: the code is compiled, and the store's connection, its token and the keys of forms are there, when the first patient comes.
/// What goes wrong is the pipeline's to log and to answer; the start does not depend on it.
/// </summary>
internal static class FirstRequest
{
    public static async Task RunAsync(WebPipeline web, IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = HttpMethods.Get;
        context.Request.Scheme = Uri.UriSchemeHttp;
        context.Request.Host = new HostString("localhost");
        context.Request.Path = "/api/v1/health";
        context.Response.Body = Stream.Null;
        await web.RunAsync(context);
        ReadKeyRing(services);
    }

    /// <summary>The keys of forms and sessions, which the first form would wait for. A store that cannot answer now is asked again by that form itself.</summary>
    private static void ReadKeyRing(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IDataProtectionProvider>().CreateProtector(nameof(FirstRequest)).Protect([]);
        }
        catch (CryptographicException outage)
        {
            services.GetRequiredService<ILogger<WebPipeline>>().KeyRingDelayed((outage.InnerException ?? outage).GetType().Name);
        }
    }
}
