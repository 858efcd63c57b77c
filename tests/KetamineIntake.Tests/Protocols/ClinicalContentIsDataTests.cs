using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Reminders.Replies;

namespace KetamineIntake.Tests.Protocols;

/// <summary>What a clinician signs stands in the documents. As far as a test can tell it, no code, word or number of theirs stands in the program.</summary>
public sealed partial class ClinicalContentIsDataTests
{
    // Keys and codes by which program and documents find each other, what the program is, and one source.
    private static readonly string[] Names =
    [
        "benzodiazepine", "ischaemia", "ketamine", "ketamineintake", "kidney", "lamotrigine", "liver", "med", "medicines", "pain", "suicide",
    ];

    // Beginnings that give a text away to whoever reads it over a shoulder, and say nothing by themselves.
    private static readonly string[] General = ["clinic", "diagn", "ecg", "infusi", "iv", "lab", "labs"];

    // Numbers that say nothing about a body or a treatment, by the reason why.
    private static readonly Dictionary<string, string[]> Numbers = new(StringComparer.Ordinal)
    {
        ["tries at records that others change"] = ["Attempts", "MostWrongTries"],
        ["sizes of pages, commits and lists"] = ["Page", "Batch", "PerCommit", "Maximum", "MaximumLimit", "MaximumEvents", "MostResources", "MostCounted", "MostNamed", "KeptVersions", "KeptNotices", "MostFaults"],
        ["lengths of texts"] =
        [
            "LongestText", "LongestWords", "LongestName", "LongestField", "MaximumText", "DefaultMaximumLength", "LongestEmail", "LongestAsked", "Longest", "LongestReason", "LongestNote", "LongEnough", "MaximumAlias",
            "MaximumLinkBase", "LongestPhone", "Length", "EarlierLength", "MostDigits", "StampBytes",
        ],
        ["how words are compared and learnt; the document's own numbers weigh them"] =
            ["Long", "LongestGap", "ShortestMonth", "ShortestRun", "LongestRun", "Farthest", "LongestWord", "WordsPerSpanishOne", "FewestWords", "FewestSpaced", "Most"],
        ["the calendar and units by definition"] = ["DaysOfAWeek", "DaysOfAMonth", "MinutesOfAnHour", "KilogramsPerPound", "CentimetersPerInch", "CentimetresPerMetre", "EarliestYear", "MonthsOfAYear"],
        ["numbering plans"] = ["Mexico", "MexicanDigits"],
        ["how a time is written"] = ["LongestInMinutes"],
        ["how far a plan looks for a free day"] = ["DaysToTry"],
        ["the widest that a clinic, a request or a document may go; what holds stands in the document"] =
            ["MaximumSessions", "MaximumPerWeek", "ShortestMonths", "LongestMonths", "LongestLead", "DeepestNesting", "Youngest", "Oldest", "MostUnanswered"],
        ["what was said or stored before"] = ["SaidBefore", "Form", "OpenCautions"],
        ["numbers that can be reckoned with, and the smallest step beside one"] = ["Largest", "JustBeside"],
    };

    [Fact]
    public void No_code_of_a_terminology_stands_in_the_program() =>
        Assert.Empty(Literals().Where(l => Code().IsMatch(l.Text)).Select(l => $"{l.File}: {l.Text}"));

    [Fact]
    public void No_word_that_names_a_drug_a_diagnosis_or_a_finding_stands_in_the_program()
    {
        var revealing = Read("texts.sms.revealing.json");
        string[] beginnings = [.. Texts(revealing["beginnings"]!).Except(General, StringComparer.Ordinal), "ischemi", "infarct", "unremark", "suicid", "lorazep", "alprazol", "insulin", "sulfonyl", "metform", "warfar", "lithium"];
        var words = Texts(revealing["words"]!).Except(General, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(
            from literal in Literals()
            where !literal.IsSentence
            from word in PlainText.Of(literal.Text).Split(' ')
            where words.Contains(word) || beginnings.Any(b => word.StartsWith(b, StringComparison.Ordinal))
            where !Names.Contains(word, StringComparer.Ordinal)
            select $"{literal.File}: {literal.Text}");
    }

    [Fact]
    public void A_number_in_the_program_has_a_reason_why_it_is_none_for_a_clinician()
    {
        var known = Numbers.Values.SelectMany(n => n).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Lines().SelectMany(l => Constant().Matches(l.Text).Select(m => m.Groups["name"].Value).Where(n => !known.Contains(n)).Select(n => $"{l.File}: {n}")));
    }

    [Fact]
    public void What_an_answer_or_a_value_is_compared_with_comes_from_a_document() =>
        Assert.Empty(Lines().Where(l => Comparison().IsMatch(l.Text)).Select(l => $"{l.File}: {l.Text.Trim()}"));

    [Theory]
    [InlineData("Find(\"34534-8\")", true)]
    [InlineData("Is(\"442311008\")", true)]
    [InlineData("\"2026-01-31\"", false)]
    public void A_code_is_told_by_its_form(string line, bool isCode) => Assert.Equal(isCode, Code().IsMatch(line.Split('"')[1]));

    private static IEnumerable<(string File, string Text)> Lines()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "KetamineIntake.sln")))
        {
            root = root.Parent!;
        }

        var core = Path.Combine(root.FullName, "src", "KetamineIntake.Core");
        string[] clinical = ["Appointments", "Labs", "Patients", "Protocols", "Referrals", "Reminders", "Screenings"];
        return clinical.SelectMany(folder => Directory.GetFiles(Path.Combine(core, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => File.ReadLines(file).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal)).Select(l => (Path.GetRelativePath(core, file), l)));
    }

    // A sentence says to people what documents decide; a word by which something is read has no full stop and few companions.
    private static IEnumerable<(string File, string Text, bool IsSentence)> Literals() =>
        Lines().SelectMany(l => Literal().Matches(l.Text).Select(m => (l.File, m.Groups["text"].Value, m.Groups["text"].Value.Count(c => c == ' ') > 3)));

    private static JsonNode Read(string name) => JsonNode.Parse(EmbeddedProtocols.Documents(EmbeddedProtocols.Shipped)[name].Span)!;

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(w => w!.GetValue<string>());

    [GeneratedRegex(@"""(?<text>(?:[^""\\]|\\.)*)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"^([1-9]\d{1,6}-\d|\d{6,18}|[A-Z]\d\d\.\d{1,3})$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"const (int|decimal|double|long) (?<name>\w+) = (?!0;|1;)[\d._]+[a-z]*", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Constant();

    // Lengths, years and hours of the clock are compared with numbers of two digits, and cursors.
    [GeneratedRegex(@"^(?!.*(Length|Year|Hour|Chairs|code\.Value)).*([<>]=?|is) -?\d{2,}m?\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Comparison();
}
