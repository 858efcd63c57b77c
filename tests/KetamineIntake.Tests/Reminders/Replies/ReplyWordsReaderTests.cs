using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Reminders.Replies.Words;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Tests.Reminders.Replies;

/// <summary>The documents that say what patients' texts mean: a fault in them stops the start.</summary>
public class ReplyWordsReaderTests
{
    [Theory]
    [InlineData("replies.en.json", SmsLanguage.English)]
    [InlineData("replies.es.json", SmsLanguage.Spanish)]
    public void The_shipped_documents_have_no_fault(string document, SmsLanguage language) =>
        Assert.Empty(ReplyWordsReader.Faults(SmallClinic.Document(document), language));

    [Fact]
    public void Every_fault_is_reported_at_once_with_its_place()
    {
        var document = JsonNode.Parse(SmallClinic.Document("replies.en.json").Span)!;
        document["language"] = "fr";
        document["extra"] = 1;
        document["politeness"]![0] = "Please!";
        document["groups"]![1]!["name"] = (string)document["groups"]![0]!["name"]!;
        document["keywords"]![0]!["does"] = "vanish";
        document["keywords"]![0]!["words"]![1] = (string)document["keywords"]![0]!["words"]![0]!;
        document["optOut"]!["sure"]![0] = "{nobody} stop";
        document["optOut"]!["beside"] = new JsonArray();
        document["crisis"]!["idioms"]![0] = "Upper case";
        document["crisis"]!["lists"]![0]!.AsObject().Remove("source");
        document["crisis"]!["lists"]![0]!["phrases"]![0] = "..";
        document["crisis"]!["lists"]![0]!["phrases"]![1] = "";

        var faults = ReplyWordsReader.Faults(Encoding.UTF8.GetBytes(document.ToJsonString()), SmsLanguage.English).Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        Assert.Subset(
            faults,
            new HashSet<string>(StringComparer.Ordinal)
            {
                "/crisis/idioms/0", "/crisis/lists/0", "/crisis/lists/0/phrases/0", "/crisis/lists/0/phrases/1", "/extra", "/groups/1", "/keywords/0/does", "/keywords/0/words/1", "/language",
                "/optOut/beside", "/optOut/sure/0", "/politeness/0",
            });
    }

    [Theory]
    [InlineData("a b", "a b", true)]
    [InlineData("a b", "x a b y", true)]
    [InlineData("a b", "ab", false)]
    [InlineData("a|c b", "c b", true)]
    [InlineData("a b? c", "a c", true)]
    [InlineData("a .. c", "a 1 2 3 c", true)]
    [InlineData("a .. c", "a 1 2 3 4 c", false)]
    [InlineData("suici*", "suicidal", true)]
    [InlineData("suici*", "presuicidal", false)]
    [InlineData("took # pills", "took 30 pills", true)]
    [InlineData("took # pills", "took 3 pills", false)]
    [InlineData("^ a", "a b", true)]
    [InlineData("^ a", "b a", false)]
    [InlineData("a $", "b a", true)]
    [InlineData("a $", "a b", false)]
    [InlineData("a $|b", "a b", true)]
    public void A_phrase_means_what_its_description_says(string phrase, string text, bool isIn)
    {
        var groups = new Dictionary<string, IReadOnlyList<IReadOnlyList<PhraseSlot>>>();
        var slots = PhrasePattern.Of(phrase, groups, w => w, out var fault);

        Assert.Null(fault);
        Assert.Equal(isIn, new PhraseList([slots]).IsIn(text));
    }

    [Theory]
    [InlineData("kil", "kill", true)]
    [InlineData("wnat", "want", true)]
    [InlineData("went", "want", false)]
    [InlineData("wantt", "want", false)]
    [InlineData("suicde", "suicide", true)]
    [InlineData("suiccide", "suicide", true)]
    [InlineData("suixide", "suicide", true)]
    [InlineData("suixxde", "suicide", false)]
    [InlineData("want", "want", false)]
    public void A_slip_is_one_letter_swapped_or_left_out_and_in_long_words_also_another_one(string word, string meant, bool isNear) => Assert.Equal(isNear, Spelling.IsNear(word, meant));

    [Fact]
    public void Phrases_are_found_in_a_time_that_grows_with_the_text_alone()
    {
        var slots = PhrasePattern.Of("a .. a .. a .. a .. b", new Dictionary<string, IReadOnlyList<IReadOnlyList<PhraseSlot>>>(), w => w, out _);
        var list = new PhraseList([slots]);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.False(list.IsIn(string.Join(' ', Enumerable.Repeat("a", 2000))));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), watch.Elapsed.ToString());
    }
}
