using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

/// <summary>The process ended here.</summary>
internal sealed class Killed() : Exception("Killed.");

/// <summary>Counts the steps of a process and ends it before one of them; a dead process does nothing more until it is started again.</summary>
internal sealed class CrashPoint
{
    private bool isDead;

    public int Steps { get; private set; }

    /// <summary>0: never.</summary>
    public int DiesAt { get; set; }

    /// <summary>So many of the next commits the store does not answer.</summary>
    public int Outages { get; set; }

    public void Commit()
    {
        if (Outages > 0)
        {
            Outages--;
            throw new RecordStoreException("The store is out of order.");
        }
    }

    public void Step()
    {
        Steps++;
        isDead |= Steps == DiesAt;
        if (isDead)
        {
            throw new Killed();
        }
    }

    public void Restart() => isDead = false;
}

/// <summary>Every read is a step, and so is each commit, before it is durable and after.</summary>
internal sealed class CrashingStores(IRecordStores inner, CrashPoint crash) : IRecordStores
{
    public IRecordStore Open(string partition) => new Store(inner.Open(partition), crash);

    private sealed class Store(IRecordStore inner, CrashPoint crash) : IRecordStore
    {
        public Task<Row?> FindAsync(string key, CancellationToken cancellation)
        {
            crash.Step();
            return inner.FindAsync(key, cancellation);
        }

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation)
        {
            crash.Step();
            return inner.ListAsync(range, cancellation);
        }

        public async Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            crash.Step();
            crash.Commit();
            var result = await inner.CommitAsync(changes, cancellation);
            crash.Step();
            return result;
        }
    }
}

/// <summary>The provider: takes every text unless told otherwise, and remembers it.</summary>
internal sealed class RecordingSender(CrashPoint crash, IClock clock) : ISmsSender
{
    private readonly Lock gate = new();
    private readonly List<(Instant At, OutgoingText Text)> texts = [];

    public IReadOnlyList<(Instant At, OutgoingText Text)> Texts
    {
        get
        {
            lock (gate)
            {
                return [.. texts];
            }
        }
    }

    /// <summary>Codes with which the next texts are refused; -1 is an exception.</summary>
    public Queue<int> Refusals { get; } = [];

    public TimeSpan Delay { get; set; }

    /// <summary>What happens between the provider taking a text and its answer.</summary>
    public Func<OutgoingText, Task>? Meanwhile { get; set; }

    /// <summary>Every text that the provider was asked to send, taken or not.</summary>
    public List<OutgoingText> Asked { get; } = [];

    /// <summary>The caller gave up a request halfway.</summary>
    public bool WasCancelled { get; private set; }

    /// <summary>The step at which the provider had taken the text that a crash came right behind.</summary>
    public List<int> AcceptedAt { get; } = [];

    public async Task<SmsReceipt> SendAsync(OutgoingText text, CancellationToken cancellation)
    {
        crash.Step();
        await Task.Delay(Delay, cancellation);
        lock (gate)
        {
            Asked.Add(text);
            if (Refusals.TryDequeue(out var code))
            {
                return code < 0 ? throw new HttpRequestException("The provider cannot be reached.") : new SmsReceipt.Refused(code);
            }

            texts.Add((clock.GetCurrentInstant(), text));
            AcceptedAt.Add(crash.Steps);
        }

        await (Meanwhile?.Invoke(text) ?? Task.CompletedTask);
        WasCancelled |= cancellation.IsCancellationRequested;
        crash.Step();
        return new SmsReceipt.Accepted(RowId.New());
    }
}
