using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Import;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Health;
using KetamineIntake.Web.Pages;
using KetamineIntake.Web.Pages.Referrals;
using KetamineIntake.Web.Reminders;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KetamineIntake.Web;

public static class WebServices
{
    /// <summary>
    /// All that <see cref="WebPipeline"/> needs, the use cases of Core included. The host adds what differs between hosts: IClock, Protocol and
    /// IRecordStores.
    /// </summary>
    public static IServiceCollection AddKetamineWeb(this IServiceCollection services)
    {
        services.AddRouting(options => options.ConstraintMap.Add(ClinicSlugConstraint.Name, typeof(ClinicSlugConstraint)));
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "form";

            // Lax: a patient who comes again from the clinic's website keeps the forms valid that are open in other tabs.
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection().SetApplicationName("KetamineIntake");
        services.AddOptions<KeyManagementOptions>().Configure<IRecordStores>((options, stores) => options.XmlRepository = new KeyRing(stores));
        services.AddAuthentication().AddCookie(Schemes.StaffSession, StaffSession.Configure);

        // A body that does not bind is a client's mistake in every environment.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        services.TryAddSingleton(new TrustedProxies([]));
        services.AddSingleton<KeyAttempts>();
        services.AddSingleton<ClinicRoute>().AddSingleton<StaffDoor>().AddSingleton<ClinicPages>().AddSingleton<SignedIn>();
        services.TryAddSingleton(s => HealthEndpoint.Reading(s.GetRequiredService<IRecordStores>()));
        services.AddSingleton<WebPipeline>();
        return services.AddUseCases();
    }

    private static IServiceCollection AddUseCases(this IServiceCollection services)
    {
        services.TryAddSingleton<ClinicDirectory>();
        services.TryAddSingleton<AddClinic>();
        services.TryAddSingleton<StaffKeys>();
        services.TryAddSingleton<SubmitScreening>();
        services.TryAddSingleton<HearRefusedForm>();
        services.TryAddSingleton<Drafts>();
        services.TryAddSingleton<ListReferrals>();
        services.TryAddSingleton<FindReferral>();
        services.TryAddSingleton<DecideReferral>();
        services.TryAddSingleton<FindPatient>();
        services.TryAddSingleton<FindPatientCard>();
        services.TryAddSingleton<AddLabResults>();
        services.TryAddSingleton<AddLabReports>();
        services.TryAddSingleton<UnplacedLabs>();
        services.TryAddSingleton<ReleaseLabHold>();
        services.TryAddSingleton<ReviewLabs>();
        services.TryAddSingleton<SweepLabs>();
        services.TryAddSingleton<FlagLabs>();
        services.TryAddSingleton<ListLabFlags>();
        services.TryAddSingleton<FindLabs>();
        services.TryAddSingleton<ImportLabs>();
        services.TryAddSingleton<SiteAddress>();
        services.TryAddSingleton<PhoneBook>();
        services.TryAddSingleton<BookAppointments>();
        services.TryAddSingleton<ChangeAppointment>();
        services.TryAddSingleton<ListVisits>();
        services.TryAddSingleton<OrderPreparation>();
        services.TryAddSingleton<RenewPreparationLink>();
        services.TryAddSingleton<RecordOptOut>();
        services.TryAddSingleton<StaffNotes>();
        services.TryAddSingleton<DecideOptOut>();
        services.TryAddSingleton<SettleConsent>();
        services.TryAddSingleton<PreparationPages>();
        services.TryAddSingleton<HandleSmsEvent>();
        services.TryAddSingleton<ReplanReminders>();

        // A host that was given no key takes no events: nobody knows this one.
        services.TryAddSingleton(new EventsKey(RowId.New() + RowId.New()));
        return services;
    }
}
