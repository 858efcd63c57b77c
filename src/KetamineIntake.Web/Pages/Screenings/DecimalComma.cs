using System.Text.RegularExpressions;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>A number with a comma: 72,5 means 72.5 to most of the world, and 1,200 does not mean 1.2 here. It is asked back, with the value.</summary>
internal static partial class DecimalComma
{
    /// <summary>The question to whoever typed it; null for anything else.</summary>
    public static FaultWords? Ask(string typed) => Number().Match(typed.Trim()) is { Success: true } number
        ? new("number.comma", ("typed", typed.Trim()), ("whole", number.Groups["whole"].Value), ("part", number.Groups["part"].Value))
        : null;

    [GeneratedRegex("^(?<whole>[0-9]{1,6}),(?<part>[0-9]{1,6})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Number();
}
