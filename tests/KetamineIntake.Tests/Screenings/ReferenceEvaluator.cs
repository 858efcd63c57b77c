using System.Globalization;
using System.Text.RegularExpressions;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Tests.Screenings;

/// <summary>
/// The semantics written down a second time, as plainly as possible: recursive, over dictionaries, nothing shared with the compiled rules but the data types.
/// It is the oracle of the random tests and the baseline of the benchmark.
/// </summary>
internal sealed partial class ReferenceEvaluator(Questionnaire questionnaire, IReadOnlyList<Scale> scales, IReadOnlyList<Rule> rules)
{
    private readonly Dictionary<string, QuestionnaireItem[]> paths = questionnaire.Sections.SelectMany(s => Paths(s, [])).ToDictionary(p => p[^1].LinkId);
    private readonly List<string> order = [.. questionnaire.All.Select(i => i.LinkId)];

    public ScreeningResult Screen(ScreeningFacts facts)
    {
        var judged = rules.Where(r => r.Stage == Stage.Intake).Select(r => (Rule: r, OpenAs: OpenAs(r), Opinion: Judge(r.When, facts, OpenAs(r) is null))).ToList();
        var fired = judged.Where(j => j.Opinion.Verdict == Verdict.True).ToList();
        var open = judged.Where(j => j.Opinion.Verdict == Verdict.Unknown && j.OpenAs == Severity.Review).ToList();
        var missing = open.SelectMany(j => j.Opinion.Missing).Distinct().OrderBy(order.IndexOf).ToList();
        var urgency = fired.Select(j => j.Rule.Urgency).Append(Urgency.None).Max();
        var findings = judged.Where(j => j.Opinion.Verdict == Verdict.True || (j.Opinion.Verdict == Verdict.Unknown && (j.OpenAs == Severity.Caution || (j.OpenAs == Severity.Review && j.Opinion.Unsure))))
            .Select(j => new Finding(j.Rule.Id, j.Opinion.Verdict == Verdict.True ? j.Rule.Severity : j.OpenAs!.Value, j.Opinion.Verdict, j.Rule.Hold, j.Rule.Reason, j.Opinion.Inputs, j.Rule.Source))
            .OrderByDescending(f => f.Severity).ToList();
        var outcome = findings.Any(f => f.Severity == Severity.Absolute) ? Outcome.Contraindicated
            : findings.Any(f => f.Severity == Severity.Review) || urgency >= Urgency.High ? Outcome.NeedsReview
            : missing.Count > 0 ? Outcome.Incomplete
            : Outcome.Eligible;
        return new ScreeningResult(outcome, urgency, findings, missing, [.. scales.Where(s => s.Loaded).Select(s => Score(s, facts))]);
    }

    private static Severity? OpenAs(Rule rule) => rule.OpenAs is { } said ? said
        : rule.Severity is Severity.Review or Severity.Absolute || rule.Urgency is Urgency.High or Urgency.Imminent ? Severity.Review
        : rule.Severity == Severity.Caution ? Severity.Caution : null;

    private Opinion Judge(Condition condition, ScreeningFacts facts, bool estimate) => condition switch
    {
        Condition.All all => Combine(all.Of.Select(c => Judge(c, facts, estimate)).ToList(), o => o.Min(p => p.Verdict)),
        Condition.Any any => Combine(any.Of.Select(c => Judge(c, facts, estimate)).ToList(), o => o.Max(p => p.Verdict)),
        Condition.Not not => Judge(not.Of, facts, estimate) is var o ? o with { Verdict = o.Verdict switch { Verdict.True => Verdict.False, Verdict.False => Verdict.True, _ => Verdict.Unknown } } : null!,
        Condition.AtLeast { Subject: Subject.Scale s } c => JudgeScale(s.Id, facts, estimate, t => t >= c.Value),
        Condition.AtMost { Subject: Subject.Scale s } c => JudgeScale(s.Id, facts, estimate, t => t <= c.Value),
        Condition.Is c => Look(c.Subject, facts, c.Codes, (_, a) => a switch
        {
            Answer.Choice x => c.Codes.Contains(x.Code),
            Answer.Choices x => x.Codes.Intersect(c.Codes).Any(),
            Answer.Number x => c.Codes.Any(code => Parse(code) == x.Value),
            _ => c.Codes is ["not-sure"] ? false : null,
        }),
        Condition.SaysMore c => Look(c.Subject, facts, ["not-sure"], (_, a) => a is not Answer.Text t ? null
            : Letters().Split(t.Value.ToLowerInvariant()).Where(w => w.Length > 0).ToList() is var said && (!said.Any(c.List.Words.Contains) || !said.All(c.List.Words.Concat(c.List.Between).Contains))),
        Condition.Includes c => Judge(new Condition.Is(c.Subject, c.Codes), facts, estimate),
        Condition.AtLeast c => Look(c.Subject, facts, [], (i, a) => Number(i, a) is { } n ? n >= c.Value : null),
        Condition.AtMost c => Look(c.Subject, facts, [], (i, a) => Number(i, a) is { } n ? n <= c.Value : null),
        Condition.Within c => Look(c.Subject, facts, [], (_, a) => a is not Answer.Date d ? null
            : d.Value.Earliest >= facts.Today.Minus(c.Period) ? true : d.Value.Latest < facts.Today.Minus(c.Period) ? false : null),
        Condition.Unanswered c => Read(c.Subject, facts) is var (asked, answer, _) && (c.Expected ? asked.Verdict == Verdict.True && answer is null : answer is not null)
            ? Opinion.Of(Verdict.True, c.Subject.Name, Value(c.Subject, facts)) : Opinion.Of(Verdict.False, c.Subject.Name, Value(c.Subject, facts)),
        _ => throw new NotSupportedException(),
    };

