using System.Globalization;
using NodaTime;

namespace KetamineIntake.Web.Pages.Appointments;

/// <summary>Times as the console shows them.</summary>
internal static class VisitText
{
    public static string Of(LocalDateTime time) => time.ToString("ddd d MMM uuuu, HH:mm", CultureInfo.InvariantCulture);
}
