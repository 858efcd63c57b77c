using System.Text.Json;
using System.Text.RegularExpressions;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Labs;

/// <summary>
/// Lists of words by which results in words are read (labs.json, resultWords). Of the protocol that ships, for the reason that <see cref="LabVocabulary.Shipped"/> gives; the loader has checked them.
/// </summary>
internal static class ResultWords
{
    public const string EcgDenies = "ecg.denies";
    public const string EcgQualifies = "ecg.qualifies";
    public const string EcgJoins = "ecg.joins";
    public const string EcgDenied = "ecg.denied";
    public const string EcgEndsDenial = "ecg.endsDenial";
    public const string EcgIschaemia = "ecg.ischaemia";
    public const string EcgBlock = "ecg.block";
    public const string EcgNormal = "ecg.normal";
    public const string EcgBesideNormal = "ecg.besideNormal";
    public const string TestPositive = "test.positive";
    public const string TestDenied = "test.denied";
    public const string TestDenies = "test.denies";
    public const string TestNegative = "test.negative";
    public const string TestBesideNegative = "test.besideNegative";
    public const string TestDeniesNegative = "test.deniesNegative";
    public const string PlainRange = "range.plain";
    public const string OtherCategory = "category.other";

    public static readonly IReadOnlyList<string> Names =
    [
        EcgDenies, EcgQualifies, EcgJoins, EcgDenied, EcgEndsDenial, EcgIschaemia, EcgBlock, EcgNormal, EcgBesideNormal,
        TestPositive, TestDenied, TestDenies, TestNegative, TestBesideNegative, TestDeniesNegative, PlainRange, OtherCategory,
    ];

    // Read when the first result asks for them: no start waits for words.
    private static readonly Lazy<Dictionary<string, IReadOnlyList<string>>> Lists = new(Shipped);

    public static IReadOnlyList<string> Of(string name) => Lists.Value[name];

    /// <summary>Whole words of a list, made when it is first asked.</summary>
    public static Lazy<Regex> Whole(string name) => new(() => LabKinds.WholeWords(Of(name)));

    /// <summary>A pattern around lists, made when it is first asked.</summary>
    public static Lazy<Regex> Pattern(Func<string> grammar) =>
        new(() => new Regex(grammar(), RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, LabKinds.Longest));

    /// <summary>Any one word of a list, within a pattern.</summary>
    public static string Any(string name) => LabKinds.Any(Of(name));

    private static Dictionary<string, IReadOnlyList<string>> Shipped()
    {
        using var document = JsonDocument.Parse(EmbeddedProtocols.Documents(EmbeddedProtocols.Shipped)["labs.json"]);
        return document.RootElement.GetProperty("resultWords").EnumerateArray().ToDictionary(
            list => list.GetProperty("name").GetString()!,
            IReadOnlyList<string> (list) => [.. list.GetProperty("words").EnumerateArray().Select(w => w.GetString()!)],
            StringComparer.Ordinal);
    }
}
