using System.Buffers;

namespace KetamineIntake.Core.Records;

/// <summary>What every adapter accepts as a row key or partition name, so that a key that works in one works in all.</summary>
public static class RowKeys
{
    public const int MaximumLength = 400;

    // Printable ASCII below '~' (which ends ranges), without the four that Azure Tables refuses in keys.
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ').Select(static c => (char)c).Except("/\\#?")]);

    public static bool IsValid(string key) => key.Length is > 0 and <= MaximumLength && !key.AsSpan().ContainsAnyExcept(Allowed);

    /// <exception cref="ArgumentException">The key cannot be stored. It is not repeated: what is not a key may be anything.</exception>
    public static string Check(string key) =>
        IsValid(key) ? key : throw new ArgumentException("A row key is 1 to 400 printable ASCII characters below '~', without / \\ # ?.", nameof(key));
}
