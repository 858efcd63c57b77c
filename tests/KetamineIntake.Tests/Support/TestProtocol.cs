using System.Text;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Support;

/// <summary>A small protocol with one item of every kind, under the linkIds of the real one, so that tests of the doors do not hang on clinical content.</summary>
internal static class TestProtocol
{
    public static readonly Questionnaire Questionnaire = new("http://example.org/Questionnaire/small", "1.0.0", "Small",
    [
        Group("dem",
            Identity("dem.givenName", ItemType.Text),
            Identity("dem.familyName", ItemType.Text),
            Identity("dem.dob", ItemType.Date),
            Identity("dem.phone", ItemType.Text),
            Identity("dem.email", ItemType.Text),
            Identity("dem.tz", ItemType.Text),
            Identity("dem.lang", ItemType.Text),
            YesNo("dem.smsConsent") with { Identity = true },
            Plain("dem.weightKg", ItemType.Decimal) with { Minimum = 20, Maximum = 350, Unit = "kg", Optional = true }),
        Group("psy",
            Plain("psy.intro", ItemType.Display),
            YesNo("psy.schiz"),
            YesNo("psy.psychosisPast"),
            Plain("psy.psychosisLast", ItemType.Date) with { EnableWhen = [new("psy.psychosisPast", "yes")] }),
        Group("cv",
            YesNo("cv.any"),
            Plain("cv.bpSys", ItemType.Integer) with { Minimum = 60, Maximum = 260, Unit = "mmHg", Optional = true }),
        Group("med",
            Choice("med.classes", "benzodiazepine", "opioid", "none") with { Repeats = true },
            Plain("med.list", ItemType.Text) with { MaximumLength = 200, Optional = true }),
        Group("mood",
            Plain("phq9.9", ItemType.Choice) with { Codes = [.. Enumerable.Range(0, 4).Select(n => new AnswerOption($"{n}", $"{n} days", n))] },
            Choice("asq.1", "yes", "no", "declined", "not-sure")),
    ],
    Encoding.UTF8.GetBytes("{\"resourceType\":\"Questionnaire\",\"url\":\"http://example.org/Questionnaire/small\",\"version\":\"1.0.0\"}"));

    private static readonly Dictionary<string, IReadOnlyList<Resource>> Resources = new()
    {
        ["always"] = [new("Emergency", "911", null)],
        ["elevated"] = [new("Lifeline", "988", null)],
        ["high"] = [new("Lifeline", "988", null)],
        ["imminent"] = [new("Lifeline", "988", null)],
    };

    private static readonly string[] Outcomes = ["eligible", "incomplete", "needs-review", "contraindicated", "elevated", "high", "imminent", ProtocolTexts.Refused];

    public static readonly Protocol Protocol = new(
        "small", "1.0.0", "Dr. Example", new string('0', 64), Questionnaire, Book(), [],
        new ProtocolTexts(Outcomes.ToDictionary(o => o, o => $"Message for {o}."), Resources) { Page = PageWords.All.ToDictionary(w => w, w => $"Words for {w}.") },
        new Dictionary<string, ReadOnlyMemory<byte>>());

    private static RuleBook Book() => new("1.0.0",
    [
        Rule("PSY-01", Severity.Absolute, Urgency.None, new Condition.Is(new Subject.Item("psy.schiz"), ["yes"])),
        Rule("CV-01", Severity.Review, Urgency.None, new Condition.Is(new Subject.Item("cv.any"), ["yes"])),
        Rule("SUI-01", Severity.Review, Urgency.High, new Condition.AtLeast(new Subject.Item("phq9.9"), 2)),
    ],
    [],
    []);

    private static Rule Rule(string id, Severity severity, Urgency urgency, Condition when) =>
        new(id, severity, false, Stage.Intake, urgency, false, when, $"Reason of {id}.", null, "made up");

    private static QuestionnaireItem Identity(string id, ItemType type) => Plain(id, type) with { Identity = true };

    private static QuestionnaireItem YesNo(string id) => Choice(id, "yes", "no", "not-sure");

    private static QuestionnaireItem Choice(string id, params string[] codes) =>
        Plain(id, ItemType.Choice) with { Codes = [.. codes.Select(c => new AnswerOption(c, c, null))] };

    private static QuestionnaireItem Group(string id, params QuestionnaireItem[] items) => Plain(id, ItemType.Group) with { Items = items };

    private static QuestionnaireItem Plain(string id, ItemType type) =>
        new(id, type, $"Text of {id}", null, [], false, false, false, false, null, null, null, null, [], false, []);
}
