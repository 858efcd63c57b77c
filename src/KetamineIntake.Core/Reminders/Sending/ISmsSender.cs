using NodaTime;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>A text for the provider.</summary>
/// <param name="Tag">Comes back in the delivery report; ids only. Also the provider's key for telling a repeated request, where it has one.</param>
/// <param name="Since">When the provider was first asked; the same for every request that may be a repetition, another one after an answer that refused.</param>
public sealed record OutgoingText(string From, string To, string Body, string Tag, Instant Since = default);

/// <summary>What the provider said.</summary>
public abstract record SmsReceipt
{
    private SmsReceipt()
    {
    }

    /// <summary>Taken, not yet delivered.</summary>
    public sealed record Accepted(string MessageId) : SmsReceipt;

    /// <param name="Code">The provider's code; see <see cref="SmsFailure"/>.</param>
    public sealed record Refused(int Code) : SmsReceipt;
}

/// <summary>
/// Hands one text to the provider. An exception means that nobody knows whether it was taken; the text is then tried again after a while, a few times, as long as it still helps.
/// Its token is the caller's patience, never the host's wish to stop: a request that is given up halfway may have been taken.
/// </summary>
public interface ISmsSender
{
    Task<SmsReceipt> SendAsync(OutgoingText text, CancellationToken cancellation);
}

/// <summary>The provider asks us to stop sending for a while.</summary>
public sealed record SenderPause(Instant Until, int Code);

/// <summary>What a provider's code means for the text (Azure Communication Services; domain 4d).</summary>
public enum SmsFailureKind
{
    /// <summary>May work later: unreachable, temporary, timed out, unknown.</summary>
    Passing,

    /// <summary>Will never work: no such number, carrier block.</summary>
    Final,

    /// <summary>The number opted out at its carrier.</summary>
    OptedOut,

    /// <summary>Our sender is over its limit or not verified.</summary>
    SenderBlocked,
}

/// <summary>Reads a provider's code; one that is not known counts as passing, so that a text is not given up for it.</summary>
public static class SmsFailure
{
    public static SmsFailureKind Of(int? code) => code switch
    {
        4007 => SmsFailureKind.OptedOut,
        4008 or 4010 => SmsFailureKind.SenderBlocked,
        4000 or 4001 or 4002 or 4003 or 4004 or 4005 => SmsFailureKind.Final,
        _ => SmsFailureKind.Passing,
    };
}
