using System.Text;
using KetamineIntake.Core.Records;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Local.Hosting;

/// <summary>
/// Holds planned texts after a restore until staff release them: the restored plan does not know which went out since. Answers to what patients text, STOP above all, go on.
/// Whose moment passes meanwhile is not sent any more, and staff get the note that such a text always leaves.
/// </summary>
internal sealed class TextHold(IRecordStores stores, IClock clock)
{
    private const string Partition = "_host";
    private const string Key = "texts-held";
    private static readonly Duration LookAgain = Duration.FromMinutes(5);

    private IRecordStore Records => stores.Open(Partition);

    /// <summary>Since when texts are held; null when they are not.</summary>
    public async Task<Instant?> SinceAsync(CancellationToken cancellation) =>
        await Records.FindAsync(Key, cancellation) is { } row ? InstantPattern.ExtendedIso.Parse(Encoding.ASCII.GetString(row.Body.Span)).GetValueOrThrow() : null;

    public Task HoldAsync(CancellationToken cancellation) =>
        Records.CommitAsync([new Change.Upsert(Key, Encoding.ASCII.GetBytes(InstantPattern.ExtendedIso.Format(clock.GetCurrentInstant())))], cancellation);

    /// <summary>False when none were held.</summary>
    public async Task<bool> ReleaseAsync(CancellationToken cancellation) =>
        await Records.FindAsync(Key, cancellation) is { } row && await Records.CommitAsync([new Change.Delete(Key, row.ETag)], cancellation) is CommitResult.Committed;

    /// <summary>Hands a text's message on, or, while texts are held, has it come again.</summary>
    public async Task RunAsync(Message message, Func<Message, CancellationToken, Task> send, CancellationToken cancellation)
    {
        if (await SinceAsync(cancellation) is null)
        {
            await send(message, cancellation);
            return;
        }

        await stores.Open(message.Clinic).CommitAsync([Outbox.Row(message, clock.GetCurrentInstant() + LookAgain)], cancellation);
    }
}
