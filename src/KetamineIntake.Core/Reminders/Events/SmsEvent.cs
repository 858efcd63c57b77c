using NodaTime;

namespace KetamineIntake.Core.Reminders.Events;

/// <summary>What Azure Event Grid tells about texts.</summary>
/// <param name="EventId">Event Grid delivers at least once: the same id is the same event.</param>
public abstract record SmsEvent(string EventId)
{
    /// <summary>A patient's text.</summary>
    /// <param name="From">E.164 where it can be read as such.</param>
    /// <param name="To">The clinic's number.</param>
    public sealed record Received(string EventId, string From, string To, string Message, Instant? At) : SmsEvent(EventId);

    /// <summary>What became of a text of ours.</summary>
    /// <param name="MessageId">The provider's id, as its answer to our sending gave it.</param>
    /// <param name="Code">The provider's four-digit code when there is one; 2000 is delivered.</param>
    /// <param name="Tag">What we sent along: the reminder's id.</param>
    public sealed record DeliveryReport(string EventId, string MessageId, string From, string To, bool IsDelivered, int? Code, string? Tag, Instant? At) : SmsEvent(EventId);

    /// <summary>The handshake of a new subscription: the code goes back in the answer.</summary>
    public sealed record SubscriptionValidation(string EventId, string Code) : SmsEvent(EventId);

    /// <summary>A kind of event that is not about texts; nothing happens.</summary>
    public sealed record Other(string EventId, string Type) : SmsEvent(EventId);
}

/// <summary>A place in the body that cannot be read.</summary>
/// <param name="Pointer">JSON pointer.</param>
public sealed record SmsEventFault(string Pointer, string Detail);
