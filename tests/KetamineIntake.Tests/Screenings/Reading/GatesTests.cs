using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings.Reading;

public sealed class GatesTests
{
    private static readonly AnswerOption[] Points = [new("0", "Never", 0), new("2", "Often", 2), new("x", "Also two", 2), new("3", "Miscounted", 5)];

    private static readonly Questionnaire Form = new("u", "1", "t",
    [
        Item("one"),
        Item("two"),
        Item("many") with { Codes = [new("a", "A", null), new("b", "B", null)], Repeats = true },
        Item("scale") with { Codes = Points },
        Item("either", new("one", "yes"), new("two", "yes")),
        Item("both", new("one", "yes"), new("two", "yes")) with { EnableAll = true },
        Item("listed", new EnableWhen("many", "a")),
    ],
    default);

    public static TheoryData<string, string, Answer?, bool> Answered => new()
    {
        { "one", "yes", new Answer.Choice("yes"), true },
        { "one", "yes", new Answer.Choice("no"), false },
        { "one", "yes", null, false },
        { "one", "yes", Answer.NotSure.Instance, false },
        { "one", "not-sure", Answer.NotSure.Instance, true },
        { "one", "yes", new Answer.Text("yes"), false },
        { "one", "2020", new Answer.Date(new PartialDate(2020)), false },
        { "many", "a", new Answer.Choices(["a", "b"]), true },
        { "many", "b", new Answer.Choices(["a", "b"]), true },
        { "many", "A", new Answer.Choices(["a", "b"]), false },
        { "scale", "2", new Answer.Number(2), true },
        { "scale", "x", new Answer.Number(2), true },
        { "scale", "2", new Answer.Number(0), false },
        { "scale", "0", new Answer.Number(2), false },
        { "scale", "3", new Answer.Number(3), false },
        { "scale", "3", new Answer.Number(5), true },
        { "one", "2", new Answer.Number(2), false },
        { "unknown", "2", new Answer.Number(2), false },
    };

    [Theory]
    [MemberData(nameof(Answered))]
    public void A_condition_is_met_by_its_own_code_and_no_other(string question, string code, Answer? answer, bool isMet) =>
        Assert.Equal(isMet, new Gates(Form).IsMet(new EnableWhen(question, code), id => id == question ? answer : null));

    [Theory]
    [InlineData("either one=no two=no", "/either is only asked when /one is \"yes\" or /two is \"yes\"")]
    [InlineData("either one=no", "/either is only asked when /one is \"yes\" or ?two is \"yes\"")]
    [InlineData("either two=yes", "")]
    [InlineData("both one=yes two=no", "/both is only asked when /one is \"yes\" and /two is \"yes\"")]
    [InlineData("both one=yes", "/both is only asked when /one is \"yes\" and ?two is \"yes\"")]
    [InlineData("both one=yes two=yes", "")]
    [InlineData("both one=no two=perhaps", "/two must be one of \"yes\", \"no\", \"not-sure\"")]
    [InlineData("either one=perhaps two=no", "/one must be one of \"yes\", \"no\", \"not-sure\"")]
    [InlineData("either one=no two=no one=yes", "/one is answered twice")]
    [InlineData("one=yes one=yes", "/one is answered twice")]
    [InlineData("listed", "/listed is only asked when ?many is \"a\"")]
    [InlineData("listed many=", "/listed is only asked when /many is \"a\"")]
    [InlineData("listed many=b", "/listed is only asked when /many is \"a\"")]
    [InlineData("listed many=c", "/many must be one of \"a\", \"b\"; or [\"none\"] or [\"not-sure\"] alone")]
    [InlineData("listed many=b,a", "")]
    [InlineData("nothing", "/nothing is not a question of this questionnaire")]
    public void A_contradiction_is_told_with_the_answers_that_make_it_unless_these_are_faults_themselves(string given, string fault)
    {
        var raw = given.Split(' ').Select(g => (g + "=yes").Split('=')).Select(g => new RawAnswer(g[0], "/" + g[0], Value(g[0], g[1]))).ToList();

        var reading = AnswerReader.Read(raw, Form, Sent.Today, id => "?" + id);

        Assert.Equal(fault.Length == 0 ? [] : [fault], Sent.Lines(reading.Faults));
    }

    private static RawValue Value(string linkId, string word) => linkId == "many"
        ? new RawValue.Sequence([.. word.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(w => new RawValue.Word(w))])
        : new RawValue.Word(word);

    private static QuestionnaireItem Item(string id, params EnableWhen[] when) =>
        TestProtocol.Questionnaire.Find("psy.schiz")! with { LinkId = id, EnableWhen = when };
}
