using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Local.Clock;
using KetamineIntake.Local.Records;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace KetamineIntake.Local.Hosting;

/// <summary>Moves messages: from each clinic's outbox to the queue when they fall due, and from the queue to their handlers. One pass at a time.</summary>
internal sealed class Dispatcher : IDisposable
{
    private readonly SemaphoreSlim onePass = new(1, 1);
    private readonly ClinicDirectory clinics;
    private readonly IRecordStores stores;
    private readonly IMessageQueue queue;
    private readonly QueuePump pump;
    private readonly LabTimer labs;
    private readonly HostClock clock;
    private readonly ClockMark mark;
    private readonly ILogger<Dispatcher> log;

    public Dispatcher(
        ClinicDirectory clinics, IRecordStores stores, SqliteQueue queue, MessageHandlers handlers, LabTimer labs, HostClock clock, ILogger<Dispatcher> log)
    {
        (this.clinics, this.stores, this.queue, this.labs, this.clock, this.log) = (clinics, stores, queue, labs, clock, log);
        mark = new ClockMark(stores);
        pump = new QueuePump(queue, handlers.ByQueue, (delivery, failure) =>
            log.MessageFailed(delivery.Message.Queue, delivery.Message.Clinic, delivery.Tries, failure.GetType().Name));
    }

    public void Dispose() => onePass.Dispose();

    /// <summary>Handles all that is due now; answers when the next thing falls due, null when nothing waits.</summary>
    public async Task<Instant?> RunDueAsync(CancellationToken cancellation)
    {
        await onePass.WaitAsync(cancellation);
        try
        {
            return await PassAsync(cancellation);
        }
        finally
        {
            onePass.Release();
        }
    }

    /// <summary>Sets a standing clock forward, stopping at each thing that falls due on the way and handling it with the clock at that time.</summary>
    public async Task AdvanceAsync(Duration by, CancellationToken cancellation)
    {
        await onePass.WaitAsync(cancellation);
        try
        {
            var target = clock.GetCurrentInstant() + by;
            var next = await PassAsync(cancellation);
            while (next is { } due && due <= target)
            {
                clock.AdvanceTo(due);
                next = await PassAsync(cancellation);
            }

            clock.AdvanceTo(target);
            await PassAsync(cancellation);
        }
        finally
        {
            onePass.Release();
        }
    }

    private async Task<Instant?> PassAsync(CancellationToken cancellation)
    {
        await LookAtClockAsync(cancellation);
        Instant? next;
        int tries;
        int told;
        do
        {
            var now = clock.GetCurrentInstant();
            next = null;
            foreach (var clinic in await clinics.ListAsync(cancellation))
            {
                next = Earliest(next, await ReleaseAsync(clinic, now, cancellation));
            }

            // Handlers commit messages of their own: look again until a pass finds nothing to do.
            tries = await pump.RunDueAsync(now, cancellation);
            (told, var labsDue) = await labs.RunDueAsync(now, cancellation);
            next = Earliest(next, labsDue);
        }
        while (tries > 0 || told > 0);

        return Earliest(next, await pump.NextDueAsync(cancellation));
    }

    private async Task LookAtClockAsync(CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        if (await mark.WentBackAsync(now, cancellation))
        {
            log.ClockWentBack();
            foreach (var clinic in await clinics.ListAsync(cancellation))
            {
                await queue.SendAsync(new Message(Queues.Plans, clinic, ReplanReminders.Everyone), cancellation);
            }
        }

        await mark.KeepAsync(now, cancellation);
    }

    private async Task<Instant?> ReleaseAsync(string clinic, Instant now, CancellationToken cancellation)
    {
        var released = await OutboxRelease.ReleaseAsync(clinic, stores.Open(clinic), queue, now, cancellation);
        if (released.Unreadable.Count > 0)
        {
            log.OutboxUnreadable(clinic, released.Unreadable.Count);
        }

        return released.NextDue;
    }

    private static Instant? Earliest(Instant? one, Instant? other) =>
        one is { } a && other is { } b ? Instant.Min(a, b) : one ?? other;
}
