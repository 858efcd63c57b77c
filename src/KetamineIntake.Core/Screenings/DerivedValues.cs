namespace KetamineIntake.Core.Screenings;

/// <summary>Values that rules may look at although nobody is asked for them as such.</summary>
internal static class DerivedValues
{
    public const string Age = "age";
    public const string BodyMassIndex = "bmi";

    /// <summary>Kilograms.</summary>
    public const string Weight = "dem.weightKg";

    /// <summary>Centimetres.</summary>
    public const string Height = "dem.heightCm";

    private const decimal CentimetresPerMetre = 100;

    /// <summary>Kilograms per square metre, to one decimal.</summary>
    /// <param name="height">Above zero: the questionnaire asks for nothing less.</param>
    public static decimal BodyMassIndexOf(decimal weight, decimal height)
    {
        var metres = height / CentimetresPerMetre;
        return Math.Round(weight / (metres * metres), 1, MidpointRounding.AwayFromZero);
    }
}
