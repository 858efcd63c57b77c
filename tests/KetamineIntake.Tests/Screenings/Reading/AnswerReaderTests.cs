using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Screenings.Reading;

public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData("a/b", "/a~1b")]
    [InlineData("a~b", "/a~0b")]
    [InlineData("~1", "/~01")]
    [InlineData("/~", "/~1~0")]
    [InlineData("", "/")]
    public void Pointers_are_escaped(string token, string pointer) => Assert.Equal(pointer, JsonPointer.Append("", token));

    [Theory]
    [InlineData("psy.psychosisPast=yes psy.psychosisLast=2020", "")]
    [InlineData("psy.psychosisPast=no psy.psychosisLast=2020", "psy.psychosisLast")]
    [InlineData("psy.psychosisPast=not-sure psy.psychosisLast=2020", "psy.psychosisLast")]
    [InlineData("psy.psychosisLast=2020", "psy.psychosisLast")]
    [InlineData("psy.psychosisLast=2020 psy.psychosisPast=yes", "")]
    [InlineData("psy.psychosisPast=perhaps psy.psychosisLast=2020", "psy.psychosisPast")]
    [InlineData("cv.any=yes cv.any=no", "cv.any")]
    [InlineData("nothing=yes", "nothing")]
    [InlineData("dem.dob=1990-01-01", "dem.dob")]
    public void Answers_are_judged_together(string given, string faulty)
    {
        var raw = given.Split(' ').Select(g => g.Split('=')).Select(g => new RawAnswer(g[0], "/answers/" + g[0], new RawValue.Word(g[1]))).ToList();
        var reading = AnswerReader.Read(raw, TestProtocol.Questionnaire, new LocalDate(2026, 12, 1), id => "/answers/" + id);

        Assert.Equal(faulty.Length == 0 ? [] : [$"/answers/{faulty}"], reading.Faults.Select(f => f.Pointer));
    }

    [Fact]
    public void A_question_inside_a_group_that_is_not_asked_is_not_asked_either()
    {
        var inner = Item("inner", [], []);
        var group = Item("group", [new("gate", "yes")], [Item("middle", [], [inner])]);
        var gates = new Gates(new Questionnaire("u", "1", "t", [Item("gate", [], []), group], default));

        Assert.Equal("group", gates.ClosedBy(inner, _ => null)?.LinkId);
        Assert.Null(gates.ClosedBy(inner, _ => new Answer.Choice("yes")));
    }

    [Fact]
    public void One_of_several_conditions_opens_a_gate_unless_all_are_needed()
    {
        var any = Item("any", [new("a", "yes"), new("b", "x")], []);
        var all = any with { LinkId = "all", EnableAll = true };
        var questionnaire = new Questionnaire("u", "1", "t", [Item("a", [], []), Item("b", [], []), any, all], default);
        var gates = new Gates(questionnaire);
        Answer? Find(string id) => id == "b" ? new Answer.Choices(["x", "y"]) : new Answer.Choice("no");

        Assert.Null(gates.ClosedBy(any, Find));
        Assert.Equal("all", gates.ClosedBy(all, Find)?.LinkId);
    }

    [Fact]
    public void The_list_of_faults_ends_somewhere()
    {
        var members = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":1"));
        using var document = JsonBody.TryParse(System.Text.Encoding.UTF8.GetBytes($"{{\"answers\":{{{members}}}}}"))!;
        var reading = JsonSubmissionReader.Read(document.RootElement, TestProtocol.Questionnaire, new LocalDate(2026, 12, 1));

        Assert.Equal(501, reading.Faults.Count);
        Assert.Contains("more faults", reading.Faults[^1].Detail, StringComparison.Ordinal);
    }

    private static QuestionnaireItem Item(string id, IReadOnlyList<EnableWhen> when, IReadOnlyList<QuestionnaireItem> items) =>
        TestProtocol.Questionnaire.Find("psy.schiz")! with { LinkId = id, EnableWhen = when, Items = items };
}
