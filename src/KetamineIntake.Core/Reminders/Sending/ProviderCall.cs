using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>
/// Asks the provider and keeps its answer, while a claim in the store keeps everybody else away. A text can go twice only when this process dies, or the store fails for as long as the claim
/// lasts, between handing the text over and the commit of the answer.
/// </summary>
internal static class ProviderCall
{
    /// <summary>The first claim, and how long the next ones wait. Each is longer than <see cref="Patience"/> and all <see cref="RecordWaits"/> together.</summary>
    private static readonly Duration[] Claims = [Duration.FromMinutes(2), Duration.FromMinutes(5), Duration.FromMinutes(15)];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Duration[] RecordWaits =
        [Duration.FromMilliseconds(200), Duration.FromSeconds(1), Duration.FromSeconds(3), Duration.FromSeconds(6), Duration.FromSeconds(10), Duration.FromSeconds(15)];

    /// <summary>How long nobody else may ask; grows, because whoever had no answer twice is in no hurry to have a third one.</summary>
    /// <param name="tries">This one included.</param>
    public static Duration ClaimOf(int tries) => Claims[Math.Clamp(tries, 1, Claims.Length) - 1];

    /// <exception cref="TimeoutException">No answer in time; nobody knows whether the text was taken.</exception>
    public static async Task<SmsReceipt> AskAsync(ISmsSender sender, OutgoingText text)
    {
        using var patience = new CancellationTokenSource(Patience);
        SmsReceipt? receipt = null;
        try
        {
            receipt = await sender.SendAsync(text, patience.Token);
            return receipt;
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException("The provider did not answer in time.", late);
        }
        finally
        {
            Signals.Texted(receipt);
        }
    }

    /// <summary>Commits an answer, again while the store is out of order; gives up when the claim would end.</summary>
    /// <param name="record">One try; false when somebody else changed the row meanwhile.</param>
    public static async Task RecordAsync(Func<Task<bool>> record, Instant claimedUntil, IClock clock, Func<Duration, Task> wait)
    {
        for (var outages = 0; ;)
        {
            try
            {
                if (await record())
                {
                    return;
                }
            }
            catch (RecordStoreException) when (outages < RecordWaits.Length && clock.GetCurrentInstant() + RecordWaits[outages] < claimedUntil)
            {
                await wait(RecordWaits[outages++]);
            }
        }
    }

    public static Task WaitAsync(Duration duration) => Task.Delay(duration.ToTimeSpan());
}
