using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Pages.Referrals;

/// <summary>Addresses of the console's pages: ids only, never a name.</summary>
internal static class StaffLinks
{
    public static string List(ClinicContext clinic) => $"/{clinic.Clinic.Slug}/staff";

    public static string List(ClinicContext clinic, ReferralFilter filter, string? after)
    {
        var query = new QueryString();
        query = Add(query, "status", filter.Status is { } status ? Words.Of(status) : null);
        query = Add(query, "outcome", filter.Outcome is { } outcome ? Words.Of(outcome) : null);
        query = Add(query, "urgency", filter.Urgency is { } urgency ? Words.Of(urgency) : null);
        return List(clinic) + Add(query, "after", after);
    }

    public static string SignIn(ClinicContext clinic) => List(clinic) + "/sign-in";

    public static string SignOut(ClinicContext clinic) => List(clinic) + "/sign-out";

    public static string Referral(ClinicContext clinic, string id) => $"{List(clinic)}/referrals/{id}";

    /// <summary>A patient's visits and texts.</summary>
    public static string Patient(ClinicContext clinic, string id) => $"{List(clinic)}/patients/{id}";

    public static string Texts(ClinicContext clinic, string? after = null) => List(clinic) + "/texts" + Add(default, "after", after);

    public static string Decision(ClinicContext clinic, string id) => Referral(clinic, id) + "/decision";

    private static QueryString Add(QueryString query, string name, string? value) => value is null ? query : query.Add(name, value);
}
