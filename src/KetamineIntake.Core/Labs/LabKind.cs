using System.Text.RegularExpressions;

namespace KetamineIntake.Core.Labs;

/// <summary>A panel or a measured quantity that we can tell by code and by words.</summary>
/// <param name="Codes">LOINC.</param>
/// <param name="Words">Whole words that name it in a display; a trailing * stands for any ending.</param>
/// <param name="IsMeasured">One quantity, which says nothing without a value; a panel or an ECG may come without.</param>
internal sealed record LabKind(string Name, IReadOnlyList<string> Codes, IReadOnlyList<string> Words, bool IsMeasured)
{
    // Made when the first result asks for it: sixteen of them would cost every start.
    private readonly Lazy<Regex> named = new(() => new Regex(
        @"\b(?:" + string.Join('|', Words.Select(w => Regex.Escape(w).Replace(@"\*", @"\w*", StringComparison.Ordinal))) + @")\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)));

    /// <summary>A quantity that only a number can say: the words beside it ("test not performed") are no test.</summary>
    public bool IsNumber => IsMeasured && Name is not (LabKinds.EcgImpression or LabKinds.Hcg);

    public bool IsNamedIn(string text) => named.Value.IsMatch(text);
}

/// <summary>LOINC codes of domain 5b and other methods of the same quantities, with the words that go with them: public data carries 24325-3 (liver) labelled as a metabolic panel or a blood count.</summary>
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

    public static readonly IReadOnlyList<LabKind> All =
    [
        new(Ecg, ["34534-8", "11524-6"], ["ecg", "ekg", "electrocardio*"], IsMeasured: false),
        new(Qtc, ["8636-3"], ["qt", "qtc", "q-t"], IsMeasured: true),
        new(EcgImpression, ["8601-7"], ["ecg", "ekg", "electrocardio*"], IsMeasured: true),
        new("hepatic function panel", ["24325-3"], ["hepatic", "liver", "lft", "lfts"], IsMeasured: false),
        new("comprehensive metabolic panel", ["24323-8"], ["comprehensive", "cmp"], IsMeasured: false),
        new("basic metabolic panel", ["51990-0", "24321-2"], ["basic metabolic", "bmp"], IsMeasured: false),
        new("renal function panel", ["24362-6"], ["renal", "kidney"], IsMeasured: false),
        new("complete blood count", ["58410-2", "57021-8"], ["cbc", "complete blood count", "blood count", "hemogram"], IsMeasured: false),
        new(Alt, ["1742-6", "1743-4", "1744-2"], ["alanine", "alt", "sgpt"], IsMeasured: true),
        new(Ast, ["1920-8", "30239-8", "88112-8"], ["aspartate", "ast", "sgot"], IsMeasured: true),
        new(Creatinine, ["2160-0"], ["creat*"], IsMeasured: true),
        new(Egfr, ["98979-8", "62238-1", "33914-3", "88293-6", "88294-4", "48642-3", "48643-1", "77147-7", "69405-9"], ["glomerular", "gfr", "egfr"], IsMeasured: true),
        new(Hemoglobin, ["718-7", "20509-6"], ["hemoglobin", "haemoglobin", "hgb", "hb"], IsMeasured: true),
        new(Leukocytes, ["6690-2", "26464-8", "804-5"], ["leukocyte*", "leucocyte*", "wbc", "white"], IsMeasured: true),
        new(Platelets, ["777-3", "26515-7", "778-1"], ["platelet*", "plt", "thrombocyte*"], IsMeasured: true),
        new(Hcg, ["2106-3", "2118-8"], ["hcg", "choriogonadotropin*", "gonadotropin*", "pregnan*"], IsMeasured: true),
    ];

    private static readonly Dictionary<string, LabKind> ByCode =
        All.SelectMany(kind => kind.Codes.Select(code => (code, kind))).ToDictionary(p => p.code, p => p.kind, StringComparer.Ordinal);

    public static LabKind? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>Whether a value shows that the test of its code was done.</summary>
    public static bool IsDone(LabValue value) => value.Number is not null || Find(value.Code) is not { IsNumber: true };

    /// <summary>Whether a code can be a result of a required test; a code of no test, such as a pregnancy test, and one that we do not know can be of any.</summary>
    public static bool CanBe(string code, string test) => Find(code)?.Name switch
    {
        Ecg or Qtc or EcgImpression => test == LabTests.Ecg,
        "hepatic function panel" or Alt or Ast => test == LabTests.Liver,
        "comprehensive metabolic panel" => test is LabTests.Liver or LabTests.Kidney,
        "basic metabolic panel" or "renal function panel" or Creatinine or Egfr => test == LabTests.Kidney,
        "complete blood count" or Hemoglobin or Leukocytes or Platelets => test == LabTests.Cbc,
        _ => true,
    };

    /// <summary>The kind that words name instead of this one, or null when they name this one or none that we know.</summary>
    public static LabKind? Contradiction(LabKind kind, string words) =>
        kind.IsNamedIn(words) ? null : All.FirstOrDefault(other => other.IsNamedIn(words));
}
