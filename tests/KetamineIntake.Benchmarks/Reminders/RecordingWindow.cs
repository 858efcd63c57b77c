using System.Collections.Concurrent;
using System.Diagnostics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Sending;

namespace KetamineIntake.Benchmarks.Reminders;

/// <summary>
/// Measures the one window in which a crash makes a text go twice: from the sender's return to the commit that records it. Wraps both, and tells which commit belongs to which text by the tag.
/// </summary>
internal sealed class RecordingWindow(IRecordStores stores, ISmsSender sender) : IRecordStores, ISmsSender
{
    private const string ReminderPrefix = "reminder|";

    private readonly ConcurrentDictionary<string, long> returnedAt = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<TimeSpan> windows = [];

    public int Count => windows.Count;

    public IRecordStore Open(string partition) => new Store(this, stores.Open(partition));

    public async Task<SmsReceipt> SendAsync(OutgoingText text, CancellationToken cancellation)
    {
        var receipt = await sender.SendAsync(text, cancellation);
        returnedAt[text.Tag] = Stopwatch.GetTimestamp();
        return receipt;
    }

    /// <summary>Milliseconds below which the given share of all texts lies; 1 is the longest.</summary>
    public double Milliseconds(double share)
    {
        var sorted = windows.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)].TotalMilliseconds;
    }

    private void Committed(IReadOnlyList<Change> changes)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var key in changes.Select(c => c.Key).Where(k => k.StartsWith(ReminderPrefix, StringComparison.Ordinal)))
        {
            // The tag is the ids of the row's key; see DeliveryTag.
            if (returnedAt.TryRemove(key[ReminderPrefix.Length..].Replace('|', '.'), out var returned))
            {
                windows.Add(Stopwatch.GetElapsedTime(returned, now));
            }
        }
    }

    private sealed class Store(RecordingWindow window, IRecordStore inner) : IRecordStore
    {
        public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

        public async Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            var result = await inner.CommitAsync(changes, cancellation);
            if (result is CommitResult.Committed)
            {
                window.Committed(changes);
            }

            return result;
        }
    }
}