    private Opinion Look(Subject subject, ScreeningFacts facts, IReadOnlyList<string> codes, Func<QuestionnaireItem?, Answer, bool?> test)
    {
        var (asked, answer, item) = Read(subject, facts);
        bool? holds = answer switch
        {
            null when asked.Verdict == Verdict.False || item is null || item.Optional => false,
            Answer.NotSure => codes.Contains("not-sure") ? true : item is { Optional: true } ? false : null,
            null => null,
            _ => test(item, answer),
        };
        return holds is not null ? Opinion.Of(holds.Value ? Verdict.True : Verdict.False, subject.Name, AnswerText.Of(answer))
            : answer is not null ? Opinion.Of(Verdict.Unknown, subject.Name, AnswerText.Of(answer)) with { Unsure = true }
            : asked.Verdict == Verdict.Unknown ? asked
            : Opinion.Of(Verdict.Unknown, subject.Name, null) with { Missing = [subject.Name] };
    }

    private (Opinion Asked, Answer? Answer, QuestionnaireItem? Item) Read(Subject subject, ScreeningFacts facts) => subject switch
    {
        Subject.Item i => (Asked(i.LinkId, facts) is var asked && asked.Verdict == Verdict.False && !HasPoints(i.LinkId, facts) ? (asked, null, paths[i.LinkId][^1]) : (asked, facts.Answers.Find(i.LinkId), paths[i.LinkId][^1])),
        Subject.Lab l => (Opinion.Nothing(Verdict.True), facts.Labs?.GetValueOrDefault(l.Code), null),
        Subject.Reading r => (Opinion.Nothing(Verdict.True), facts.Readings?.GetValueOrDefault(r.Code), null),
        Subject.Derived { Value: "bmi" } => (Opinion.Nothing(Verdict.True), Bmi(facts), paths["dem.weightKg"][^1]),
        Subject.Derived => (Opinion.Nothing(Verdict.True), new Answer.Number(Years(facts.BirthDate, facts.Today)), null),
        Subject.Scale => (Opinion.Nothing(Verdict.False), null, null),
        _ => throw new NotSupportedException(),
    };

    private string? Value(Subject subject, ScreeningFacts facts) => AnswerText.Of(Read(subject, facts).Answer);

    private Opinion Asked(string linkId, ScreeningFacts facts)
    {
        var conditions = paths[linkId].Where(i => i.EnableWhen.Count > 0).Select(i =>
        {
            var each = i.EnableWhen.Select(e => Look(new Subject.Item(e.Question), facts, [e.Code], (_, a) => a switch
            {
                Answer.Choice x => x.Code == e.Code,
                Answer.Choices x => x.Codes.Contains(e.Code),
                Answer.Number x => Parse(e.Code) == x.Value,
                _ => null,
            })).ToList();
            return Combine(each, o => i.EnableAll ? o.Min(p => p.Verdict) : o.Max(p => p.Verdict));
        }).ToList();
        return conditions.Count == 0 ? Opinion.Nothing(Verdict.True) : Combine(conditions, o => o.Min(p => p.Verdict));
    }

    /// <summary>Tries every total that is still possible.</summary>
    private Opinion JudgeScale(string id, ScreeningFacts facts, bool estimate, Func<decimal, bool> test)
    {
        var scale = scales.Single(s => s.Id == id);
        if (!scale.Loaded)
        {
            return Opinion.Of(Verdict.False, id, null);
        }

        var score = Score(scale, facts);
        var items = scale.Items.Select(i => (Id: i, Value: ItemValue(i, facts), Range: Range(i), Asked: Asked(i, facts), Given: facts.Answers.Find(i))).ToList();
        var without = GatedOut(scale, facts) ? [] : items.Where(i => i.Value is null).ToList();
        var least = items.Sum(i => i.Value ?? (without.Contains(i) ? i.Range[0] : 0));
        var most = items.Sum(i => i.Value ?? (without.Contains(i) ? i.Range[paths[i.Id][^1].Optional ? 0 : ^1] : 0));
        var possible = Enumerable.Range((int)least, (int)(most - least) + 1).Select(t => test(t)).Distinct().ToList();
        if (possible.Count == 2 && !(estimate && score.Total is not null))
        {
            return Combine([.. without.Where(i => !paths[i.Id][^1].Optional).Select(i => Look(new Subject.Item(i.Id), facts, [], (_, _) => null))], _ => Verdict.Unknown);
        }

        var holds = possible.Count == 1 ? possible[0] : test(score.Total!.Value);
        var inputs = score.Total is not null ? [] : items.Where(i => i.Value is not null).Select(i => new FindingInput(i.Id, AnswerText.Of(i.Asked.Verdict == Verdict.False && !HasPoints(i.Id, facts) ? null : i.Given)));
        return new Opinion(holds ? Verdict.True : Verdict.False, [new FindingInput(id, AnswerText.Of(score.Total is { } t ? new Answer.Number(t) : null)), .. inputs], [], false);
    }

