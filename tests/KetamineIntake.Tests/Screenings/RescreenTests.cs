using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Screenings;

public sealed class RescreenTests
{
    private readonly MemoryRecords records = new();

    [Fact]
    public void What_two_judgements_differ_in_is_told_rule_by_rule()
    {
        var replayed = new Rescreened(Stored(Result("A", "B", "C")), Result("B", "D"));

        Assert.Equal(["D"], replayed.Added);
        Assert.Equal(["A", "C"], replayed.Removed);
        Assert.False(replayed.IsSame);
        Assert.True((replayed with { After = Result("A", "B", "C") }).IsSame);
        Assert.False((replayed with { After = Result("A", "C", "B") }).IsSame);
        Assert.False((replayed with { After = Result("A", "B", "C") with { Outcome = Outcome.Incomplete } }).IsSame);
        Assert.False((replayed with { After = Result("A", "B", "C") with { Missing = ["cv.any"] } }).IsSame);
    }

    [Fact]
    public void Without_its_rule_set_a_screening_is_not_the_same_and_nothing_was_added()
    {
        var lost = new Rescreened(Stored(Result("A")), null);

        Assert.False(lost.IsSame);
        Assert.Empty(lost.Added);
        Assert.Equal(["A"], lost.Removed);
    }

    [Fact]
    public async Task Screenings_whose_rule_set_was_never_kept_are_reported_and_not_judged()
    {
        var clinic = SmallClinic.With(records);
        await new SubmitScreening(MemoryStores.Phones(), new TestClock()).RunAsync(clinic, TestClinic.Kim, AnswerSet.Empty, null, default);

        var recorded = await Rescreen.RunAsync(clinic, asRecorded: true, default).SingleAsync();
        var now = await Rescreen.RunAsync(clinic, asRecorded: false, default).SingleAsync();

        Assert.Null(recorded.After);
        Assert.True(now.IsSame);
    }

    [Fact]
    public async Task Each_rule_set_is_looked_up_once_and_each_screening_judged_on_its_own_day()
    {
        var clock = new TestClock();
        var clinic = new ClinicContext(SmallClinic.With(records).Clinic with { ProtocolId = EmbeddedProtocol.Protocol.Id, IsDemonstration = true },
            EmbeddedProtocol.Protocol, EmbeddedProtocol.RuleSet, records);
        await RuleSetArchive.KeepAsync(clinic, default);
        var minor = TestClinic.Kim with { BirthDate = new LocalDate(2010, 1, 1) };
        foreach (var patient in new[] { minor, TestClinic.Kim, minor })
        {
            await new SubmitScreening(MemoryStores.Phones(), clock).RunAsync(clinic, patient, AnswerSet.Empty, null, default);
            clock.Advance(Duration.FromDays(3650));
        }

        records.Found.Clear();
        var replayed = await Rescreen.RunAsync(clinic, asRecorded: true, default).ToListAsync();

        Assert.Equal([true, true, true], replayed.Select(r => r.IsSame));
        Assert.Equal(2, replayed.Select(r => r.After!.Outcome).Distinct().Count());
        Assert.Single(records.Found, k => k.StartsWith("ruleset|", StringComparison.Ordinal));
    }

    private static StoredScreening Stored(ScreeningResult result) =>
        new("s", "p", "r", true, TestClock.Start, default, default, "q", "1", "h", "1", "h", AnswerSet.Empty, result);

    private static ScreeningResult Result(params string[] rules) =>
        new(Outcome.Eligible, Urgency.None, [.. rules.Select(r => new Finding(r, Severity.Review, Verdict.True, false, "r", [], "s"))], [], []);
}
