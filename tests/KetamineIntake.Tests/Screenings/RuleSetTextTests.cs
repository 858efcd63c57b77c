using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using NodaTime;
using static KetamineIntake.Tests.Screenings.SmallProtocol;

namespace KetamineIntake.Tests.Screenings;

public sealed class RuleSetTextTests
{
    private static readonly Rule Base = new("A", Severity.Review, false, Stage.Intake, Urgency.None, false, Is("one"), "r", null, "s");

    private static readonly Rule[] ChangedRules =
    [
        Base with { Id = "B" },
        Base with { Severity = Severity.Absolute },
        Base with { Hold = true },
        Base with { Stage = Stage.DayOf },
        Base with { Urgency = Urgency.High },
        Base with { Floor = true },
        Base with { Reason = "q" },
        Base with { PatientText = "p" },
        Base with { Source = "t" },
        Base with { When = Is("two") },
        Base with { When = Is("one", "no") },
        Base with { When = Is("one", "yes", "no") },
        Base with { When = Not(Is("one")) },
        Base with { When = All(Is("one")) },
        Base with { When = Any(Is("one")) },
        Base with { When = Any(Is("one"), Is("two")) },
        Base with { When = Any(Is("two"), Is("one")) },
        Base with { When = new Condition.Includes(Item("one"), ["yes"]) },
        Base with { When = new Condition.AtLeast(Item("one"), 1) },
        Base with { When = new Condition.AtLeast(Item("one"), 2) },
        Base with { When = new Condition.AtMost(Item("one"), 1) },
        Base with { When = new Condition.AtMost(new Subject.Lab("one"), 1) },
        Base with { When = new Condition.AtMost(new Subject.Reading("one"), 1) },
        Base with { When = new Condition.AtMost(new Subject.Scale("s"), 1) },
        Base with { When = new Condition.Within(Item("one"), Period.FromDays(1)) },
        Base with { When = new Condition.Within(Item("one"), Period.FromDays(2)) },
        Base with { When = new Condition.Unanswered(Item("one")) },
        Base with { When = new Condition.Unanswered(Item("one"), false) },
    ];

    public static TheoryData<Rule> Changes() => [.. ChangedRules];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_change_of_a_rule_changes_the_hash(Rule changed)
    {
        Assert.NotEqual(Compile(Base).Hash, Compile(changed).Hash);
        Assert.Equal(Compile(changed).Hash, Compile(changed).Hash);
    }

    [Fact]
    public void All_changes_differ_from_each_other() =>
        Assert.Equal(ChangedRules.Length, ChangedRules.Select(r => Compile(r).Hash).Distinct().Count());

    [Fact]
    public void Every_change_of_a_scale_changes_the_hash()
    {
        Scale[] changed =
        [
            Four, Four with { Id = "t" }, Four with { Items = ["s.1"] }, Four with { MaximumMissing = 2 }, Four with { Gate = "one" }, Four with { GateCode = "no" },
            Four with { Bands = [new(0, "low")] }, Four with { Bands = [new(0, "low"), new(6, "high")] }, Four with { Bands = [new(0, "low"), new(5, "top")] }, Four with { Loaded = false },
        ];

        Assert.Equal(changed.Length, changed.Select(s => RuleSetText.Hash(Book(Base), [s])).Distinct().Count());
    }

    [Fact]
    public void Words_cannot_be_shifted_between_fields() =>
        Assert.NotEqual(Compile(Base with { Reason = "ab", Source = "c" }).Hash, Compile(Base with { Reason = "a", Source = "bc" }).Hash);

    [Fact]
    public void The_version_of_the_book_is_part_of_it()
    {
        var other = Book(Base) with { Version = "2" };

        Assert.Equal("2", RuleSet.Compile(Protocol(Base), other).Version);
        Assert.NotEqual(Compile(Base).Hash, RuleSet.Compile(Protocol(Base), other).Hash);
    }

    [Fact]
    public void The_text_is_written_down_so_that_old_hashes_stay_good()
    {
        Assert.Equal(
            """
            4:book1:19:semantics1:2
            5:scale4:slot0:1:00:0:0:0:
            4:rule1:A6:Review0:6:Intake4:None0:23:2:is11:4:Item3:one3:yes1:r0:1:s
            """,
            RuleSetText.Of(Book(Base), [Slot with { Items = [] }]));
        Assert.Equal("4:book1:1", RuleSetText.Of(Book() with { Semantics = Semantics.First }, []));
        Assert.Matches("^[0-9a-f]{64}$", Compile(Base).Hash);
    }

    public static TheoryData<Condition, string> Written() => new()
    {
        { All(Any(Not(Is("one", "a", "b")))), "3:all40:3:any32:3:not24:2:is11:4:Item3:one1:a1:b" },
        { new Condition.Includes(Item("one"), ["a"]), "8:includes11:4:Item3:one1:a" },
        { new Condition.AtLeast(new Subject.Scale("s"), 1.50m), "7:atLeast10:5:Scale1:s3:1.5" },
        { new Condition.AtMost(new Subject.Lab("l"), 2), "6:atMost8:3:Lab1:l1:2" },
        { new Condition.Within(Item("date"), Period.FromMonths(6)), "6:within12:4:Item4:date3:P6M" },
        { new Condition.Unanswered(new Subject.Reading("r")), "10:unanswered12:7:Reading1:r" },
        { new Condition.Unanswered(new Subject.Derived("age"), false), "8:answered14:7:Derived3:age" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Each_kind_of_condition_keeps_its_written_form(Condition when, string text) =>
        Assert.Contains($"{text.Length}:{text}", RuleSetText.Of(Book(Base with { When = when }), []), StringComparison.Ordinal);
}
