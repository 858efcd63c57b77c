namespace KetamineIntake.Core.Patients;

/// <summary>What is wrong with a telephone number, for the person who typed it.</summary>
public static class PhoneFaultWords
{
    public static string Of(PhoneFault fault) => fault switch
    {
        PhoneFault.NotANumber => "This cannot be read as one phone number.",
        PhoneFault.Letters => "Write the number in digits: letters cannot be told from a slip of the keyboard.",
        PhoneFault.Extension => "A number with an extension cannot get texts. Give a number that reaches you without one.",
        PhoneFault.UnknownCountry => "No country has this code. Behind a plus sign the country code comes first.",
        PhoneFault.NoAreaCode => "The area code is missing.",
        PhoneFault.TooShort => "Digits are missing: this is too short for a phone number.",
        PhoneFault.TooLong => "There are too many digits for one phone number. A number outside the US begins with a plus sign and the country code.",
        PhoneFault.NotTextable => "This kind of number (toll-free, premium rate or a pager) cannot get texts.",
        _ => throw new InvalidOperationException($"No words for {fault}."),
    };
}
