using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Web.Clinics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace KetamineIntake.Web.Pages.Preparation;

/// <summary>The page behind the link in a text: date of birth once, then everything about the visit.</summary>
internal static class PreparationRoutes
{
    private const string Cookie = "preparation";

    /// <summary>The short address that fits into a text.</summary>
    public static void MapShortLinks(IEndpointRouteBuilder routes) => routes.MapGet("/p/{token}", FollowAsync).ExcludeFromDescription();

    public static void Map(RouteGroupBuilder clinic)
    {
        clinic.MapGet("/p/{token}", ShowAsync);
        clinic.MapPost("/p/{token}", UnlockAsync);
        clinic.MapPost("/p/{token}/ticks", TickAsync);
        clinic.MapGet("/p/{token}/visit.ics", CalendarAsync);
    }

    private static async Task<IResult> FollowAsync(string token, HttpContext http, PreparationPages pages) =>
        await pages.OwnerAsync(token, http.RequestAborted) is { } clinic
            ? ClinicPages.SeeOther($"/{clinic}/p/{token}")
            : ClinicPages.NothingHere();

    private static async Task<IResult> ShowAsync(string token, HttpContext http, PreparationPages pages, IDataProtectionProvider protection)
    {
        var clinic = http.Clinic();
        if (await pages.FindAsync(clinic, token, http.RequestAborted) is not { } guide)
        {
            return Expired(http);
        }

        if (!IsOpen(http, token, protection))
        {
            return ClinicPages.Show<BirthDatePage>(new { Clinic = clinic, Guide = guide, Token = token });
        }

        var view = await pages.ViewAsync(clinic, token, http.RequestAborted);
        var query = http.Request.Query;
        return view is null
            ? Expired(http)
            : ClinicPages.Show<PreparationPage>(
                new { Clinic = clinic, View = view, Token = token, Said = query.ContainsKey("saved") ? "saved" : query.ContainsKey("unsaved") ? "notSaved" : null });
    }

    private static async Task<IResult> UnlockAsync(string token, HttpContext http, PreparationPages pages, IDataProtectionProvider protection, IClock clock)
    {
        var clinic = http.Clinic();
        if (await pages.FindAsync(clinic, token, http.RequestAborted) is not { } guide)
        {
            return Expired(http);
        }

        var typed = BirthDateFields.From(await http.Request.ReadFormAsync(http.RequestAborted));
        var (given, fault) = typed.Read(guide, clinic.DayAt(clock.GetCurrentInstant()));
        switch (await pages.UnlockAsync(clinic, token, given, http.RequestAborted))
        {
            case UnlockResult.Opened:
                http.Response.Cookies.Append(Cookie, Protector(protection).Protect(token), new CookieOptions
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    Secure = http.Request.IsHttps,
                    Path = Address(http, token),
                    MaxAge = TimeSpan.FromDays(30),
                    IsEssential = true,
                });
                return ClinicPages.SeeOther(Address(http, token));
            case UnlockResult.Unreadable:
                return ClinicPages.Show<BirthDatePage>(new { Clinic = clinic, Guide = guide, Token = token, Error = fault, Typed = typed }, StatusCodes.Status422UnprocessableEntity);
            case UnlockResult.Wrong:
                return ClinicPages.Show<BirthDatePage>(
                    new { Clinic = clinic, Guide = guide, Token = token, Error = guide.Words["wrongBirthDate"], Typed = typed }, StatusCodes.Status422UnprocessableEntity);
            case UnlockResult.Locked:
                return ClinicPages.Show<BirthDatePage>(
                    new { Clinic = clinic, Guide = guide, Token = token, Error = guide.Words["locked"] }, StatusCodes.Status429TooManyRequests);
            default:
                return Expired(http);
        }
    }

    private static async Task<IResult> TickAsync(string token, HttpContext http, PreparationPages pages, IDataProtectionProvider protection)
    {
        if (!IsOpen(http, token, protection))
        {
            return ClinicPages.SeeOther(Address(http, token));
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var kept = await pages.TickAsync(http.Clinic(), token, [.. form["tick"].OfType<string>()], http.RequestAborted);
        return kept switch
        {
            TickResult.Saved => ClinicPages.SeeOther(Address(http, token) + "?saved"),
            TickResult.NotSaved => ClinicPages.SeeOther(Address(http, token) + "?unsaved"),
            _ => Expired(http),
        };
    }

    private static async Task<IResult> CalendarAsync(string token, HttpContext http, PreparationPages pages, IDataProtectionProvider protection, IClock clock)
    {
        if (!IsOpen(http, token, protection))
        {
            return ClinicPages.SeeOther(Address(http, token));
        }

        return await pages.ViewAsync(http.Clinic(), token, http.RequestAborted) is { Visit: { } visit, Times: { } times }
            ? Results.Text(VisitCalendar.Of(http.Clinic().Clinic, visit, times.EndsAt, clock.GetCurrentInstant()), "text/calendar", Encoding.UTF8)
            : Expired(http);
    }

    private static IResult Expired(HttpContext http)
    {
        var guides = http.Clinic().Protocol.Reminders?.Guides;
        return guides is null
            ? ClinicPages.NotFound(http.Clinic())
            : ClinicPages.Show<ExpiredPage>(new { Clinic = http.Clinic(), English = guides[SmsLanguage.English], Spanish = guides[SmsLanguage.Spanish] }, StatusCodes.Status404NotFound);
    }

    private static bool IsOpen(HttpContext http, string token, IDataProtectionProvider protection)
    {
        try
        {
            return http.Request.Cookies[Cookie] is { Length: > 0 } sealedToken && Protector(protection).Unprotect(sealedToken) == token;
        }
        catch (CryptographicException)
        {
            // Not ours, or sealed with a key that is gone: the date of birth is asked again.
            return false;
        }
    }

    private static IDataProtector Protector(IDataProtectionProvider protection) => protection.CreateProtector("preparation-page");

    // Before it was looked up a token may be any text.
    private static string Address(HttpContext http, string token) => string.Create(CultureInfo.InvariantCulture, $"/{http.Clinic().Clinic.Slug}/p/{Uri.EscapeDataString(token)}");
}
