using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Labs;

/// <summary>Reads a pregnancy test: words, or an amount of hCG.</summary>
internal static class HcgReading
{
    private const string Positive = "positive";
    private const string Negative = "negative";

    /// <summary>
    /// positive or negative; null when it is neither. An amount is positive above the laboratory's upper limit, else from the protocol's on. A range that begins above zero is one of
    /// pregnant patients, and no limit.
    /// </summary>
    public static string? Of(LabValue value, LabContent content)
    {
        if (value.Number is not (>= 0 and var number))
        {
            return value.Number is null ? LabWords.Positivity(value.Text) : null;
        }

        // What the laboratory itself calls positive beside its number.
        if (LabWords.Positivity(value.Text) == Positive)
        {
            return Positive;
        }

        if (value.Low is null or <= 0 && LabReadings.Limit(LabKinds.Hcg, LabReadings.HcgQuantity, value, content) is { } upper)
        {
            return Side(value.Comparator, number > upper, number <= upper);
        }

        return content.Units.Convert(LabKinds.Hcg, number, value.Unit) is { } amount && content.UpperLimits.TryGetValue(LabReadings.HcgQuantity, out var limit)
            ? Side(value.Comparator, amount >= limit, amount <= limit)
            : null;
    }

    // "< 25" may be 3 or 24, and "> 2" anything.
    private static string? Side(string? comparator, bool isAbove, bool isBelow) => comparator switch
    {
        null => isAbove ? Positive : Negative,
        ">" or ">=" => isAbove ? Positive : null,
        _ => isBelow ? Negative : null,
    };
}
