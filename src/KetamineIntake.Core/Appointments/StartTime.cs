using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>What a clinic's local time means on the time line.</summary>
public abstract record StartTime
{
    private StartTime()
    {
    }

    /// <summary>The time exists once.</summary>
    public sealed record Once(Instant At) : StartTime;

    /// <summary>The clocks go back over it: it exists twice, and the earlier one is meant, so that nobody comes an hour late.</summary>
    public sealed record Twice(Instant At) : StartTime;

    /// <summary>The clocks go forward over it: it does not exist and is refused. Shifting it silently would put a wrong time into a text.</summary>
    /// <param name="Next">The first time that exists again.</param>
    public sealed record Never(LocalDateTime Next) : StartTime;

    /// <summary>Years that a visit can be in. At the ends of the calendar a local time has no instant, nor a series a next week.</summary>
    public static bool CanBe(LocalDateTime local) => local.Year is >= 2000 and < 2200;

    public static StartTime Of(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count switch
        {
            1 => new Once(mapping.Single().ToInstant()),
            2 => new Twice(mapping.First().ToInstant()),
            _ => new Never(mapping.LateInterval.IsoLocalStart),
        };
    }
}
