using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Tests.Screenings;

/// <summary>A protocol of a few items, made by hand, so that each law of the evaluator has the smallest case that shows it.</summary>
internal static class SmallProtocol
{
    public static readonly LocalDate Today = new(2026, 12, 1);
    public static readonly LocalDate Born = new(1990, 1, 1);

    public static readonly Questionnaire Form = new("urn:small", "1", "Small",
    [
        Group("a",
            YesNo("one"),
            YesNo("two"),
            YesNo("gate"),
            YesNo("behind", when: [("gate", "yes")]),
            YesNo("deep", when: [("behind", "yes")]),
            YesNo("either", when: [("gate", "yes"), ("gate", "not-sure")]),
            YesNo("both", all: true, when: [("gate", "yes"), ("two", "yes")])),
        Group("hidden", [("gate", "yes")], YesNo("grouped"), YesNo("groupedOptional", optional: true)),
        Group("values",
            Plain("number", ItemType.Integer),
            Plain("reading", ItemType.Integer, optional: true),
            Plain("date", ItemType.Date),
            Plain("text", ItemType.Text, optional: true),
            Several("many", "x", "y", "z")),
        Group("scale", [.. Enumerable.Range(1, 4).Select(i => Rated($"s.{i}"))]),
    ],
    default);

    public static readonly Scale Four = new("s", "S", ["s.1", "s.2", "s.3", "s.4"], 1, null, null, [new(0, "low"), new(5, "high")], true, "made up");

    public static readonly Scale Slot = new("slot", "Slot", ["not.shipped"], 0, null, null, [], false, "made up");

    public static Condition.Is Is(string item, params string[] codes) => new(new Subject.Item(item), codes.Length == 0 ? ["yes"] : codes);

    public static Condition.All All(params Condition[] of) => new(of);

    public static Condition.Any Any(params Condition[] of) => new(of);

    public static Condition.Not Not(Condition of) => new(of);

    public static Subject Item(string linkId) => new Subject.Item(linkId);

    public static Rule Rule(string id, Condition when, Severity severity = Severity.Review, Stage stage = Stage.Intake, Urgency urgency = Urgency.None) =>
        new(id, severity, false, stage, urgency, false, when, $"Reason of {id}", null, $"Source of {id}");

    public static RuleSet Compile(params Rule[] rules) => RuleSet.Compile(Protocol(rules), Book(rules));

    public static RuleBook Book(params Rule[] rules) => new("1", rules, [], []);

    public static Protocol Protocol(params Rule[] rules) => new("small", "1", null, "", Form, Book(rules), [Four, Slot],
        new ProtocolTexts(new Dictionary<string, string>(), new Dictionary<string, IReadOnlyList<Resource>>()), new Dictionary<string, ReadOnlyMemory<byte>>());

    /// <summary>Answers as a person would write them: one=yes two=not-sure number=3 date=2026-05 many=x,y.</summary>
    public static AnswerSet Answers(string given = "") => Written.Answers(Form, given);

    public static ScreeningFacts Facts(string given = "") => new(Answers(given), Born, Today);

    public static ScreeningResult Screen(Condition when, string given = "", Severity severity = Severity.Review) =>
        Compile(Rule("R", when, severity)).Screen(Facts(given));

    private static QuestionnaireItem YesNo(string id, bool optional = false, bool all = false, params (string, string)[] when) =>
        New(id, ItemType.Choice, optional, [new("yes", "Yes", null), new("no", "No", null), new("not-sure", "Not sure", null)], when, all);

    private static QuestionnaireItem Several(string id, params string[] codes) =>
        New(id, ItemType.Choice, false, [.. codes.Append("none").Select(c => new AnswerOption(c, c, null))], []) with { Repeats = true };

    private static QuestionnaireItem Rated(string id) =>
        New(id, ItemType.Choice, false, [.. Enumerable.Range(0, 4).Select(n => new AnswerOption($"{n}", $"{n}", n))], []);

    private static QuestionnaireItem Plain(string id, ItemType type, bool optional = false) => New(id, type, optional, [], []);

    private static QuestionnaireItem Group(string id, params QuestionnaireItem[] items) => Group(id, [], items);

    private static QuestionnaireItem Group(string id, (string, string)[] when, params QuestionnaireItem[] items) =>
        New(id, ItemType.Group, false, [], when) with { Items = items };

    private static QuestionnaireItem New(string id, ItemType type, bool optional, AnswerOption[] codes, (string, string)[] when, bool all = false) =>
        new(id, type, id, null, codes, false, optional, false, false, null, null, null, null, [.. when.Select(w => new EnableWhen(w.Item1, w.Item2))], all, []);
}
