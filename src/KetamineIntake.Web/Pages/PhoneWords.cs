namespace KetamineIntake.Web.Pages;

/// <summary>A telephone number as people here write it.</summary>
internal static class PhoneWords
{
    public static string Of(string e164) => e164 is ['+', '1', .. { Length: 10 } national]
        ? $"({national[..3]}) {national[3..6]}-{national[6..]}"
        : e164;
}
