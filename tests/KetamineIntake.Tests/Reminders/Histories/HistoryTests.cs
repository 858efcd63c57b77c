using FsCheck;
using FsCheck.Fluent;
using KetamineIntake.Core.Reminders;

namespace KetamineIntake.Tests.Reminders.Histories;

/// <summary>Issue 4, it shows 2: whatever happens to a clinic and its patients, what reaches their phones keeps the promises.</summary>
public class HistoryTests
{
    private const int Histories = 150;
    private const int SampleSize = 120;

    /// <summary>A failure prints the seed, the history and the shortest that still fails.</summary>
    [Fact]
    public void No_history_breaks_a_promise() =>
        Prop.ForAll(RandomHistories.Arbitrary, (History history) => Keeps(history)).Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));

    /// <summary>A property over histories in which nothing is sent would hold too.</summary>
    [Fact]
    public async Task Random_histories_send_every_kind_of_text_and_meet_every_kind_of_end()
    {
        var sent = new HashSet<ReminderTemplate>();
        var ends = new HashSet<ReminderStatus>();
        var again = 0;
        foreach (var history in RandomHistories.Arbitrary.Generator.Sample(SampleSize, new Rnd(1, 1), SampleSize))
        {
            var run = await HistoryRun.OfAsync(history);
            sent.UnionWith(run.Provider.Texts.Where(t => t.Reminder is not null).Select(t => t.Reminder!.Template));
            again += run.Provider.Texts.GroupBy(t => t.Text.Tag).Count(g => g.Count() > 1);
            foreach (var patient in run.Patients)
            {
                ends.UnionWith((await run.Clinic.RemindersAsync(patient)).Select(r => r.Status));
            }
        }

        // Check-ins come with a later issue, the opt-in text was planned by earlier versions, and nobody here has to call first.
        Assert.Equal(Enum.GetValues<ReminderTemplate>().Except([ReminderTemplate.CheckIn, ReminderTemplate.OptIn, ReminderTemplate.CallFirst]), sent.Order());
        Assert.Equal([ReminderStatus.Sent, ReminderStatus.Delivered, ReminderStatus.Failed, ReminderStatus.Dropped, ReminderStatus.Cancelled], ends.Order());
        Assert.NotEqual(0, again);
    }

    private static void Keeps(History history)
    {
        var broken = Task.Run(async () => await Promises.BrokenByAsync(await HistoryRun.OfAsync(history), history.Clinic)).GetAwaiter().GetResult();
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }
}
