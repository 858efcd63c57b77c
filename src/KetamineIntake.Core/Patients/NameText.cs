using System.Globalization;
using System.Text;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Core.Patients;

/// <summary>A name, in whatever script people write theirs.</summary>
internal static class NameText
{
    public const int Longest = 100;

    /// <summary>The name, or what is wrong with it in words for the person who typed it.</summary>
    public static (string? Name, FaultWords? Fault) Read(string text)
    {
        var letters = text.Trim().Length;
        var hidden = text.EnumerateRunes().Where(r => TextCheck.IsUnfit(r) || IsHidden(r)).Select(r => (Rune?)r).FirstOrDefault();
        return text switch
        {
            _ when text.AsSpan().Trim().ContainsAny('\r', '\n', '\t') => (null, new("name.oneLine")),
            _ when hidden is { } mark => (null, new("name.hidden", ("mark", $"U+{mark.Value:X4}"))),
            { Length: > Longest } => (null, new("name.long", ("count", letters.ToString(CultureInfo.InvariantCulture)), ("most", Longest.ToString(CultureInfo.InvariantCulture)))),
            _ when !text.EnumerateRunes().Any(Rune.IsLetter) => (null, new("name.noLetter")),
            _ => (text.Trim(), null),
        };
    }

    // Some scripts join and part letters by marks of this kind.
    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D);
}
