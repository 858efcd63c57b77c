using System.Globalization;
using PhoneNumbers;

namespace KetamineIntake.Core.Patients;

/// <summary>
/// The world's numbering plans (libphonenumber). It takes a few tenths of a second to load, so it is not loaded before the first number that needs it: never on the way to a start.
/// </summary>
internal static class NumberLibrary
{
    /// <summary>Whose numbers need no country code.</summary>
    private const string Home = "US";

    private const int Mexico = 52;
    private const int MexicanDigits = 10;

    private static readonly Lazy<PhoneNumberUtil> Loaded = new(PhoneNumberUtil.GetInstance);

    public static PhoneNumberUtil Util => Loaded.Value;

    internal static bool IsLoaded => Loaded.IsValueCreated;

    /// <summary>A number that is possible with its area code and has no extension, or the fault.</summary>
    /// <param name="plain">See <see cref="PhoneText.Plain"/>.</param>
    public static (PhoneNumbers.PhoneNumber? Number, PhoneFault? Fault) Parse(string plain)
    {
        PhoneNumbers.PhoneNumber number;
        try
        {
            number = WithoutOldPrefix(Util.Parse(plain, Home));
        }
        catch (NumberParseException unreadable)
        {
            return (null, FaultOf(unreadable.ErrorType, plain));
        }

        // Letters are digits to the library (1-800-FLOWERS); nobody gives the number of their own phone so, and a slip of the keyboard must not become another number.
        var fault = number.HasExtension ? PhoneFault.Extension
            : plain.Any(char.IsLetter) ? PhoneFault.Letters
            : FaultOf(Util.IsPossibleNumberWithReason(number));
        return fault is null ? (number, null) : (null, fault);
    }

    // Until 2019 a Mexican mobile was dialled from abroad with a 1 behind the country code, and phones still hold it so (ITU Operational Bulletin 1178).
    private static PhoneNumbers.PhoneNumber WithoutOldPrefix(PhoneNumbers.PhoneNumber number) =>
        number.CountryCode == Mexico && Util.GetNationalSignificantNumber(number) is ['1', .. var national] && national.Length == MexicanDigits
            ? number.ToBuilder().SetNationalNumber(ulong.Parse(national, CultureInfo.InvariantCulture)).Build()
            : number;

    private static PhoneFault FaultOf(ErrorType error, string plain) => error switch
    {
        _ when plain.Any(char.IsLetter) => PhoneFault.Letters,
        ErrorType.INVALID_COUNTRY_CODE => PhoneFault.UnknownCountry,
        ErrorType.TOO_SHORT_AFTER_IDD or ErrorType.TOO_SHORT_NSN => PhoneFault.TooShort,
        ErrorType.TOO_LONG => PhoneFault.TooLong,
        _ => PhoneFault.NotANumber,
    };

    private static PhoneFault? FaultOf(PhoneNumberUtil.ValidationResult reason) => reason switch
    {
        PhoneNumberUtil.ValidationResult.IS_POSSIBLE => null,
        PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY => PhoneFault.NoAreaCode,
        PhoneNumberUtil.ValidationResult.TOO_SHORT => PhoneFault.TooShort,
        PhoneNumberUtil.ValidationResult.TOO_LONG => PhoneFault.TooLong,
        PhoneNumberUtil.ValidationResult.INVALID_COUNTRY_CODE => PhoneFault.UnknownCountry,
        _ => PhoneFault.NotANumber,
    };
}
