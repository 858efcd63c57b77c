using PhoneNumbers;

namespace KetamineIntake.Core.Patients;

/// <summary>Why a text is no telephone number that we can take.</summary>
public enum PhoneFault
{
    NotANumber,
    Letters,
    Extension,
    UnknownCountry,
    NoAreaCode,
    TooShort,
    TooLong,

    /// <summary>Toll-free, premium rate, shared cost, a pager: nobody can be texted there.</summary>
    NotTextable,
}

/// <summary>A telephone number that is possible in its country, kept as E.164 (+12125550123).</summary>
public readonly record struct PhoneNumber
{
    private PhoneNumber(string e164, bool isConfirmed) => (E164, IsConfirmed) = (e164, isConfirmed);

    public string E164 { get; }

    /// <summary>False where the metadata do not know the number to be in use: area codes are newer than any copy of them.</summary>
    public bool IsConfirmed { get; }

    public override string ToString() => E164;

    /// <summary>
    /// Reads an international number, or a US one without its country code, with whatever stands between the digits. A fault, and no number, for text that is no possible number,
    /// and for numbers nobody can be texted at.
    /// </summary>
    public static (PhoneNumber? Number, PhoneFault? Fault) Read(string? text) =>
        Possible(text) switch
        {
            (null, var fault) => (null, fault),
            ({ } number, _) when !CanBeTexted(NumberLibrary.Util.GetNumberType(number)) => (null, PhoneFault.NotTextable),
            ({ } number, _) => (Of(number), null),
        };

    /// <summary>See <see cref="Read"/>.</summary>
    public static bool TryParse(string? text, out PhoneNumber number)
    {
        number = Read(text).Number ?? default;
        return number.E164 is not null;
    }

    /// <summary>A number that is called and need not be texted, such as a clinic's own: toll-free too, but one that is known to be in use.</summary>
    public static bool TryParseCallable(string? text, out PhoneNumber number)
    {
        number = Possible(text).Number is { } possible && IsCallable(NumberLibrary.Util.GetNumberType(possible)) ? Of(possible) : default;
        return number is { IsConfirmed: true };
    }

    /// <summary>
    /// The one form that all writings of a number share; text that is no possible number is its own. What was stored by an earlier version, and what a provider sends, may be in another.
    /// </summary>
    public static string NormalOf(string number) =>
        IsPlainlyNormal(number) ? number : Possible(number).Number is { } possible ? Of(possible).E164 : number;

    /// <summary>Whether a number may stand in another form in what was stored before. Of North American ones none does.</summary>
    public static bool HasOtherForms(string normal) => !IsPlainlyNormal(normal);

    /// <summary>
    /// Other forms in which a number may stand in what was stored before: with the zero or one that is dialled only within its country. None for North American numbers, which
    /// were never taken with one.
    /// </summary>
    public static IEnumerable<string> OtherFormsOf(string normal)
    {
        if (IsPlainlyNormal(normal) || Possible(normal).Number is not { } number)
        {
            return [];
        }

        var util = NumberLibrary.Util;
        var national = util.GetNationalSignificantNumber(number);
        var prefix = util.GetNddPrefixForRegion(util.GetRegionCodeForCountryCode(number.CountryCode), true);
        return new[] { prefix, "0", "1" }.Where(p => !string.IsNullOrEmpty(p)).Distinct(StringComparer.Ordinal)
            .Select(p => $"+{number.CountryCode}{p}{national}")
            .Where(form => form != normal && NormalOf(form) == normal);
    }

    /// <summary>Ten digits behind +1, of which the first is no prefix: no other form, and no reason to load the metadata.</summary>
    private static bool IsPlainlyNormal(string number) =>
        number is ['+', '1', >= '2' and <= '9', ..] && number.Length == 12 && number.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static PhoneNumber Of(PhoneNumbers.PhoneNumber number) =>
        new(NumberLibrary.Util.Format(number, PhoneNumberFormat.E164), NumberLibrary.Util.IsValidNumber(number));

    private static (PhoneNumbers.PhoneNumber? Number, PhoneFault? Fault) Possible(string? text)
    {
        var (plain, fault) = PhoneText.Plain(text);
        return plain is null ? (null, fault) : NumberLibrary.Parse(plain);
    }

    private static bool CanBeTexted(PhoneNumberType type) => type
        is PhoneNumberType.FIXED_LINE or PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE or PhoneNumberType.VOIP or PhoneNumberType.PERSONAL_NUMBER
        or PhoneNumberType.UNKNOWN;

    private static bool IsCallable(PhoneNumberType type) => CanBeTexted(type) || type == PhoneNumberType.TOLL_FREE;
}
