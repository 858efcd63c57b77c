namespace KetamineIntake.Web.Pages;

/// <summary>A telephone number as people here write it, and as a phone dials it.</summary>
internal static class PhoneWords
{
    public static string Of(string e164) => e164 is ['+', '1', .. { Length: 10 } national]
        ? $"({national[..3]}) {national[3..6]}-{national[6..]}"
        : e164;

    /// <summary>Numbers of five or six digits are short codes: they take texts only.</summary>
    public static string Link(string phone)
    {
        var digits = string.Concat(phone.Where(c => char.IsAsciiDigit(c) || c == '+'));
        return (digits.Length is 5 or 6 ? "sms:" : "tel:") + digits;
    }
}
