namespace KetamineIntake.Core.Patients;

/// <summary>A telephone number that the numbering plan of its country has, kept as E.164 (+12125550123).</summary>
public readonly record struct PhoneNumber
{
    /// <summary>Longest text worth looking at: fifteen digits with generous punctuation.</summary>
    private const int LongestText = 40;

    private PhoneNumber(string e164) => E164 = e164;

    public string E164 { get; }

    public override string ToString() => E164;

    /// <summary>
    /// Reads E.164 or a US national number (ten digits, perhaps after a 1); spaces, dashes, dots and parentheses between the digits do not matter.
    /// False for text that is no such number, for a number that its country's plan does not have, and for numbers nobody can be texted at
    /// (toll-free, premium rate, shared cost, pagers).
    /// </summary>
    public static bool TryParse(string? text, out PhoneNumber number) => TryParse(text, CanBeTexted, out number);

    /// <summary>The same for a number that is called and not texted, such as a clinic's own: toll-free numbers too.</summary>
    public static bool TryParseCallable(string? text, out PhoneNumber number) =>
        TryParse(text, kind => CanBeTexted(kind) || kind == PhoneKind.TollFree, out number);

    private static bool TryParse(string? text, Func<PhoneKind, bool> accepts, out PhoneNumber number)
    {
        number = default;
        if (Digits(text) is not { } digits || NumberingPlans.World.KindOf(digits) is not { } kind || !accepts(kind))
        {
            return false;
        }

        number = new PhoneNumber("+" + digits);
        return true;
    }

    private static bool CanBeTexted(PhoneKind kind) =>
        kind is PhoneKind.FixedLine or PhoneKind.Mobile or PhoneKind.FixedLineOrMobile or PhoneKind.Voip or PhoneKind.Personal;

    /// <summary>Country calling code and national number, or null when the text has another shape.</summary>
    private static string? Digits(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        var isInternational = trimmed.StartsWith('+');
        var rest = isInternational ? trimmed[1..] : trimmed;
        if (trimmed.Length > LongestText || !rest.All(c => char.IsAsciiDigit(c) || c is ' ' or '-' or '.' or '(' or ')' or '\u00A0'))
        {
            return null;
        }

        var digits = string.Concat(rest.Where(char.IsAsciiDigit));
        return (isInternational, digits) switch
        {
            (true, { Length: >= 7 and <= 15 }) => digits,
            (false, { Length: 10 }) => "1" + digits,
            (false, ['1', ..] and { Length: 11 }) => digits,
            _ => null,
        };
    }
}

/// <summary>What a number is for, as far as the numbering plan says.</summary>
internal enum PhoneKind
{
    FixedLine,
    Mobile,
    FixedLineOrMobile,
    TollFree,
    PremiumRate,
    Personal,
    Voicemail,
    CompanyWide,
    Pager,
    Voip,
    SharedCost,
}
