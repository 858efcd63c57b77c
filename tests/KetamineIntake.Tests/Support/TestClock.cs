using NodaTime;

namespace KetamineIntake.Tests.Support;

/// <summary>Stands still until a test moves it.</summary>
internal sealed class TestClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}
