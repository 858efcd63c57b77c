using NodaTime;

namespace KetamineIntake.Core.Reminders.Events;

/// <summary>An event that has been acted on. Event Grid repeats for at most 24 hours.</summary>
public sealed record SeenEvent(Instant ExpiresAt)
{
    public static readonly Duration Kept = Duration.FromDays(7);
}
