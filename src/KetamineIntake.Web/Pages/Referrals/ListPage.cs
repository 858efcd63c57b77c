using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Web.Clinics;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace KetamineIntake.Web.Pages.Referrals;

/// <summary>The clinic's list of referrals: open first, most urgent, worst, oldest.</summary>
internal static class ListPage
{
    private const int PerPage = 25;

    public static async Task<IResult> ShowAsync(HttpContext http, ListReferrals referrals, IClock clock)
    {
        var query = http.Request.Query;
        var after = query["after"].ToString();

        // A filter or cursor that was typed wrongly shows the list from its start rather than an error.
        var filter = new ReferralFilter(
            Words.Parse<ReferralStatus>(query["status"], Words.Of),
            Words.Parse<Outcome>(query["outcome"], Words.Of),
            Words.Parse<Urgency>(query["urgency"], Words.Of),
            PerPage,
            ReferralCursor.TryParse(after) is null ? null : after);
        var page = await referrals.RunAsync(http.Clinic(), filter, http.Staff(), http.RequestAborted);
        return ClinicPages.Show<ReferralList>(new
        {
            Clinic = http.Clinic(),
            Staff = http.Staff(),
            Filter = filter,
            Referrals = page,
            Today = http.Clinic().DayAt(clock.GetCurrentInstant()),
        });
    }
}
