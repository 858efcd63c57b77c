using System.Globalization;

namespace KetamineIntake.Tests.Screenings.Reading;

/// <summary>Machines that write numbers otherwise than the contract does.</summary>
internal static class Cultures
{
    /// <summary>72,5 and ~1: put together by hand, because the program knows no real culture but the invariant one.</summary>
    public static CultureInfo CommaForPoint
    {
        get
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            culture.NumberFormat.NegativeSign = "~";
            return culture;
        }
    }
}
