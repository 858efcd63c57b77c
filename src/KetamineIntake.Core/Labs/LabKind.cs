using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Labs;

/// <summary>A panel or a measured quantity that we can tell by code and by words.</summary>
/// <param name="IsMeasured">One quantity, which says nothing without a value; a panel or an ECG may come without.</param>
/// <param name="Tests">Required tests that it is a result of; none for a pregnancy test.</param>
/// <param name="Codes">LOINC.</param>
/// <param name="Words">Whole words that name it in a display; a trailing * stands for any ending.</param>
/// <param name="Parts">Names of the kinds that a panel is made of: it may be named after them.</param>
/// <param name="Never">Words of something else that has its name in it, such as "clearance": they contradict even a code of this kind.</param>
/// <param name="Elsewhere">Words beside which a name without a code of this kind is something else, such as "fluid"; beside a code ("large platelets seen") they say nothing.</param>
internal sealed record LabKind(
    string Name, bool IsMeasured, IReadOnlyList<string> Tests, IReadOnlyList<string> Codes, IReadOnlyList<string> Words, IReadOnlyList<string> Parts, IReadOnlyList<string> Never,
    IReadOnlyList<string> Elsewhere)
{
    // Made when the first result asks for it: sixteen of them would cost every start.
    private readonly Lazy<Regex> named = new(() => LabKinds.WholeWords(Words));
    private readonly Lazy<Regex?> excluded = new(() => Never.Count == 0 ? null : LabKinds.WholeWords(Never));
    private readonly Lazy<Regex?> elsewhere = new(() => Elsewhere.Count == 0 ? null : LabKinds.WholeWords(Elsewhere));

    /// <summary>A quantity that only a number can say: the words beside it ("test not performed") are no test.</summary>
    public bool IsNumber => IsMeasured && Name is not (LabKinds.EcgImpression or LabKinds.Hcg);

    /// <summary>Many quantities in one: it has no value of its own. An ECG, whose words are read, is none.</summary>
    public bool IsPanel => !IsMeasured && Name != LabKinds.Ecg;

    public bool IsNamedIn(string text) => named.Value.IsMatch(Spaced(text));

    public bool IsContradictedBy(string text) => excluded.Value?.IsMatch(Spaced(text)) == true;

    /// <summary>Whether words that have no code of this kind beside them mean something else.</summary>
    public bool IsExcludedBy(string text) => IsContradictedBy(text) || elsewhere.Value?.IsMatch(Spaced(text)) == true;

    // "PLT_COUNT" is two words to a laboratory and one to a pattern.
    private static string Spaced(string text) => text.Replace('_', ' ');
}

/// <summary>The kinds that the protocol lists with their codes and words (labs.json): public data carries 24325-3 (liver) labelled as a metabolic panel or a blood count.</summary>
internal static class LabKinds
{
    public const string Ecg = "ECG";
    public const string Qtc = "QTc";
    public const string EcgImpression = "ECG impression";
    public const string Alt = "ALT";
    public const string Ast = "AST";
    public const string Creatinine = "creatinine";
    public const string Egfr = "eGFR";
    public const string Hemoglobin = "hemoglobin";
    public const string Leukocytes = "white cells";
    public const string Platelets = "platelets";
    public const string Hcg = "pregnancy test";

    private static readonly Lazy<LabVocabulary> Vocabulary = new(LabVocabulary.Shipped);

    private static readonly Lazy<Dictionary<string, LabKind>> ByCode =
        new(() => All.SelectMany(kind => kind.Codes.Select(code => (code, kind))).ToDictionary(p => p.code, p => p.kind, StringComparer.Ordinal));

    private static readonly Lazy<Regex> Others = new(() => WholeWords(Vocabulary.Value.OtherWords));

    public static IReadOnlyList<LabKind> All => Vocabulary.Value.Kinds;

    /// <summary>Whether a code is known to be no test of ours, whatever its words sound like.</summary>
    public static bool IsOther(string code) => Vocabulary.Value.OtherCodes.Contains(code, StringComparer.Ordinal);

    public static LabKind? Find(string code) => ByCode.Value.GetValueOrDefault(code);

    /// <summary>positive or negative, where a code of a value has that meaning; else null.</summary>
    public static string? Meaning(string? system, string? code) => Vocabulary.Value.Said.FirstOrDefault(s => s.System == system?.TrimEnd('/') && s.Code == code).Means;

    /// <summary>The first code of its kind: other methods of one quantity satisfy what asks for one of them. The code itself when we do not know it.</summary>
    public static string Canonical(string code) => Find(code)?.Codes[0] ?? code;

    /// <summary>Whether a value shows that the test of its code was done.</summary>
    public static bool IsDone(LabValue value) => !IsUnread(value) && (value.Number is not null || Find(value.Code) is not { IsNumber: true });

    /// <summary>Not understood, or said of a whole panel, which no rule looks at ("hemoglobin 5.2 critical"), unless it only says that all is normal.</summary>
    public static bool IsUnread(LabValue value) =>
        value.IsNotUnderstood || (Find(value.Code) is { IsPanel: true } && (value.Number is not null || (value.Text is { } words && !LabWords.IsPlainNormal(words))));

    /// <summary>Whether a code can be a result of a required test; a code of no test, such as a pregnancy test, and one that we do not know can be of any.</summary>
    public static bool CanBe(string code, string test) => Find(code) is not { Tests.Count: > 0 } kind || kind.Tests.Contains(test, StringComparer.Ordinal);

    /// <summary>Kinds of ours that words name and do not rule out.</summary>
    public static IReadOnlyList<LabKind> NamedIn(string words) => [.. All.Where(kind => kind.IsNamedIn(words) && !kind.IsExcludedBy(words))];

    /// <summary>What words name instead of this kind, or null when they name this one, a part of it, or nothing that we know.</summary>
    public static string? Contradiction(LabKind kind, string words)
    {
        if (kind.IsContradictedBy(words))
        {
            return "something else";
        }

        return kind.IsNamedIn(words) ? null
            : All.FirstOrDefault(other => !kind.Parts.Contains(other.Name, StringComparer.Ordinal) && other.IsNamedIn(words))?.Name
            // A panel is made of many things; one quantity is not.
            ?? (kind.IsMeasured && Others.Value.IsMatch(words) ? "something else" : null);
    }

    /// <summary>No words may keep a feed waiting.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    internal static Regex WholeWords(IEnumerable<string> words) => new(@"\b" + Any(words) + @"\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Longest);

    /// <summary>Any one of the words, within a pattern; a * stands for any letters.</summary>
    internal static string Any(IEnumerable<string> words) =>
        "(?:" + string.Join('|', words.Select(w => Regex.Escape(w).Replace(@"\*", @"\w*", StringComparison.Ordinal))) + ")";
}
