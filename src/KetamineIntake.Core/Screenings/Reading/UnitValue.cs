using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>A number with its unit (UCUM), in the unit of a question.</summary>
public static class UnitValue
{
    // Exact by definition (international pound and inch, 1959).
    public const decimal KilogramsPerPound = 0.45359237m;
    public const decimal CentimetersPerInch = 2.54m;

    /// <summary>How many of the question's unit one of the sent unit is, by the question's unit.</summary>
    private static readonly Dictionary<(string Of, string Sent), decimal> Factors = new()
    {
        [("kg", "g")] = 0.001m,
        [("kg", "[lb_av]")] = KilogramsPerPound,
        [("kg", "lb")] = KilogramsPerPound,
        [("cm", "m")] = 100m,
        [("cm", "mm")] = 0.1m,
        [("cm", "[in_i]")] = CentimetersPerInch,
        [("cm", "[ft_i]")] = CentimetersPerInch * 12,
        [("cm", "in")] = CentimetersPerInch,
        [("cm", "ft")] = CentimetersPerInch * 12,
        [("mm[Hg]", "mmHg")] = 1m,
    };

    /// <summary>The value to two decimals, as the form keeps what is typed in pounds; null for a unit that is none of the question's.</summary>
    public static decimal? In(QuestionnaireItem question, decimal value, string unit) =>
        question.UnitCode is not { } of ? null
        : unit == of ? value
        : Factors.TryGetValue((of, unit), out var factor) && Math.Abs(value) < 1_000_000 ? Rounded(question, value * factor)
        : null;

    /// <summary>The units that are taken.</summary>
    public static IEnumerable<string> Of(QuestionnaireItem question) =>
        question.UnitCode is { } of ? Factors.Keys.Where(k => k.Of == of).Select(k => k.Sent).Prepend(of) : [];

    private static decimal Rounded(QuestionnaireItem question, decimal value) => Math.Round(value, question.Type == ItemType.Integer ? 0 : 2);
}
