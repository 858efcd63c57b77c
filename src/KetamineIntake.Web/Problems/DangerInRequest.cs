using KetamineIntake.Core.Screenings;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Problems;

/// <summary>Danger that the body of a request tells of: every problem that answers the request says whom to call.</summary>
internal static class DangerInRequest
{
    private static readonly object Key = new();

    public static void Hear(this HttpContext http, RefusedDanger? danger) => http.Items[Key] = danger;

    public static RefusedDanger? Danger(this HttpContext http) => http.Items.TryGetValue(Key, out var danger) ? danger as RefusedDanger : null;
}
