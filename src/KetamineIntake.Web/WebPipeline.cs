using KetamineIntake.Web.Appointments;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Health;
using KetamineIntake.Web.Labs;
using KetamineIntake.Web.Pages;
using KetamineIntake.Web.Patients;
using KetamineIntake.Web.Problems;
using KetamineIntake.Web.Protocols;
using KetamineIntake.Web.Records;
using KetamineIntake.Web.Referrals;
using KetamineIntake.Web.Reminders;
using KetamineIntake.Web.Screenings;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Web;

/// <summary>Endpoints that only one host has; they get the pipeline's headers, limits and problem documents like all others.</summary>
public delegate void HostEndpoints(IEndpointRouteBuilder endpoints);

/// <summary>What one host asks of a request before it is routed; whatever it answers itself has the pipeline's headers and limits too.</summary>
public delegate Task HostDoor(HttpContext http, RequestDelegate next);

/// <summary>The one pipeline that both hosts run: Kestrel in Local, the HTTP triggers in Functions.</summary>
public sealed class WebPipeline
{
    private readonly RequestDelegate run;

    public WebPipeline(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);

        app.UseForwardedHeaders(services.GetRequiredService<TrustedProxies>().SchemeOptions());
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<KnownScheme>();
        app.UseMiddleware<BodyLimit>();
        app.UseMiddleware<HeadRequests>();
        foreach (var door in services.GetServices<HostDoor>())
        {
            app.Use((RequestDelegate next) => http => door(http, next));
        }

        app.UseRouting();
        app.UseAuthentication();
        app.UseAntiforgery();
        app.UseEndpoints(endpoints =>
        {
            MapApi(endpoints);
            endpoints.MapPages();
            foreach (var map in services.GetServices<HostEndpoints>())
            {
                map(endpoints);
            }

            // Endpoints are otherwise built at the first request: one that cannot be must stop the start, not fail every patient.
            foreach (var source in endpoints.DataSources)
            {
                _ = source.Endpoints;
            }
        });
        app.UseMiddleware<MissingPage>();
        run = app.Build();
    }

    public async Task RunAsync(HttpContext context)
    {
        // A Functions worker has already matched its own endpoint and route values; ours must not see them.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        await run(context);
    }

    private static void MapApi(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1");
        api.MapHealth();
        api.MapSmsEvents();
        var clinic = api.MapGroup($"clinics/{{{ClinicRoute.Parameter}}}").Behind<ClinicRoute>();
        clinic.MapQuestionnaire();
        clinic.MapScreenings();
        var staff = clinic.MapGroup("").Behind<StaffDoor>();
        staff.MapReferrals();
        staff.MapPatients();
        staff.MapLabs();
        staff.MapAppointments();
        staff.MapReminders();
        staff.MapFailedMessages();
    }
}
