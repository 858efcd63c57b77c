using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings;

/// <summary>The rules of one protocol, with one clinic's overrides, compiled once. Immutable and safe for any number of threads.</summary>
public sealed class RuleSet
{
    private readonly ItemTable items;
    private readonly CompiledScale[] scales;
    private readonly CompiledRule[] intake;
    private readonly CompiledRule[] labs;
    private readonly CompiledRule[] dayOf;

    private RuleSet(ItemTable items, CompiledScale[] scales, IReadOnlyList<CompiledRule> rules, string version, string hash)
    {
        this.items = items;
        this.scales = scales;
        intake = At(rules, Stage.Intake);
        labs = At(rules, Stage.Labs);
        dayOf = At(rules, Stage.DayOf);
        CallFirst = [.. rules.Where(r => r.Rule.CallFirst).Select(r => r.Rule.Id)];
        CallFirstForAlcohol = [.. rules.Where(r => r.Rule is { CallFirst: true, CallFirstFor: CallFirstReason.Alcohol }).Select(r => r.Rule.Id)];
        Version = version;
        Hash = hash;
    }

    /// <summary>The version of the rule book.</summary>
    public string Version { get; }

    /// <summary>Ids of the rules that keep fasting times from a patient until a clinician has planned with them.</summary>
    public IReadOnlyList<string> CallFirst { get; }

    /// <summary>Those among them that keep the words about alcohol from the patient too.</summary>
    public IReadOnlyList<string> CallFirstForAlcohol { get; }

    /// <summary>SHA-256 (lower-case hex) over every rule and scale in words, overrides included. With the same questionnaire, equal hashes give equal verdicts on equal facts.</summary>
    public string Hash { get; }

    /// <param name="rules">The protocol's own book, or that book with a clinic's overrides.</param>
    /// <exception cref="ArgumentException">A rule names something the protocol does not have; the loader refuses such a protocol before.</exception>
    public static RuleSet Compile(Protocol protocol, RuleBook rules)
    {
        var table = new ItemTable(protocol.Questionnaire);
        var loaded = protocol.Scales.Where(s => s.Loaded).Select((s, i) => new CompiledScale(s, table, i)).ToArray();
        var byId = protocol.Scales.ToDictionary(s => s.Id, s => Array.Find(loaded, c => c.Id == s.Id), StringComparer.Ordinal);
        var compiler = new RuleCompiler(table, byId, rules.Semantics);
        var compiled = rules.Rules.Select(compiler.Compile).ToArray();
        return new RuleSet(table, loaded, compiled, rules.Version, RuleSetText.Hash(rules, protocol.Scales));
    }

    /// <summary>What the intake rules say.</summary>
    public ScreeningResult Screen(ScreeningFacts facts)
    {
        var frame = new Frame(items, scales, facts);
        var judgement = new Judgement(frame);
        foreach (var rule in intake)
        {
            judgement.Judge(rule);
        }

        return new ScreeningResult(judgement.Outcome, judgement.Urgency, judgement.Findings(), judgement.Missing(), [.. scales.Select(s => s.Score(frame))]);
    }

    /// <summary>
    /// What the rules of one stage say, worst first. There is no list of missing items here, so a rule of severity review or worse that is unknown for any
    /// reason is reported as one that cannot be ruled out.
    /// </summary>
    public IReadOnlyList<Finding> Judge(Stage stage, ScreeningFacts facts)
    {
        var judgement = new Judgement(new Frame(items, scales, facts)) { ReportMissing = true };
        foreach (var rule in Of(stage))
        {
            judgement.Judge(rule);
        }

        return judgement.Findings();
    }

    /// <summary>What one rule says of these facts, whatever its severity; unknown when there is no such rule.</summary>
    public Verdict VerdictOf(string rule, ScreeningFacts facts)
    {
        var compiled = intake.Concat(labs).Concat(dayOf).FirstOrDefault(r => r.Rule.Id == rule);
        return compiled?.Judge(new Frame(items, scales, facts)) ?? Verdict.Unknown;
    }

    private CompiledRule[] Of(Stage stage) => stage switch
    {
        Stage.Intake => intake,
        Stage.Labs => labs,
        Stage.DayOf => dayOf,
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    private static CompiledRule[] At(IReadOnlyList<CompiledRule> rules, Stage stage) => [.. rules.Where(r => r.Rule.Stage == stage)];
}
