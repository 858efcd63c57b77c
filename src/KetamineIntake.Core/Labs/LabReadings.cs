using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>One value as rules see it.</summary>
/// <param name="Quantity">The protocol's code, such as egfr.</param>
/// <param name="Answer">Null when it cannot be read.</param>
/// <param name="FarEnd">For "&lt; 60" and the like: the other end of what it can mean; else null.</param>
internal sealed record LabReading(LabValue Value, string Quantity, LocalDate Day, Answer? Answer, Answer? FarEnd);

/// <summary>Turns values into what rules look at: unit, bounds and step. What cannot be trusted is not read.</summary>
internal static class LabReadings
{
    // "< 30" is below 30, which a rule "at most 29.9" has to see, and "> 500" above 500. Smaller than any step that laboratories report.
    private const decimal JustBeside = 0.1m;

    private const decimal Largest = 1e12m;

    /// <summary>Values that rules see as multiples of the upper normal.</summary>
    public static readonly IReadOnlyList<string> Multiples = ["alt.uln", "ast.uln"];

    /// <summary>Words, or an amount that is positive above the laboratory's limit.</summary>
    public const string HcgQuantity = "hcg";

    // Looked at by no rule, and still not to be taken for a kidney test when it cannot be read.
    private const string CreatinineQuantity = "creatinine";

    private static readonly Dictionary<string, string> Quantities = new(StringComparer.Ordinal)
    {
        [LabKinds.Egfr] = "egfr",
        [LabKinds.Hemoglobin] = "hemoglobin",
        [LabKinds.Platelets] = "platelets",
        [LabKinds.Leukocytes] = "wbc",
        [LabKinds.Qtc] = "ecg.qtc",
        [LabKinds.Alt] = "alt.uln",
        [LabKinds.Ast] = "ast.uln",
        [LabKinds.Ecg] = "ecg.finding",
        [LabKinds.EcgImpression] = "ecg.finding",
        [LabKinds.Hcg] = HcgQuantity,
        [LabKinds.Creatinine] = CreatinineQuantity,
    };

    /// <summary>Whether rules may look at it.</summary>
    public static bool IsFact(string quantity) => quantity != CreatinineQuantity;

    /// <summary>Null for a value that nobody has to read: an unknown code, a panel that says nothing of its own, an ECG without words.</summary>
    /// <param name="content">The protocol's: outside a value's minimum and maximum nothing is read.</param>
    public static LabReading? Of(LabValue value, LocalDate day, LabContent content)
    {
        if (LabKinds.Find(value.Code) is not { } kind)
        {
            return null;
        }

        var isKnown = Quantities.TryGetValue(kind.Name, out var quantity);
        if (LabKinds.IsUnread(value))
        {
            return new LabReading(value, quantity ?? kind.Name, day, null, null);
        }

        if (!isKnown || quantity is null)
        {
            return null;
        }

        if (quantity == CreatinineQuantity)
        {
            return new LabReading(value, quantity, day, value.Number is >= 0 and < Largest and var amount ? new Answer.Number(amount) : null, null);
        }

        if (quantity is "ecg.finding" or HcgQuantity)
        {
            var word = quantity == HcgQuantity ? HcgReading.Of(value, content) : LabWords.EcgFinding(value.Text);
            return word is null && !kind.IsMeasured ? null : new LabReading(value, quantity, day, word is null ? null : new Answer.Choice(word), null);
        }

        var bound = content.Values.FirstOrDefault(b => b.Code == quantity);
        var number = Multiples.Contains(quantity, StringComparer.Ordinal)
            ? Multiple(kind.Name, quantity, value, bound?.Maximum ?? Largest, content)
            : Converted(kind.Name, value, content.Units);
        return number is { } read && read >= (bound?.Minimum ?? -Largest) && read <= (bound?.Maximum ?? Largest)
            ? new LabReading(value, quantity, day, new Answer.Number(Step(quantity, Near(value, read))), FarEnd(value, bound))
            : new LabReading(value, quantity, day, null, null);
    }

    private static decimal? Converted(string kind, LabValue value, LabUnits units) =>
        value.Number is { } number ? units.Convert(kind, number, value.Unit) : null;

    private static decimal? Multiple(string kind, string quantity, LabValue value, decimal most, LabContent content)
    {
        if (value.Number is not (>= 0 and < Largest and var number) || LabUnits.IsContradictory(value.Unit))
        {
            return null;
        }

        if (Limit(kind, quantity, value, content) is not { } high)
        {
            // In a unit that nobody knows a number above its own limit is above it, and one below says nothing: the limit may be anybody's.
            return content.Units.Convert(kind, number, value.Unit) is { } known ? known / content.UpperLimits[quantity]
                : InUnit(kind, value, content.Units) is { } own && number > own && number <= most * own ? number / own
                : null;
        }

        // Compared before it is divided: a limit next to nothing, or rounded to it by its unit, would make a number that no decimal can hold.
        return high is > 0 and < Largest && number <= most * high ? number / high : null;
    }

    // The upper limit in the value's unit; a ratio needs no unit when both have the same. Null when there is none, none that can be compared, or none that can be believed.
    internal static decimal? Limit(string kind, string quantity, LabValue value, LabContent content) =>
        InUnit(kind, value, content.Units) is { } high && IsBelievable(kind, quantity, high, value.Unit, content) ? high : null;

    // Far above the usual limit it is one of pregnant patients, or the one from which the laboratory telephones. Without a unit the bare number has to do; in one that nobody knows it
    // may be anything.
    private static bool IsBelievable(string kind, string quantity, decimal high, string? unit, LabContent content) =>
        !content.UpperLimits.TryGetValue(quantity, out var usual)
        || (content.Units.Convert(kind, high, unit) ?? (string.IsNullOrWhiteSpace(unit) ? high : decimal.MaxValue)) <= usual * content.MostTimesLimit;

    private static decimal? InUnit(string kind, LabValue value, LabUnits units)
    {
        if (value.High is not (> 0 and var high))
        {
            return null;
        }

        if (value.RangeUnit is not { } unit || units.IsSame(unit, value.Unit))
        {
            return high;
        }

        return units.Convert(kind, high, unit) is { } there && units.Convert(kind, 1, value.Unit) is { } one ? there / one : null;
    }

    private static decimal Near(LabValue value, decimal number) => value.Comparator switch
    {
        "<" => number - JustBeside,
        ">" => number + JustBeside,
        _ => number,
    };

    private static Answer.Number? FarEnd(LabValue value, MeasuredValue? bound) => value.Comparator switch
    {
        "<" or "<=" => new Answer.Number(bound?.Minimum ?? 0),
        ">" or ">=" => new Answer.Number(bound?.Maximum ?? Largest),
        _ => null,
    };

    // To the step in which the rules' limits are written, towards the worse: 29.95 is not 30, and a rule "at most 29.9" has to see it.
    private static decimal Step(string quantity, decimal number) => quantity switch
    {
        "egfr" or "platelets" => Math.Floor(number * 10) / 10,
        "hemoglobin" => Math.Floor(number * 100) / 100,
        "ecg.qtc" => Math.Ceiling(number),
        _ => number,
    };
}
