using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Screenings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Remembers on the patient's device which draft is theirs: its id, sealed for this clinic, and nothing else.</summary>
internal static class DraftCookie
{
    private const string Name = "intake-draft";

    /// <summary>The draft's id, or null: none, another clinic's, or tampered with.</summary>
    public static string? Read(HttpContext http, ClinicContext clinic, IDataProtectionProvider protection)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 } value)
        {
            return null;
        }

        try
        {
            return Encoding.ASCII.GetString(Protector(clinic, protection).Unprotect(WebEncoders.Base64UrlDecode(value)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            // Not our seal, or a key that is gone: the same to the patient as no cookie.
            return null;
        }
    }

    public static void Write(HttpContext http, ClinicContext clinic, IDataProtectionProvider protection, string draftId)
    {
        var options = Options(http, clinic);
        options.MaxAge = Drafts.Lifetime.ToTimeSpan();
        var value = WebEncoders.Base64UrlEncode(Protector(clinic, protection).Protect(Encoding.ASCII.GetBytes(draftId)));
        http.Response.Cookies.Append(Name, value, options);
    }

    public static void Delete(HttpContext http, ClinicContext clinic) => http.Response.Cookies.Delete(Name, Options(http, clinic));

    private static IDataProtector Protector(ClinicContext clinic, IDataProtectionProvider protection) =>
        protection.CreateProtector("intake-draft", clinic.Clinic.Slug);

    private static CookieOptions Options(HttpContext http, ClinicContext clinic) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = FormLinks.Start(clinic),
        IsEssential = true,
    };
}
