using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Everything a condition may name.</summary>
internal sealed record Vocabulary(
    Questionnaire Questionnaire,
    IReadOnlyDictionary<string, Scale> Scales,
    IReadOnlyDictionary<string, MeasuredValue> Labs,
    IReadOnlyDictionary<string, MeasuredValue> Readings,
    IReadOnlyDictionary<string, RuleParameter> Parameters,
    IReadOnlyList<string> Indications)
{
    /// <summary>Lists of words by name, which a condition on a text may name.</summary>
    public IReadOnlyDictionary<string, WordList> Words { get; init; } = new Dictionary<string, WordList>();

    /// <summary>For each item, every question that decides whether it is shown.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> Gates { get; } = GateCheck.Transitive(Questionnaire);

    /// <summary>The item whose codes are the indications.</summary>
    public const string IndicationItem = "ind.primary";

    /// <summary>The name of the code list that a clinic may replace.</summary>
    public const string IndicationList = "indications";

    /// <summary>Codes that a clinic may put on its list of indications.</summary>
    public IEnumerable<string> KnownIndications => IndicationsOf(Questionnaire);

    public static IEnumerable<string> IndicationsOf(Questionnaire questionnaire) =>
        questionnaire.Find(IndicationItem)?.Codes.Select(o => o.Code).Where(c => c != FhirTerms.NotSure) ?? [];
}

/// <summary>The rules as they stand in the documents: conditions before parameters are filled in, by rule id.</summary>
internal sealed record RuleSource(Vocabulary Vocabulary, IReadOnlyDictionary<string, System.Text.Json.JsonElement> Conditions);

/// <summary>Numbers a subject can have; a bound that is not known is null.</summary>
internal readonly record struct NumberRange(decimal? Minimum, decimal? Maximum)
{
    public bool Holds(decimal value) => !(value < Minimum) && !(value > Maximum);
}
