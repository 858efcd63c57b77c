using NodaTime;

namespace KetamineIntake.Local.Clock;

/// <summary>The system's time, or, with <c>--now</c>, a time that stands until it is advanced.</summary>
internal sealed class HostClock(Instant? standing) : IClock
{
    private readonly Lock gate = new();
    private Instant? standing = standing;

    /// <summary>Whether time passes only when told to.</summary>
    public bool Stands => standing is not null;

    public Instant GetCurrentInstant()
    {
        lock (gate)
        {
#pragma warning disable RS0030 // The host is where the system clock is chosen.
            return standing ?? SystemClock.Instance.GetCurrentInstant();
#pragma warning restore RS0030
        }
    }

    /// <summary>Sets a standing clock forward. Time never goes back.</summary>
    /// <exception cref="InvalidOperationException">The clock does not stand.</exception>
    public void AdvanceTo(Instant instant)
    {
        lock (gate)
        {
            var now = standing ?? throw new InvalidOperationException("The clock follows the system's time.");
            standing = Instant.Max(now, instant);
        }
    }
}
