namespace KetamineIntake.Tests.Reminders.Histories;

/// <summary>
/// Issue 4, it shows 3: every message delivered twice, the process killed at each of its steps and started again inside the claim or behind it. A text goes twice only when the process died
/// between the provider's answer and the record, and then once more, not oftener; nothing is lost.
/// </summary>
public class KillTests
{
    // Behind an accepted text: its answer, the read of the reminder, and the commit until it is durable.
    private const int ReminderWindow = 3;

    // An answer is not read again before it is recorded.
    private const int AnswerWindow = 2;

    /// <summary>Seconds until the process is back: inside the claim of two minutes, and behind it.</summary>
    public static TheoryData<int, int> Restarts => new() { { 30, 1 }, { 30, 2 }, { 300, 1 }, { 300, 2 } };

    [Theory]
    [MemberData(nameof(Restarts))]
    public async Task Reminders_survive_a_kill_at_each_step(int seconds, int times)
    {
        var whole = await KilledClinic.RunAsync(0, seconds, times);
        var doubled = 0;
        for (var at = 1; at <= whole.Steps; at++)
        {
            var run = await KilledClinic.RunAsync(at, seconds, times);

            Assert.Equal(whole.Counts.Count, run.Counts.Count);
            Assert.True(run.Counts.Values.Sum() <= whole.Counts.Count + 1, $"Killed at step {at}, more than one text went twice.");
            Assert.True(run.Counts.Values.Sum() == whole.Counts.Count || run.IsIn(ReminderWindow), $"Killed at step {at}, a text went twice although no answer was waiting to be recorded.");
            Assert.All(run.Reminders, r => Assert.Equal("sent", r.StatusWord()));
            doubled += run.Counts.Values.Sum() - whole.Counts.Count;
        }

        Assert.Equal(whole.Counts.Count * ReminderWindow, doubled);
    }

    /// <summary>What the provider took before the STOP may stand; behind it nothing goes, not even a text that was on its way when the process died.</summary>
    [Theory]
    [MemberData(nameof(Restarts))]
    public async Task A_stop_between_the_kill_and_the_restart_holds(int seconds, int times)
    {
        var whole = await KilledClinic.RunAsync(0, seconds, times);
        for (var at = 1; at <= whole.Steps; at++)
        {
            var run = await KilledClinic.RunAsync(at, seconds, times, "STOP");

            Assert.All(run.Counts.Values, c => Assert.Equal(1, c));
            Assert.DoesNotContain(run.AfterWords, t => t.IsReminder);
            Assert.Single(run.AfterWords, t => !t.IsReminder);
            Assert.All(run.Reminders, r => Assert.True(
                r.StatusWord() == "sent" || r.Why.Contains("not sent: no consent", StringComparison.Ordinal), $"Killed at step {at}: {r.Template} {r.Status}: {r.Why}"));
            Assert.False(await run.AllowsAsync());
        }
    }

    [Theory]
    [InlineData("HELP", 30, 1)]
    [InlineData("HELP", 30, 2)]
    [InlineData("HELP", 300, 2)]
    [InlineData("STOP", 30, 2)]
    [InlineData("STOP", 300, 2)]
    [InlineData("I want to die", 30, 2)]
    [InlineData("I want to die", 300, 2)]
    public async Task An_answer_survives_a_kill_at_each_step(string words, int seconds, int times)
    {
        var whole = await KilledClinic.AnswerAsync(0, seconds, times, words);
        Assert.Equal(1, whole.Answers);
        var doubled = 0;
        for (var at = 1; at <= whole.Steps; at++)
        {
            var run = await KilledClinic.AnswerAsync(at, seconds, times, words);

            Assert.InRange(run.Answers, 1, run.IsIn(AnswerWindow) ? 2 : 1);
            Assert.Equal(words != "STOP", await run.AllowsAsync());
            doubled += run.Answers - 1;
        }

        Assert.Equal(AnswerWindow, doubled);
    }

    /// <summary>The answer to HELP was claimed when the process died; a STOP comes first. Both are answered, each at most once more.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(300)]
    public async Task A_stop_between_does_not_lose_an_answer(int seconds)
    {
        var whole = await KilledClinic.AnswerAsync(0, seconds, 2, "HELP");
        for (var at = whole.StepsOfEvent + 1; at <= whole.Steps; at++)
        {
            var run = await KilledClinic.AnswerAsync(at, seconds, 2, "HELP", "STOP");

            Assert.InRange(run.Answers, 2, run.IsIn(AnswerWindow) ? 3 : 2);
            Assert.False(await run.AllowsAsync());
        }
    }
}
