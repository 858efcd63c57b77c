using System.Globalization;
using System.Text;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>Free text: not blank, not too long, and nothing in it that a screen or a printer would obey.</summary>
public static class TextCheck
{
    private const int DefaultMaximumLength = 2000;

    internal static ItemReading Parse(QuestionnaireItem item, RawValue raw)
    {
        if (ItemCheck.IsBlankField(raw))
        {
            return ItemReading.Unanswered;
        }

        var maximum = item.MaximumLength ?? DefaultMaximumLength;
        return raw is RawValue.Word or RawValue.Typed && ItemCheck.WordOf(raw) is { } text && IsPlain(text, maximum)
            ? ItemReading.Of(new Answer.Text(text.ReplaceLineEndings("\n").Trim()))
            : ItemReading.Faulty($"must be text of 1 to {maximum} characters without control characters; leave an unanswered question out") with { Words = ItemCheck.WordOf(raw) is { } typed ? Words(maximum, typed) : null };
    }

    /// <summary>What is wrong with a text that was refused, for the person who typed it.</summary>
    public static FaultWords Words(QuestionnaireItem item, string typed) => Words(item.MaximumLength ?? DefaultMaximumLength, typed) ?? new("text.hidden");

    // Null where nothing that a person can type is to blame.
    private static FaultWords? Words(int most, string typed) =>
        typed.Trim().Length > most ? new("text.long", ("count", typed.Trim().Length.ToString(CultureInfo.InvariantCulture)), ("most", most.ToString(CultureInfo.InvariantCulture)))
        : typed.EnumerateRunes().Any(IsUnfit) ? new("text.hidden")
        : null;

    /// <summary>Whether text is 1 to <paramref name="maximum"/> characters, not blank, without control characters other than line breaks and tabs.</summary>
    public static bool IsPlain(string text, int maximum) =>
        !string.IsNullOrWhiteSpace(text)
        && text.Length <= maximum
        && !text.EnumerateRunes().Any(IsUnfit);

    /// <summary>As <see cref="IsPlain"/>, on one line.</summary>
    public static bool IsOneLine(string text, int maximum) => IsPlain(text, maximum) && !text.AsSpan().ContainsAny('\r', '\n', '\t');

    /// <summary>What a screen or a printer would obey rather than show. Marks that turn the direction of writing are among it: a name must not rewrite the line it stands on.</summary>
    internal static bool IsUnfit(Rune rune) => rune.Value switch
    {
        '\n' or '\r' or '\t' => false,
        0xFFFD or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned,
    };
}