    private ScaleScore Score(Scale scale, ScreeningFacts facts)
    {
        var values = scale.Items.Select(i => (Id: i, Value: GatedOut(scale, facts) ? 0 : ItemValue(i, facts))).ToList();
        List<string> missing = [.. values.Where(v => v.Value is null).Select(v => v.Id)];
        var answered = values.Count - missing.Count;
        decimal? total = missing.Count > scale.MaximumMissing || answered == 0 ? null : decimal.Floor((values.Sum(v => v.Value ?? 0) * values.Count / answered) + 0.5m);
        return new ScaleScore(scale.Id, total, total is not null && missing.Count > 0, missing, scale.Bands.LastOrDefault(b => b.From <= total)?.Name);
    }

    private bool GatedOut(Scale scale, ScreeningFacts facts) =>
        scale.Gate is not null && AnswerText.Of(Read(new Subject.Item(scale.Gate), facts).Answer) == scale.GateCode
        && scale.Items.All(i => i == scale.Gate || Read(new Subject.Item(i), facts).Answer is null);

    private decimal? ItemValue(string linkId, ScreeningFacts facts) => Asked(linkId, facts).Verdict == Verdict.False && !HasPoints(linkId, facts) ? 0
        : facts.Answers.Find(linkId) is { } answer ? Number(paths[linkId][^1], answer) : null;

    private bool HasPoints(string linkId, ScreeningFacts facts) => paths[linkId][^1].Codes.Count > 0 && facts.Answers.Find(linkId) is Answer.Number { Value: > 0 };

    private decimal[] Range(string linkId) => paths[linkId][^1] is var item && item.Codes.Count == 0 ? [item.Minimum!.Value, item.Maximum!.Value]
        : [.. item.Codes.Select(c => Number(item, new Answer.Choice(c.Code))).OfType<decimal>().Order()];

    private static decimal? Number(QuestionnaireItem? item, Answer answer) => answer switch
    {
        Answer.Number number => number.Value,
        Answer.Choice choice when item is not null => item.Codes.FirstOrDefault(c => c.Code == choice.Code)?.Ordinal ?? (choice.Code == "yes" ? 1 : choice.Code == "no" ? 0 : null),
        _ => null,
    };

    private static decimal? Parse(string code) => decimal.TryParse(code, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Answer.Number? Bmi(ScreeningFacts facts) => facts.Answers.Find("dem.weightKg") is Answer.Number kg && facts.Answers.Find("dem.heightCm") is Answer.Number cm
        ? new Answer.Number(decimal.Round(kg.Value * 10_000 / (cm.Value * cm.Value), 1, MidpointRounding.AwayFromZero)) : null;

    [GeneratedRegex("[^a-z]+", RegexOptions.NonBacktracking)]
    private static partial Regex Letters();

    private static int Years(LocalDate birth, LocalDate today) => Enumerable.Range(1, 150).Count(y => birth.PlusYears(y) <= today);

    private static IEnumerable<QuestionnaireItem[]> Paths(QuestionnaireItem item, QuestionnaireItem[] above) =>
        item.Items.SelectMany(i => Paths(i, [.. above, item])).Prepend([.. above, item]);

    private static Opinion Combine(IReadOnlyList<Opinion> opinions, Func<IReadOnlyList<Opinion>, Verdict> choose)
    {
        var verdict = choose(opinions);
        var those = opinions.Where(o => o.Verdict == verdict).ToList();
        return new Opinion(verdict, [.. those.SelectMany(o => o.Inputs).DistinctBy(i => i.Name)], [.. those.SelectMany(o => o.Missing).Distinct()], those.Any(o => o.Unsure));
    }

    private sealed record Opinion(Verdict Verdict, List<FindingInput> Inputs, List<string> Missing, bool Unsure)
    {
        public static Opinion Nothing(Verdict verdict) => new(verdict, [], [], false);

        public static Opinion Of(Verdict verdict, string name, string? value) => new(verdict, [new FindingInput(name, value)], [], false);
    }
}
