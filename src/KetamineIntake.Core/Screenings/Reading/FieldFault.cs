using System.Text.Json.Serialization;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>One thing wrong with what was sent. Neither part ever repeats a submitted value.</summary>
/// <param name="Pointer">RFC 6901 JSON Pointer into the submitted document, for example /answers/cv.any.</param>
/// <param name="Detail">What would be right, in words a person can act on.</param>
public sealed record FieldFault(string Pointer, string Detail)
{
    /// <summary>What is wrong with this value, for the person who typed it; null where the detail says it all.</summary>
    [JsonIgnore]
    public string? Plain => Words?.English;

    /// <summary>The same, to be said in the person's language.</summary>
    [JsonIgnore]
    public FaultWords? Words { get; init; }

    // The words say to a person what the detail says to a program.
    public bool Equals(FieldFault? other) => other is not null && (Pointer, Detail) == (other.Pointer, other.Detail);

    public override int GetHashCode() => HashCode.Combine(Pointer, Detail);

    /// <summary>For the person, where they read another language than English and there are words for it: the detail is for programs.</summary>
    public FieldFault In(ProtocolTexts texts) => Words is { } words && texts.Language != SmsLanguage.English ? this with { Detail = words.In(texts) } : this;
}

/// <summary>RFC 6901.</summary>
public static class JsonPointer
{
    /// <summary>A member name longer than this is the sender's text rather than a name, and is not repeated to anyone.</summary>
    private const int LongestName = 64;

    public static string Append(string pointer, string token) =>
        $"{pointer}/{token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Append(string pointer, int index) => $"{pointer}/{index}";

    /// <summary>Whether an unknown member name may appear in a pointer.</summary>
    public static bool IsNameable(string name) =>
        name.Length is > 0 and <= LongestName && !name.Any(char.IsControl);
}
