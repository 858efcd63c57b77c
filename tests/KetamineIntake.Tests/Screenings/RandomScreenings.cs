using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Tests.Screenings;

/// <summary>Seeded random answers and rules: the same seed gives the same screening on every machine.</summary>
internal sealed class RandomScreenings(Questionnaire questionnaire, IReadOnlyList<Scale> scales, int seed)
{
    private readonly Random random = new(seed);
    private readonly QuestionnaireItem[] items = [.. questionnaire.All.Where(i => i.Type is not ItemType.Group and not ItemType.Display && !i.Identity)];

    /// <summary>Answers of any kind to any item, sensible or not: each item is answered with this probability.</summary>
    public AnswerSet Answers(double density)
    {
        var answers = new Dictionary<string, Answer>();
        foreach (var item in items.Where(_ => random.NextDouble() < density))
        {
            answers[item.LinkId] = Answer(item);
        }

        return new AnswerSet(answers);
    }

    public Answer Answer(QuestionnaireItem item) => random.Next(6) == 0 ? Core.Screenings.Answer.NotSure.Instance : item switch
    {
        { Type: ItemType.Choice, Repeats: true } => new Answer.Choices([.. item.Codes.Where(c => c.Code is not "not-sure").Select(c => c.Code)
            .OrderBy(_ => random.Next()).Take(random.Next(1, 3)).Order(StringComparer.Ordinal)]),
        { Type: ItemType.Choice } => Choice(item.Codes[random.Next(item.Codes.Count)].Code),
        { Type: ItemType.Date } => new Answer.Date(Date()),
        { Type: ItemType.Text } => new Answer.Text("words"),
        _ => new Answer.Number(random.Next((int)(item.Minimum ?? 0), (int)(item.Maximum ?? 10) + 1)),
    };

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public bool Flip() => random.Next(2) == 0;

    public Condition Condition(int depth) => depth == 0 ? Leaf() : random.Next(5) switch
    {
        0 => Leaf(),
        1 => new Condition.Not(Condition(depth - 1)),
        2 => new Condition.All([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Condition(depth - 1))]),
        _ => new Condition.Any([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Condition(depth - 1))]),
    };

    public Rule Rule(int number) => SmallProtocol.Rule($"R{number}", Condition(3), (Severity)random.Next(4), Stage.Intake, random.Next(4) == 0 ? (Urgency)random.Next(4) : Urgency.None);

    private Condition Leaf()
    {
        var subject = AnySubject();
        return (random.Next(5), subject) switch
        {
            (_, Subject.Scale) or (0, _) => random.Next(2) == 0 ? new Condition.AtLeast(subject, random.Next(13)) : new Condition.AtMost(subject, random.Next(13)),
            (1, _) => new Condition.Within(subject, random.Next(2) == 0 ? Period.FromMonths(6) : Period.FromWeeks(6)),
            (2, _) => new Condition.Unanswered(subject, random.Next(2) == 0),
            (3, _) => new Condition.Includes(subject, ["x", "yes", "3"]),
            _ => new Condition.Is(subject, random.Next(3) == 0 ? ["yes", "not-sure"] : ["yes"]),
        };
    }

    private Subject AnySubject() => random.Next(8) switch
    {
        0 => new Subject.Scale(scales[random.Next(scales.Count)].Id),
        1 => random.Next(3) switch { 0 => new Subject.Derived("age"), 1 => new Subject.Lab("lab"), _ => new Subject.Reading("reading") },
        _ => new Subject.Item(items[random.Next(items.Length)].LinkId),
    };

    private static Answer Choice(string code) => code switch
    {
        "not-sure" => Core.Screenings.Answer.NotSure.Instance,
        _ when code.Length == 1 && char.IsAsciiDigit(code[0]) => new Answer.Number(code[0] - '0'),
        _ => new Answer.Choice(code),
    };

    private PartialDate Date()
    {
        var day = SmallProtocol.Today.PlusDays(-random.Next(500));
        return random.Next(3) switch { 0 => new(day.Year), 1 => new(day.Year, day.Month), _ => new(day.Year, day.Month, day.Day) };
    }
}
