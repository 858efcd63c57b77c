using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Protocols;

/// <summary>
/// The clinical content of one kind of treatment, as data that a clinician reads, diffs and signs: questionnaire, rules, scales, lab requirements, texts.
/// </summary>
/// <param name="Hash">SHA-256 (hex) over every document of the folder, in ordinal order of file name.</param>
/// <param name="SignedBy">Null: unsigned; runs in the demonstration clinic only.</param>
public sealed record Protocol(
    string Id,
    string Version,
    string? SignedBy,
    string Hash,
    Questionnaire Questionnaire,
    RuleBook Rules,
    IReadOnlyList<Scale> Scales,
    ProtocolTexts Texts,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Documents)
{
    public string Title { get; init; } = Id;

    /// <summary>The day from which a clinic may use this version.</summary>
    public LocalDate EffectiveFrom { get; init; }

    /// <summary>The patient's words in other languages than English.</summary>
    public IReadOnlyDictionary<SmsLanguage, ProtocolTexts> Translations { get; init; } = new Dictionary<SmsLanguage, ProtocolTexts>();

    /// <summary>The patient's words in their language; English where there is no translation.</summary>
    /// <param name="language">BCP 47; null for nobody in particular.</param>
    public ProtocolTexts TextsFor(string? language) => Translations.GetValueOrDefault(SmsLanguages.Of(language), Texts);

    /// <summary>Tests that must be valid on the day of treatment.</summary>
    public IReadOnlyList<LabRequirement> Labs { get; init; } = [];

    /// <summary>How laboratory values are read, and when a test is asked for.</summary>
    public LabContent Lab { get; init; } = LabContent.None;

    /// <summary>Laboratory values that rules may look at.</summary>
    public IReadOnlyList<MeasuredValue> LabValues { get; init; } = [];

    /// <summary>Readings and statements of the day of treatment that rules may look at.</summary>
    public IReadOnlyList<MeasuredValue> Readings { get; init; } = [];

    /// <summary>When and how patients are prepared for visits; null for a protocol that was not read from documents, which then books and texts nothing.</summary>
    public ReminderContent? Reminders { get; init; }
}

/// <summary>The rules of a protocol with the parameters a clinic may set.</summary>
/// <param name="Parameters">Thresholds by name, for example bp.hold.systolic.</param>
/// <param name="Indications">Codes of ind.primary that the clinic treats.</param>
public sealed record RuleBook(
    string Version,
    IReadOnlyList<Rule> Rules,
    IReadOnlyList<RuleParameter> Parameters,
    IReadOnlyList<string> Indications)
{
    /// <summary>One of <see cref="Protocols.Semantics"/>: what the rules mean.</summary>
    public int Semantics { get; init; } = Protocols.Semantics.Current;

    /// <summary>The conditions before parameters are filled in; null for a book that was not read from documents.</summary>
    internal RuleSource? Source { get; init; }

    /// <summary>The highest urgency that an answer to this question can take part in raising; None for all but suicide-risk questions.</summary>
    public Urgency UrgencyOf(string linkId) =>
        On(linkId).Select(r => r.Urgency).DefaultIfEmpty().Max();

    /// <summary>The rule by which a yes to this question can be an emergency; null when there is none.</summary>
    public Rule? EmergencyOf(string linkId) => On(linkId).FirstOrDefault(r => r.Emergency is not null);

    private IEnumerable<Rule> On(string linkId) => Rules.Where(r => GateCheck.Subjects(r.When).Any(s => s is Subject.Item && s.Name == linkId));
}

/// <summary>A threshold that a clinic may set between <paramref name="Minimum"/> and <paramref name="Maximum"/>, both inclusive.</summary>
/// <param name="SaferIsLower">Lowering it catches more patients, so it may be lowered freely; raising it needs a recorded sign-off. False: the other way round.</param>
public sealed record RuleParameter(string Name, decimal Value, decimal Minimum, decimal Maximum, bool SaferIsLower, string Unit, string Description);

/// <summary>One questionnaire scale and how it is scored.</summary>
/// <param name="Items">linkIds in order.</param>
/// <param name="MaximumMissing">Up to this many missing items the total is prorated and flagged; above it there is no total. 0: every item is needed.</param>
/// <param name="Gate">An item whose answer <paramref name="GateCode"/> means that the scale is not asked and the total is 0; null without a gate.</param>
/// <param name="Bands">Lower bounds (inclusive) and names, ascending.</param>
/// <param name="Loaded">False for a slot whose licensed text is not shipped: conditions on it are false and shown as not available.</param>
public sealed record Scale(
    string Id,
    string Title,
    IReadOnlyList<string> Items,
    int MaximumMissing,
    string? Gate,
    string? GateCode,
    IReadOnlyList<ScaleBand> Bands,
    bool Loaded,
    string Source);

public sealed record ScaleBand(decimal From, string Name);
