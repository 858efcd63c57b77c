using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Extensions;

namespace KetamineIntake.Core.Reminders;

/// <summary>When texts may go, in the patient's local time: from <paramref name="From"/> (inclusive) to <paramref name="Before"/> (exclusive) on the same day.</summary>
public sealed record TextWindow(LocalTime From, LocalTime Before)
{
    /// <summary>Inside the federal hours and nearly all state ones (domain 4a).</summary>
    public static readonly TextWindow Widest = new(new LocalTime(9, 0), new LocalTime(20, 0));

    // A zone may skip a whole day once (Samoa did); nothing skips a week.
    private const int DaysToTry = 8;

    /// <summary>A clinic may narrow the window, never widen it.</summary>
    [JsonIgnore]
    public bool IsUsable => From >= Widest.From && Before <= Widest.Before && From < Before;

    public bool Contains(Instant instant, DateTimeZone zone)
    {
        var time = instant.InZone(zone).TimeOfDay;
        return time >= From && time < Before;
    }

    /// <summary>The instant itself when it is inside, otherwise the next opening.</summary>
    public Instant NextInside(Instant instant, DateTimeZone zone)
    {
        if (Contains(instant, zone))
        {
            return instant;
        }

        var date = instant.InZone(zone).Date;
        return Enumerable.Range(0, DaysToTry)
            .Select(days => date.PlusDays(days).At(From).InZoneLeniently(zone).ToInstant())
            .First(opening => opening >= instant && Contains(opening, zone));
    }

    /// <summary>The last whole minute inside the window that is before <paramref name="limit"/>.</summary>
    public Instant LastBefore(Instant limit, DateTimeZone zone)
    {
        var date = limit.InZone(zone).Date;
        return Enumerable.Range(0, DaysToTry)
            .Select(days => date.PlusDays(-days).At(Before).InZoneLeniently(zone).ToInstant())
            .Select(closing => MinuteBefore(Instant.Min(closing, limit), zone))
            .First(minute => Contains(minute, zone));
    }

    private static Instant MinuteBefore(Instant instant, DateTimeZone zone)
    {
        var local = (instant - Duration.Epsilon).InZone(zone);
        return instant - Duration.Epsilon - Duration.FromNanoseconds(local.NanosecondOfDay % NodaConstants.NanosecondsPerMinute);
    }
}
