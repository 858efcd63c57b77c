using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;

namespace KetamineIntake.Local.Hosting;

/// <summary>Which Core handler receives which queue; the Functions host has one queue trigger for each.</summary>
internal sealed class MessageHandlers(
    IRecordStores stores, PurgeExpired purge, SendReminder reminders, SendAnswer answers, ReplanReminders plans, SettleConsent consents, SweepLabs labs,
    TextHold hold)
{
    public IReadOnlyDictionary<string, Func<Message, CancellationToken, Task>> ByQueue => new Dictionary<string, Func<Message, CancellationToken, Task>>(StringComparer.Ordinal)
    {
        [Queues.Purge] = (message, cancellation) => purge.RunAsync(stores.Open(message.Clinic), message, cancellation),
        [Queues.Reminders] = (message, cancellation) => hold.RunAsync(message, reminders.RunAsync, cancellation),
        [Queues.TextAnswers] = answers.RunAsync,
        [Queues.Plans] = plans.RunAsync,
        [Queues.Consents] = consents.RunAsync,
        [Queues.Labs] = labs.RunAsync,
    };
}
