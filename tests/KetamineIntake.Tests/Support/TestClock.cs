using NodaTime;

namespace KetamineIntake.Tests.Support;

/// <summary>A clock that stands until a test moves it.</summary>
internal sealed class TestClock(Instant now) : IClock
{
    public static readonly Instant Start = Instant.FromUtc(2026, 12, 1, 14, 0);

    public TestClock()
        : this(Start)
    {
    }

    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;

    public void Advance(Duration by) => Now += by;
}
