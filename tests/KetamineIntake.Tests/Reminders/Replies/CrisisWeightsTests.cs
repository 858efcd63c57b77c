using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Replies.Words;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Tests.Screenings;

namespace KetamineIntake.Tests.Reminders.Replies;

/// <summary>How the points of a text's words add up.</summary>
public class CrisisWeightsTests
{
    private static readonly string[] Laughter = ["lol", "haha*", "jaja*"];

    [Theory]
    [InlineData(1.499, true)]
    [InlineData(1.5, false)]
    [InlineData(1.501, false)]
    public void A_score_above_the_threshold_alarms_and_one_that_equals_it_does_not(double threshold, bool alarms) =>
        Assert.Equal(alarms, Weights(threshold, ("river", 1)).Alarm("the river", 0));

    [Fact]
    public void The_sum_is_divided_by_the_root_of_how_many_features_there_are() =>
        Assert.Equal(0.5 + ((1 + 2 - 0.5 + 4) / 2), Weights(0, ("river", 1), ("the river", 2), ("^ the", -0.5), ("river $", 4)).Score("The river!", 0), 9);

    [Fact]
    public void A_feature_counts_once_however_often_it_stands_there() => Assert.Equal(1.5, Weights(0, ("river", 1)).Score("river and river", 0), 9);

    [Fact]
    public void An_empty_text_and_a_single_word_have_no_points_of_their_own()
    {
        var weights = Weights(1, ("river", 100), ("~riv", 100));

        Assert.Equal([0.5, 0.5, 0.5, 0.5], new[] { "", "🙂", "river", "river lol" }.Select(t => weights.Score(t, 0)));
    }

    [Fact]
    public void A_phrase_of_the_lists_counts_even_when_it_is_one_word() => Assert.Equal(3.5, Weights(0, ("{1}", 3)).Score("river", 1), 9);

    [Theory]
    [InlineData("the river", "the river lol")]
    [InlineData("the river", "hahaha the LOOOOL river jajajaja")]
    [InlineData("the river", "the river 😂😂")]
    public void Laughter_changes_no_score(string plain, string laughing)
    {
        var weights = Weights(0, ("river", 1), ("the river", 2), ("^ the", -0.5), ("river $", 4), ("lol", -100), ("~haha", -100));

        Assert.Equal(weights.Score(plain, 0), weights.Score(laughing, 0));
    }

    [Theory]
    [InlineData("I want to die")]
    [InlineData("no one would miss me if i wasnt here")]
    [InlineData("I took all the pills an hour ago")]
    [InlineData("tengo la pistola en la mano")]
    [InlineData("my brother says he is going to shoot himself")]
    public void Laughter_takes_back_no_alarm(string message)
    {
        foreach (var laugh in new[] { "", " lol", " hahaha", " jajaja", " 😂", " lmao xd" })
        {
            Assert.Equal(ReplyKind.Crisis, EmbeddedProtocol.Heard(message + laugh).Kind);
        }
    }

    [Theory]
    [InlineData("my son", "<kin>")]
    [InlineData("mi hijo", "<kin>")]
    [InlineData("the gun my son has", "<gun> <kin>")]
    [InlineData("aa bb", "aa bb")]
    [InlineData("aa xx bb", "aa .. bb")]
    [InlineData("aa xx yy bb", "aa .. bb")]
    [InlineData("a 12 bb", "# bb")]
    [InlineData("suicide", "~suici")]
    [InlineData("k!ll it", "kill it")]
    public void A_text_has_what_the_documents_rows_call_so(string message, string feature) => Assert.Contains(feature, Features().Of(message, 0));

    [Fact]
    public void Words_with_three_others_between_are_no_pair() => Assert.DoesNotContain("aa .. bb", Features().Of("aa xx yy zz bb", 0));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(99, 3)]
    public void Phrases_are_counted_in_three_steps(int phrases, int steps) => Assert.Equal(steps, Features().Of("a b", phrases).Count(f => f[0] == '{'));

    [Theory]
    [InlineData("no puedo con esto, ya fue", SmsLanguage.Spanish)]
    [InlineData("the gun is in my hand", SmsLanguage.English)]
    [InlineData("", SmsLanguage.English)]
    public void The_language_is_told_by_its_small_words(string message, SmsLanguage language) => Assert.Equal(language, Weights(0, ("river", 1)).LanguageOf(message));

    [Fact]
    public void A_hostile_text_is_scored_in_good_time()
    {
        EmbeddedProtocol.Heard("the document is read");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        foreach (var text in new[] { new string('a', 1600), string.Concat(Enumerable.Repeat("a ", 800)), string.Concat(Enumerable.Repeat("!$@*", 400)), string.Concat(Enumerable.Range(0, 400).Select(i => $"w{i} ")) })
        {
            EmbeddedProtocol.Heard(text);
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), watch.Elapsed.ToString());
    }

    private static CrisisFeatures Features() => new(Laughter, [("kin", ["son", "hijo"]), ("gun", ["gun", "pistol*"])]);

    private static CrisisWeights Weights(double threshold, params (string Of, double Points)[] points) =>
        new(threshold, 0.5, points.ToDictionary(p => p.Of, p => p.Points, StringComparer.Ordinal), Features(), new HashSet<string>(["con", "ya", "fue"], StringComparer.Ordinal));
}
