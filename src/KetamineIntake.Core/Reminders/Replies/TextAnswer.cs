using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>An answer to a patient's text. It goes at once, whatever the hour, and counts for no cap.</summary>
/// <param name="Tries">How often the provider was asked.</param>
public sealed record TextAnswer(string Id, string From, string To, string Text, Instant At, Instant? SendingUntil = null, string? MessageId = null, int Tries = 0);
