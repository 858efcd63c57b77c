using KetamineIntake.Core.Reminders.Sending;

namespace KetamineIntake.Azure.Reminders;

/// <summary>An installation that sends no texts says so at each one.</summary>
internal sealed class NoSender : ISmsSender
{
    private const int Unsupported = 4003;

    public Task<SmsReceipt> SendAsync(OutgoingText text, CancellationToken cancellation) => Task.FromResult<SmsReceipt>(new SmsReceipt.Refused(Unsupported));
}
