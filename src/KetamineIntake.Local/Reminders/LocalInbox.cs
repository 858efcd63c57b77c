using System.Text.Json;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Local.Reminders;

/// <summary>A text as it arrived on the local phone.</summary>
internal sealed record InboxText(string From, string To, string Body, int Segments, Instant SentAt, string Tag);

/// <summary>
/// The provider of a local installation: texts arrive on a page instead of a phone. They are kept encrypted like everything else, in a partition that no clinic can have.
/// </summary>
internal sealed class LocalInbox(IRecordStores stores, IClock clock) : ISmsSender
{
    private const string Partition = "_inbox";
    private const string Prefix = "text|";
    private long count;

    public async Task<SmsReceipt> SendAsync(OutgoingText text, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var id = RowId.New();

        // Numbered, because two texts of one minute must be listed as they came.
        var stored = new StoredText(text.From, text.To, text.Body, now.ToUnixTimeTicks(), text.Tag);
        var body = JsonSerializer.SerializeToUtf8Bytes(stored);
        await stores.Open(Partition).CommitAsync([new Change.Insert($"{Prefix}{InstantText.Format(now)}|{Interlocked.Increment(ref count):D9}|{id}", body)], cancellation);
        return new SmsReceipt.Accepted(id);
    }

    /// <summary>Every text, oldest first.</summary>
    public async Task<IReadOnlyList<InboxText>> ListAsync(CancellationToken cancellation)
    {
        var texts = new List<InboxText>();
        await foreach (var row in stores.Open(Partition).ListAsync(RowRange.StartingWith(Prefix), cancellation))
        {
            var text = JsonSerializer.Deserialize<StoredText>(row.Body.Span)!;
            texts.Add(new InboxText(text.From, text.To, text.Body, SmsLength.Of(text.Body).Segments, Instant.FromUnixTimeTicks(text.Ticks), text.Tag));
        }

        return texts;
    }

    private sealed record StoredText(string From, string To, string Body, long Ticks, string Tag);
}
