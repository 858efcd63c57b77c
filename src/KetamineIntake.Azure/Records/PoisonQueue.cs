using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Events;
using NodaTime;

namespace KetamineIntake.Azure.Records;

/// <summary>
/// The messages that the Functions host moved to "{queue}-poison" after five failed tries. The service shows 32 of each queue at a time, oldest first, of all clinics together:
/// a clinic whose message lies behind 32 others sees it once those are gone. Why a try failed is in the host's telemetry only. What nobody can be shown (no message of ours, no clinic's
/// number) is still counted, and an alert tells whoever runs the installation.
/// </summary>
internal sealed class PoisonQueue(QueueServiceClient queues, StorageSetup setup, IRecordStores stores) : IFailedMessages
{
    public const int AtATime = 32;
    private const int Tries = 5;
    private const string UnknownReason = "see telemetry";

    // Others do not see the messages meanwhile; they come back by themselves should we die.
    public static readonly TimeSpan Search = TimeSpan.FromSeconds(30);

    public static string Of(string queue) => queue + "-poison";

    public async Task<IReadOnlyList<FailedMessage>> ListAsync(string clinic, CancellationToken cancellation)
    {
        var failed = new List<FailedMessage>();
        await AskedAsync(
            async () =>
            {
                foreach (var queue in Queues.All)
                {
                    PeekedMessage[] seen = await queues.GetQueueClient(Of(queue)).PeekMessagesAsync(AtATime, cancellation);
                    foreach (var message in seen)
                    {
                        if (await SubjectAsync(queue, clinic, message.Body.ToString(), cancellation) is { } subject)
                        {
                            failed.Add(new FailedMessage($"{queue}.{message.MessageId}", queue, subject, UnknownReason, Instant.FromDateTimeOffset(message.InsertedOn ?? default), Tries));
                        }
                    }
                }
            },
            cancellation);
        return [.. failed.OrderBy(static message => message.FailedAt)];
    }

    public async Task<bool> PutBackAsync(string clinic, string id, CancellationToken cancellation)
    {
        if (Queues.All.FirstOrDefault(queue => id.StartsWith(queue + ".", StringComparison.Ordinal)) is not { } name)
        {
            return false;
        }

        var found = false;
        await AskedAsync(async () => found = await PutBackAsync(name, clinic, id[(name.Length + 1)..], cancellation), cancellation);
        return found;
    }

    /// <summary>See <see cref="CountFailedMessages"/>.</summary>
    public async Task<IReadOnlyList<(string Queue, int Count)>> CountAsync(CancellationToken cancellation)
    {
        var counts = new List<(string, int)>();
        await AskedAsync(
            async () =>
            {
                foreach (var queue in Queues.All)
                {
                    QueueProperties properties = await queues.GetQueueClient(Of(queue)).GetPropertiesAsync(cancellation);
                    if (properties.ApproximateMessagesCount > 0)
                    {
                        counts.Add((queue, properties.ApproximateMessagesCount));
                    }
                }
            },
            cancellation);
        return counts;
    }

    private async Task<bool> PutBackAsync(string queue, string clinic, string messageId, CancellationToken cancellation)
    {
        var poison = queues.GetQueueClient(Of(queue));
        var passed = new List<QueueMessage>();
        try
        {
            while (true)
            {
                QueueMessage[] batch = await poison.ReceiveMessagesAsync(AtATime, Search, cancellation);
                passed.AddRange(batch.Where(message => message.MessageId != messageId));
                if (batch.FirstOrDefault(message => message.MessageId == messageId) is { } wanted)
                {
                    return await MoveAsync(queue, clinic, poison, wanted, passed, cancellation);
                }

                if (batch.Length == 0)
                {
                    return false;
                }
            }
        }
        finally
        {
            foreach (var message in passed)
            {
                await ShowAgainAsync(poison, message);
            }
        }
    }

    // Sent before it is deleted: a stop in between delivers it twice, never not at all.
    private async Task<bool> MoveAsync(string queue, string clinic, QueueClient poison, QueueMessage wanted, List<QueueMessage> passed, CancellationToken cancellation)
    {
        if (await SubjectAsync(queue, clinic, wanted.Body.ToString(), cancellation) is null)
        {
            passed.Add(wanted);
            return false;
        }

        await queues.GetQueueClient(queue).SendMessageAsync(wanted.Body, timeToLive: StorageQueue.Forever, cancellationToken: cancellation);
        await AnsweredAsync(() => poison.DeleteMessageAsync(wanted.MessageId, wanted.PopReceipt, CancellationToken.None));
        return true;
    }

    public static Task<bool> ShowAgainAsync(QueueClient poison, QueueMessage message) =>
        AnsweredAsync(() => poison.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.Body, TimeSpan.Zero, CancellationToken.None));

    /// <summary>
    /// False when the service did not do it: a long search outlives its hold on the messages, and then they are in sight again by themselves. That is no reason to tell somebody
    /// that the message was not put back.
    /// </summary>
    public static async Task<bool> AnsweredAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (Exception failure) when (StorageFailure.IsOutage(failure, CancellationToken.None))
        {
            return false;
        }
    }

    /// <summary>What a failed message is about, when it is this clinic's. An event about texts is whoever's number it names; several clinics may share one.</summary>
    private async Task<string?> SubjectAsync(string queue, string clinic, string text, CancellationToken cancellation)
    {
        if (MessageText.TryRead(queue, text) is { } message)
        {
            return message.Clinic == clinic ? message.Subject : null;
        }

        if (queue != Queues.SmsEvents)
        {
            return null;
        }

        foreach (var received in SmsEventReader.Read(Encoding.UTF8.GetBytes(text)).Events)
        {
            var (number, subject) = About(received);
            if (number is not null && (await ClinicNumbers.ClinicsAsync(stores.Open(Rows.Global), number, cancellation)).Contains(clinic))
            {
                return subject;
            }
        }

        return null;
    }

    // Neither the patient's number nor their words: the list shows ids only.
    private static (string? ClinicsNumber, string Subject) About(SmsEvent received) => received switch
    {
        SmsEvent.Received text => (text.To, "text from a patient"),
        SmsEvent.DeliveryReport report => (report.From, "delivery report"),
        _ => (null, string.Empty),
    };

    private async Task AskedAsync(Func<Task> ask, CancellationToken cancellation)
    {
        await setup.QueuesReadyAsync(cancellation);
        try
        {
            await ask();
        }
        catch (Exception failure) when (StorageFailure.IsOutage(failure, cancellation))
        {
            throw StorageFailure.ToOutage(failure);
        }
    }
}
