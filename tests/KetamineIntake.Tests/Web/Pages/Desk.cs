using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages;

/// <summary>The front desk's browser: signed in at the local host.</summary>
internal static class Desk
{
    public const string Staff = "/northside/staff";

    public static async Task<Visitor> SignInAsync(LocalApp app)
    {
        var visitor = new Visitor(app.Client.BaseAddress!);
        await visitor.SubmitAsync(await visitor.GetAsync(Staff), new Typed { ["key"] = app.Key });
        return visitor;
    }

    public static string Patient(string id) => $"{Staff}/patients/{id}";

    public static string Labs(string id) => $"{Staff}/patients/{id}/labs";

    /// <summary>The page of the only referral.</summary>
    public static async Task<string> ReferralAsync(LocalApp app) => $"{Staff}/referrals/{(await app.GetAsync("referrals"))["items"]!.AsArray().Single()!["id"]}";

    /// <summary>What the page announces at once, above everything else.</summary>
    public static string Alert(Page page) => page.Html.QuerySelector("main > .summary[role=alert]")?.TextContent ?? "";
}
