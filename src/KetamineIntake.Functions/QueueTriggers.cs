using KetamineIntake.Azure.Hosting;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Functions;

/// <summary>One trigger for each queue, which calls one handler of Core. What a handler throws brings the message back, five times in all.</summary>
public sealed class QueueTriggers(
    IRecordStores stores, PurgeExpired purge, SendReminder reminders, SendAnswer answers, ReplanReminders plans, SettleConsent consents, SweepLabs labs, HandleSmsEvent events,
    ILogger<QueueTriggers> log)
{
    private const string Storage = StorageOptions.Section;

    [Function(nameof(Purge))]
    public Task Purge([QueueTrigger(Queues.Purge, Connection = Storage)] string text, CancellationToken cancellation) =>
        Deliveries.HandleAsync(Queues.Purge, text, (message, stop) => purge.RunAsync(stores.Open(message.Clinic), message, stop), cancellation);

    [Function(nameof(Reminders))]
    public Task Reminders([QueueTrigger(Queues.Reminders, Connection = Storage)] string text, CancellationToken cancellation) =>
        Deliveries.HandleAsync(Queues.Reminders, text, reminders.RunAsync, cancellation);

    [Function(nameof(TextAnswers))]
    public Task TextAnswers([QueueTrigger(Queues.TextAnswers, Connection = Storage)] string text, CancellationToken cancellation) =>
        Deliveries.HandleAsync(Queues.TextAnswers, text, answers.RunAsync, cancellation);

    [Function(nameof(Plans))]
    public Task Plans([QueueTrigger(Queues.Plans, Connection = Storage)] string text, CancellationToken cancellation) =>
        Deliveries.HandleAsync(Queues.Plans, text, plans.RunAsync, cancellation);

    [Function(nameof(Consents))]
    public Task Consents([QueueTrigger(Queues.Consents, Connection = Storage)] string text, CancellationToken cancellation) =>
        Deliveries.HandleAsync(Queues.Consents, text, consents.RunAsync, cancellation);

    [Function(nameof(Labs))]
    public Task Labs([QueueTrigger(Queues.Labs, Connection = Storage)] string text, CancellationToken cancellation) =>
        Deliveries.HandleAsync(Queues.Labs, text, labs.RunAsync, cancellation);

    [Function(nameof(SmsEventsFromGrid))]
    public Task SmsEventsFromGrid([QueueTrigger(Queues.SmsEvents, Connection = Storage)] string text, CancellationToken cancellation) =>
        Deliveries.HandleAsync(text, events, log, cancellation);
}
