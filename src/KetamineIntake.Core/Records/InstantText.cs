using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Records;

/// <summary>Instants inside row keys: fixed-width UTC <c>yyyyMMddTHHmmssfffffffZ</c>, whose ordinal order is the order in time. Years 1 to 9999; finer than 100 ns is cut off.</summary>
public static class InstantText
{
    public const int Length = 23;

    private static readonly InstantPattern Pattern = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmssfffffff'Z'");
    private static readonly Instant First = Instant.FromUtc(1, 1, 1, 0, 0);

    /// <exception cref="ArgumentOutOfRangeException">Before year 1: the sign would break the fixed width.</exception>
    public static string Format(Instant instant) =>
        instant >= First ? Pattern.Format(instant) : throw new ArgumentOutOfRangeException(nameof(instant), "Instants in keys start with year 1.");

    /// <summary>The first instant that can be written and is not before this one: what must not happen early is rounded up.</summary>
    public static Instant RoundUp(Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        var cut = Instant.FromUnixTimeTicks(ticks);
        return cut < instant ? Instant.FromUnixTimeTicks(ticks + 1) : cut;
    }

    public static bool TryParse(string text, out Instant instant)
    {
        var parsed = Pattern.Parse(text);
        instant = parsed.Success ? parsed.Value : default;
        return parsed.Success && text.Length == Length;
    }
}
