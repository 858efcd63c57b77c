using BenchmarkDotNet.Attributes;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Screenings;

namespace KetamineIntake.Benchmarks.Screenings;

/// <summary>The whole intake catalogue over a full set of answers, trace included. The baseline reads the same rules recursively over dictionaries.</summary>
[MemoryDiagnoser]
[MinColumn]
[MedianColumn]
public class ScreeningBenchmarks
{
    private readonly ReferenceEvaluator plain = new(EmbeddedProtocol.Questionnaire, EmbeddedProtocol.Protocol.Scales, EmbeddedProtocol.Rules.Rules);
    private ScreeningFacts facts = HealthyPatient.With(".");

    /// <summary>Nothing fires; a handful of rules fire and two stay open; everything is answered the worst way.</summary>
    [Params("healthy", "some history", "yes to everything")]
    public string Patient { get; set; } = "";

    [GlobalSetup]
    public void Choose() => facts = Patient switch
    {
        "healthy" => HealthyPatient.With("."),
        "some history" => HealthyPatient.With(
            "cv.htn=yes cv.htnControlled=yes cv.meds=yes psy.bipolar=yes psy.bipolar.type=bipolar-2 psy.maniaLast=2019 neu.stroke=not-sure neu.stroke.date=not-sure " +
            "gad7.1=3 gad7.2=3 gad7.3=3 gad7.4=3 gad7.5=3 med.classes=lamotrigine,lithium anes.motion=yes cv.bpSys=138 cv.bpDia=88"),
        _ => HealthyPatient.Facts(YesToEverything()),
    };

    [Benchmark(Baseline = true)]
    public ScreeningResult PlainReading() => plain.Screen(facts);

    [Benchmark]
    public ScreeningResult Compiled() => EmbeddedProtocol.RuleSet.Screen(facts);

    private static AnswerSet YesToEverything() => EmbeddedProtocol.Questionnaire.All
        .Where(i => !i.Identity && i.Type is not ItemType.Group and not ItemType.Display)
        .Aggregate(AnswerSet.Empty, (answers, item) => answers.With(item.LinkId, Worst(item)));

    private static Answer Worst(QuestionnaireItem item) => item switch
    {
        { Type: ItemType.Date } => new Answer.Date(new PartialDate(2026, 11)),
        { Type: ItemType.Text } => new Answer.Text("words"),
        { Type: ItemType.Integer or ItemType.Decimal } => new Answer.Number(item.Maximum!.Value),
        { Repeats: true } => new Answer.Choices([.. item.Codes.Select(c => c.Code).Where(c => c is not "none" and not "not-sure").Order(StringComparer.Ordinal)]),
        _ when item.Codes.Any(c => c.Code == "yes") => new Answer.Choice("yes"),
        _ => Written.Answer(item, item.Codes.Last(c => c.Code != "not-sure").Code),
    };
}
