using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

/// <summary>The shipped scales at every boundary of their bands.</summary>
public sealed class EmbeddedScaleTests
{
    [Theory]
    [InlineData(0, "minimal")]
    [InlineData(4, "minimal")]
    [InlineData(5, "mild")]
    [InlineData(9, "mild")]
    [InlineData(10, "moderate")]
    [InlineData(14, "moderate")]
    [InlineData(15, "moderately severe")]
    [InlineData(19, "moderately severe")]
    [InlineData(20, "severe")]
    [InlineData(27, "severe")]
    public void Phq9(int total, string band) => Check("phq9", 9, 3, total, band);

    [Theory]
    [InlineData(0, "minimal")]
    [InlineData(4, "minimal")]
    [InlineData(5, "mild")]
    [InlineData(9, "mild")]
    [InlineData(10, "moderate")]
    [InlineData(14, "moderate")]
    [InlineData(15, "severe")]
    [InlineData(21, "severe")]
    public void Gad7(int total, string band) => Check("gad7", 7, 3, total, band);

    [Theory]
    [InlineData(0, "low risk")]
    [InlineData(2, "low risk")]
    [InlineData(3, "possible risk")]
    [InlineData(7, "possible risk")]
    [InlineData(8, "high risk")]
    [InlineData(12, "high risk")]
    public void AuditC(int total, string band) => Check("auditc", 3, 4, total, band);

    [Theory]
    [InlineData("yes yes yes yes yes", 5, "probable")]
    [InlineData("yes yes yes no yes", 4, "probable")]
    [InlineData("no yes yes yes no", 3, "possible")]
    [InlineData("no yes yes no no", 2, "negative")]
    [InlineData("no no no no no", 0, "negative")]
    public void Pc_ptsd5_counts_its_yes(string words, int total, string band)
    {
        var given = string.Join(' ', words.Split(' ').Select((w, i) => $"pcptsd5.{i + 1}={w}").Prepend("pcptsd5.trauma=yes"));

        Assert.Equal(new ScaleScore("pcptsd5", total, false, [], band), Score("pcptsd5", given) with { Missing = [] });
        Assert.Empty(Score("pcptsd5", given).Missing);
    }

    [Theory]
    [InlineData("pcptsd5.trauma=no", 0, 0)]
    [InlineData("pcptsd5.trauma=yes", null, 5)]
    [InlineData("pcptsd5.trauma=not-sure", null, 5)]
    [InlineData("", null, 5)]
    [InlineData("pcptsd5.trauma=yes pcptsd5.1=yes pcptsd5.2=yes pcptsd5.3=yes pcptsd5.4=yes", null, 1)]
    public void Pc_ptsd5_is_zero_without_trauma_and_unknown_without_answers(string given, int? total, int missing)
    {
        var score = Score("pcptsd5", given);

        Assert.Equal((total, missing), ((int?)score.Total, score.Missing.Count));
    }

    [Theory]
    [InlineData("sub.alcohol=no", 0, 0)]
    [InlineData("sub.alcohol=yes", null, 3)]
    [InlineData("sub.alcohol=yes auditc.1=4 auditc.2=4", null, 1)]
    public void Audit_c_needs_every_item_of_somebody_who_drinks(string given, int? total, int missing)
    {
        var score = Score("auditc", given);

        Assert.Equal((total, missing), ((int?)score.Total, score.Missing.Count));
    }

    [Theory]
    [InlineData("phq9", 9, 7, 14, 18)]
    [InlineData("phq9", 9, 6, 12, null)]
    [InlineData("phq9", 9, 8, 1, 1)]
    [InlineData("phq9", 9, 8, 4, 5)]
    [InlineData("gad7", 7, 5, 5, 7)]
    [InlineData("gad7", 7, 4, 8, null)]
    [InlineData("gad7", 7, 6, 3, 4)]
    public void Two_missing_items_are_prorated_and_flagged_and_three_are_too_many(string scale, int items, int answered, int sum, int? total)
    {
        var score = Score(scale, Spread(scale, answered, 3, sum));

        Assert.Equal((total, total is not null, items - answered), ((int?)score.Total, score.Prorated, score.Missing.Count));
    }

    [Fact]
    public void The_difficulty_question_is_not_scored() => Assert.Equal(0, Score("phq9", $"{Spread("phq9", 9, 3, 0)} phq9.difficulty=3").Total);

    private static void Check(string scale, int items, int most, int total, string band)
    {
        var score = Score(scale, Spread(scale, items, most, total));

        Assert.Equal((total, false, band), ((int?)score.Total, score.Prorated, score.Band));
        Assert.Empty(score.Missing);
    }

    /// <summary>The total, as much as fits into each of the first items.</summary>
    private static string Spread(string scale, int items, int most, int total) =>
        string.Join(' ', Enumerable.Range(0, items).Select(i => $"{scale}.{i + 1}={Math.Clamp(total - (i * most), 0, most)}"));

    private static ScaleScore Score(string id, string given)
    {
        Scale scale = EmbeddedProtocol.Protocol.Scales.Single(s => s.Id == id);
        return ScaleScoring.Score(scale, Written.Answers(EmbeddedProtocol.Questionnaire, given), EmbeddedProtocol.Questionnaire);
    }
}
