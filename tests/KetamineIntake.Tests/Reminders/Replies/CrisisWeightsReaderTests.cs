using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders.Replies.Words;

namespace KetamineIntake.Tests.Reminders.Replies;

/// <summary>The document with the points: a fault in it stops the start.</summary>
public class CrisisWeightsReaderTests
{
    private const string Small =
        """{"source": "s", "threshold": 1.25, "base": -0.5, "laughter": ["lol"], "spanish": ["que"], "concepts": [{"name": "kin", "words": ["son"]}], "points": [{"points": 2.5, "of": ["die"]}]}""";

    [Fact]
    public void The_shipped_document_has_no_fault_and_can_be_read_by_a_person()
    {
        var document = SmallClinic.Document(CrisisWeightsReader.FileName);
        var points = JsonNode.Parse(document.Span)!["points"]!.AsArray().Select(p => (double)p!["points"]!).ToList();

        Assert.Empty(CrisisWeightsReader.Faults(document));
        Assert.True(document.Length <= 400_000);
        Assert.Equal(points.OrderDescending(), points);
        Assert.StartsWith("default: weights learnt from the committed lists, not from patients; no clinical validation", (string?)JsonNode.Parse(document.Span)!["source"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.25", "1e999", "/threshold")]
    [InlineData("1.25", "101", "/threshold")]
    [InlineData("1.25", "\"1.25\"", "/threshold")]
    [InlineData("-0.5", "null", "/base")]
    [InlineData("2.5", "-100.1", "/points/0/points")]
    [InlineData("2.5", "1e999", "/points/0/points")]
    [InlineData("\"die\"", "\"\"", "/points/0/of/0")]
    [InlineData("\"points\": 2.5", "\"points\": 2.5, \"points\": 1", "/points/0/points")]
    [InlineData("[\"die\"]}", "[\"die\"]}, {\"points\": 1, \"of\": [\"die\"]}", "/points/1/of/0")]
    [InlineData("[\"die\"]", "[\"die\", \"die\"]", "/points/0/of/1")]
    [InlineData("[\"die\"]", "[]", "/points/0/of")]
    [InlineData("\"points\": 2.5", "\"weight\": 2.5", "/points/0/weight")]
    [InlineData("{\"points\": 2.5, \"of\": [\"die\"]}", "", "/points")]
    [InlineData("\"source\": \"s\", ", "", "/")]
    [InlineData("\"s\"", "\" \"", "/source")]
    [InlineData("[\"lol\"]", "[\"LOL\"]", "/laughter/0")]
    [InlineData("[\"lol\"]", "[\"*\"]", "/laughter/0")]
    [InlineData("[\"lol\"]", "[\"lol\", \"lol\"]", "/laughter/1")]
    [InlineData("[\"que\"]", "[\"qué\"]", "/spanish/0")]
    [InlineData("[\"son\"]", "[\"my son\"]", "/concepts/0/words/0")]
    [InlineData("[\"son\"]}", "[\"son\"]}, {\"name\": \"boy\", \"words\": [\"son\"]}", "/concepts/1/words/0")]
    [InlineData("[\"son\"]}", "[\"son\"]}, {\"name\": \"kin\", \"words\": [\"boy\"]}", "/concepts/1")]
    [InlineData("}]}", "}], \"extra\": 1}", "/extra")]
    public void A_hostile_document_has_a_fault_with_its_place(string old, string replacement, string path)
    {
        Assert.Contains(old, Small, StringComparison.Ordinal);
        var faults = CrisisWeightsReader.Faults(Encoding.UTF8.GetBytes(Small.Replace(old, replacement, StringComparison.Ordinal)));

        Assert.Contains(faults, f => f.Path == path);
        Assert.All(faults, f => Assert.Equal("replies.weights.json", f.File));
    }

    [Fact]
    public void What_is_no_number_is_no_document() => Assert.NotEmpty(CrisisWeightsReader.Faults(Encoding.UTF8.GetBytes(Small.Replace("2.5", "NaN", StringComparison.Ordinal))));

    [Fact]
    public void Points_are_read_the_same_whatever_the_machine_writes_for_a_comma()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // A runtime without cultures of its own knows this one too.
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            var weights = CrisisWeightsReader.Read(DocumentReader.Root(CrisisWeightsReader.FileName, Encoding.UTF8.GetBytes(Small), new FaultList()));

            Assert.Equal((1.25, -0.5, 2.5), (weights.Threshold, weights.Base, weights.Points["die"]));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
