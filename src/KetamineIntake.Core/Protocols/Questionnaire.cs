namespace KetamineIntake.Core.Protocols;

/// <summary>The questionnaire as our own form renders it and answers are checked against; read from the FHIR R4 document.</summary>
/// <param name="Canonical">url|version, kept with each screening.</param>
/// <param name="Sections">Top-level groups, in order; the form shows one at a time.</param>
/// <param name="Fhir">The FHIR R4 JSON document itself, with the extensions that only we understand.</param>
public sealed record Questionnaire(string Url, string Version, string Title, IReadOnlyList<QuestionnaireItem> Sections, ReadOnlyMemory<byte> Fhir)
{
    private readonly Dictionary<string, QuestionnaireItem> byLinkId = Flatten(Sections).ToDictionary(i => i.LinkId, StringComparer.Ordinal);

    private readonly Lazy<ReadOnlyMemory<byte>> published = new(() => PublishedQuestionnaire.Of(Fhir));

    public string Canonical => $"{Url}|{Version}";

    /// <summary>The FHIR R4 document for others; see <see cref="PublishedQuestionnaire"/>.</summary>
    public ReadOnlyMemory<byte> Published => published.Value;

    /// <summary>Versions before this one whose answers are still taken.</summary>
    public IReadOnlyList<string> Earlier { get; init; } = [];

    /// <summary>How answers of others are understood.</summary>
    public AnswerContent Reading { get; init; } = AnswerContent.None;

    /// <summary>The version that was answered, where it is an earlier one; null for this one, and for a canonical without a version.</summary>
    /// <param name="canonical">As stored with a screening or sent with answers; null: this one.</param>
    public Version? EarlierThanThis(string? canonical) =>
        canonical?.Split('|') is [_, var text] && System.Version.TryParse(text, out var answered) && System.Version.TryParse(Version, out var now) && answered < now
            ? answered
            : null;

    /// <summary>Groups and questions, depth first, in document order.</summary>
    public IEnumerable<QuestionnaireItem> All => Flatten(Sections);

    public QuestionnaireItem? Find(string linkId) => byLinkId.GetValueOrDefault(linkId);

    private static IEnumerable<QuestionnaireItem> Flatten(IEnumerable<QuestionnaireItem> items) =>
        items.SelectMany(i => Flatten(i.Items).Prepend(i));
}

/// <summary>One group or question.</summary>
/// <param name="Codes">Answer options of a choice, in order; empty otherwise.</param>
/// <param name="Repeats">Several codes may be chosen.</param>
/// <param name="Optional">Blank is a complete answer: a reading nobody must have, a free text. Rules see it as not available.</param>
/// <param name="Identity">Comes from "patient" in JSON and is refused in "answers"; in FHIR it is an item like any other.</param>
/// <param name="SelectAll">A group whose page offers "none of these", which stores an explicit no for each item.</param>
/// <param name="Minimum">Inclusive, in <paramref name="Unit"/>.</param>
/// <param name="Maximum">Inclusive, in <paramref name="Unit"/>.</param>
/// <param name="Items">Items inside this one.</param>
public sealed record QuestionnaireItem(
    string LinkId,
    ItemType Type,
    string Text,
    string? Help,
    IReadOnlyList<AnswerOption> Codes,
    bool Repeats,
    bool Optional,
    bool Identity,
    bool SelectAll,
    decimal? Minimum,
    decimal? Maximum,
    string? Unit,
    int? MaximumLength,
    IReadOnlyList<EnableWhen> EnableWhen,
    bool EnableAll,
    IReadOnlyList<QuestionnaireItem> Items)
{
    /// <summary>No longer asked by the form, because no answer to it changes anything; whoever sends one is still understood.</summary>
    public bool Hidden { get; init; }

    /// <summary>linkId of a number that is always larger: the lower blood pressure is below the upper one. Null for all others.</summary>
    public string? LessThan { get; init; }

    /// <summary>A height in cm: where weight and height make a body mass index (kg/m2) below this, whoever sends them is asked whether both are right.</summary>
    public decimal? BmiAskBelow { get; init; }

    /// <summary>The same above this.</summary>
    public decimal? BmiAskAbove { get; init; }

    /// <summary>A weight or height: asked back below this, where the other one is not there to compare with.</summary>
    public decimal? AskBelow { get; init; }

    /// <summary>The same above this.</summary>
    public decimal? AskAbove { get; init; }

    /// <summary>UCUM code of <see cref="Unit"/>; null without one.</summary>
    public string? UnitCode { get; init; }

    /// <summary>Nobody can be called without it.</summary>
    public bool Required { get; init; }

    /// <summary>The text in other languages, by their code.</summary>
    public IReadOnlyDictionary<string, string> Translations { get; init; } = new Dictionary<string, string>();
}

public enum ItemType
{
    Group,
    Display,
    Choice,
    Integer,
    Decimal,
    Date,
    Text,
}

/// <summary>A code and its words. <paramref name="Ordinal"/> is the number a scale item stores ("2" in JSON is the number 2).</summary>
public sealed record AnswerOption(string Code, string Display, decimal? Ordinal)
{
    /// <summary>Another system's code that means the same; null without one.</summary>
    public (string System, string Code)? SameAs { get; init; }

    /// <summary>The version of the questionnaire that first offered it; null: its item always has. Whoever answered an earlier version has not said no to it.</summary>
    public Version? Since { get; init; }

    /// <summary>The code system that its code is of; null where the documents name none.</summary>
    public string? System { get; init; }

    /// <summary><see cref="Display"/> in the other languages.</summary>
    public IReadOnlyList<string> Translated { get; init; } = [];
}

/// <summary>The item is shown when the answer to <paramref name="Question"/> equals the code; only "=" is used (safety: see packages.md on "!=").</summary>
public sealed record EnableWhen(string Question, string Code);
