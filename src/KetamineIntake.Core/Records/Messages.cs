namespace KetamineIntake.Core.Records;

/// <summary>A message that a queue-triggered handler receives, at least once and perhaps late. It carries ids, never health data.</summary>
/// <param name="Queue">One of <see cref="Queues"/>.</param>
/// <param name="Clinic">The partition whose records the handler may touch.</param>
/// <param name="Subject">The id or row key that the handler re-reads before it acts.</param>
public sealed record Message(string Queue, string Clinic, string Subject);

/// <summary>Queue names are permanent: retire one, never reuse it.</summary>
public static class Queues
{
    /// <summary>A row whose keeping time is over (idempotency keys, abandoned drafts).</summary>
    public const string Purge = "purge";

    /// <summary>A patient whose laboratory tests have to be judged again, or (subject "sweep") all of a clinic's that are due.</summary>
    public const string Labs = "labs";

    /// <summary>A reminder whose time has come; the subject is its row key.</summary>
    public const string Reminders = "reminders";

    /// <summary>A patient whose reminders have to be planned anew; the subject is the patient's id.</summary>
    public const string Plans = "plans";

    /// <summary>An answer to a patient's text; the subject is its row key.</summary>
    public const string TextAnswers = "text-answers";

    /// <summary>A word about texts to a number: everybody under it is planned anew, or its time to be decided on is over. See Reminders/Replies/SettleConsent.</summary>
    public const string Consents = "consents";

    /// <summary>Inbound texts and delivery reports. In Azure Event Grid itself writes to it, in its own schema.</summary>
    public const string SmsEvents = "sms-events";

    /// <summary>Each queue there is, for hosts: one trigger, one local counterpart, one pair of queues in the infrastructure.</summary>
    public static IReadOnlyList<string> All { get; } = [Purge, Labs, Reminders, Plans, TextAnswers, Consents, SmsEvents];
}

/// <summary>Hands a message to the durable queue. Throws when the queue did not take it; the outbox row then stays.</summary>
public interface IMessageQueue
{
    Task SendAsync(Message message, CancellationToken cancellation);
}
