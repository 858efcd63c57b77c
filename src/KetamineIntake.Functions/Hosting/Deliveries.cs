using System.Text;
using KetamineIntake.Azure.Records;
using KetamineIntake.Azure.Reminders;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Events;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Functions.Hosting;

/// <summary>Reads a queue's text and hands it to its Core handler. What it throws counts as a failed try.</summary>
internal static class Deliveries
{
    /// <exception cref="FormatException">The text is not a message of ours.</exception>
    public static Task HandleAsync(string queue, string text, Func<Message, CancellationToken, Task> handler, CancellationToken cancellation) =>
        handler(MessageText.Read(queue, text), cancellation);

    /// <summary>Event Grid puts one event into each message; should there be several, those that can be read are acted on.</summary>
    /// <exception cref="FormatException">The text, or a part of it, is not in Event Grid's schema.</exception>
    public static async Task HandleAsync(string text, HandleSmsEvent handler, ILogger log, CancellationToken cancellation)
    {
        var (events, faults) = SmsEventReader.Read(Encoding.UTF8.GetBytes(text));
        await handler.RunEachAsync(events, cancellation);
        foreach (var report in events.OfType<SmsEvent.DeliveryReport>().Where(r => !r.IsDelivered))
        {
            log.Undelivered(report.Code);
        }

        // Behind the readable ones: a STOP beside a faulty event counts at once, and the message is still seen among the poison ones. Each event is acted on once however often it comes.
        if (faults.Count > 0)
        {
            throw new FormatException($"An event about texts cannot be read at {string.Join(", ", faults.Select(static fault => fault.Pointer.Length == 0 ? "its root" : fault.Pointer))}.");
        }
    }
}
