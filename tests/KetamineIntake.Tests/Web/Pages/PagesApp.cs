using System.Text.Json;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages;

/// <summary>The whole web side with the questionnaire that patients really see.</summary>
public sealed class PagesApp : IntakeApp
{
    private static readonly Lazy<Protocol> Embedded = new(() => EmbeddedProtocols.Load("iv-ketamine"));

    public override Protocol Protocol => Embedded.Value;

    /// <summary>A browser of its own: no cookies yet.</summary>
    internal Visitor NewVisitor() => new(Client.BaseAddress!);

    /// <summary>A visitor whose form says who they are and stands at the second section.</summary>
    internal async Task<(Visitor Visitor, Page At)> IntroducedAsync(string sex = "male")
    {
        var visitor = NewVisitor();
        var about = await visitor.SubmitAsync(await visitor.GetAsync("/northside"));
        return (visitor, await visitor.SubmitAsync(about, WhoIAm(sex)));
    }

    /// <summary>A clinician's browser, signed in.</summary>
    internal async Task<(Visitor Visitor, Page List)> SignedInAsync(string? key = null)
    {
        var visitor = NewVisitor();
        var page = await visitor.GetAsync("/northside/staff");
        return (visitor, await visitor.SubmitAsync(page, new Typed { ["key"] = key ?? Clinics[Here].ClinicianKey }));
    }

    /// <summary>Every referral of the clinic as a program reads it.</summary>
    internal async Task<IReadOnlyList<JsonElement>> ReferralsAsync()
    {
        using var program = new HttpClient { BaseAddress = Client.BaseAddress };
        program.DefaultRequestHeaders.Authorization = new("Bearer", Clinics[Here].ClinicianKey);
        using var list = JsonDocument.Parse(await program.GetStringAsync("/api/v1/clinics/northside/referrals?limit=100"));
        var referrals = new List<JsonElement>();
        foreach (var id in list.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()))
        {
            using var one = JsonDocument.Parse(await program.GetStringAsync($"/api/v1/clinics/northside/referrals/{id}"));
            referrals.Add(one.RootElement.Clone());
        }

        return referrals;
    }

    internal static Typed WhoIAm(string sex = "male") => new()
    {
        ["dem.givenName"] = "Kim",
        ["dem.familyName"] = "Park",
        ["dem.dob:month"] = "4",
        ["dem.dob:day"] = "12",
        ["dem.dob:year"] = "1985",
        ["dem.phone"] = "(212) 555-0123",
        ["dem.sexAtBirth"] = sex,
    };
}
