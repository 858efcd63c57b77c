using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>An answer to a patient's text. It goes at once, whatever the hour, and counts for no cap.</summary>
/// <param name="MessageId">The provider's id, or why it did not go; with either it is done.</param>
/// <param name="Name">Which of the protocol's texts it is.</param>
/// <param name="Tries">How often the provider was asked.</param>
/// <param name="NextAt">Not before; null: at once.</param>
/// <param name="TriedSince">When the provider was first asked since its last answer.</param>
public sealed record TextAnswer(
    string Id,
    string From,
    string To,
    string Text,
    Instant At,
    Instant? SendingUntil = null,
    string? MessageId = null,
    string? Name = null,
    int Tries = 0,
    Instant? NextAt = null,
    Instant? TriedSince = null);
