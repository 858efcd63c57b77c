using FsCheck;
using FsCheck.Fluent;

namespace KetamineIntake.Tests.Reminders.Histories;

/// <summary>Issue 4, it shows 2: whatever happens to a clinic and its patients, what reaches their phones keeps the promises.</summary>
public class HistoryTests
{
    private const int Histories = 250;

    /// <summary>A failure prints the seed, the history and the shortest that still fails.</summary>
    [Fact]
    public void No_history_breaks_a_promise() =>
        Prop.ForAll(RandomHistories.Arbitrary, (History history) => Keeps(history)).Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));

    private static void Keeps(History history)
    {
        var broken = Task.Run(async () => await Promises.BrokenByAsync(await HistoryRun.OfAsync(history), history.Clinic)).GetAwaiter().GetResult();
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }
}
