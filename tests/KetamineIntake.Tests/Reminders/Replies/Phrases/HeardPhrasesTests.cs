using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Screenings;
using Xunit.Abstractions;

namespace KetamineIntake.Tests.Reminders.Replies.Phrases;

/// <summary>How much of what people in danger write is heard, and how much else is mistaken for it. Of a phrase only its number is told: whoever reads a failure has not read the held-out half.</summary>
public class HeardPhrasesTests(ITestOutputHelper output)
{
    // The aim is 95 % heard in each language and 2 % mistaken, on lines that were not seen. It is not reached; here it is kept from getting worse. The half that is looked at is learnt from and tells
    // little. The other half was measured three times, English, Spanish and ordinary: 68.3 %, 80.3 % and 4.2 % at first, 74.0 %, 81.1 % and 4.3 % after the lists had grown by reasoning alone, 82.8 %,
    // 92.1 % and 3.4 % with points of words beside them. By points learnt from the lists of tests/KetamineIntake.Phrases alone and the clear phrases, the half that is looked at: 84.9 %, 83.7 % and 5.9 %.
    // A fifth of those lists, whose ordinary lines are made to be mistaken, by the other four: English 72.8 % and 5.9 %, Spanish 76.6 % and 7.7 % (phrases alone: 59.6 % and 8.6 %, 63.2 % and 11.8 %);
    // at about 2 % mistaken 60.1 % and 63.8 %. The blind lists, two in five of whose ordinary lines are made to be mistaken, measured once: 85.7 % English, 91.7 % Spanish, 7.0 %. ("help" alone is a keyword, whose answer names 988, and counts as not heard.)
    [Theory]
    [InlineData("en", false, 200, 0.95)]
    [InlineData("en", true, 200, 0.82)]
    [InlineData("es", false, 100, 0.95)]
    [InlineData("es", true, 100, 0.92)]
    public void Of_the_phrases_of_people_in_danger_so_many_are_heard(string language, bool isHeldOut, int atLeast, double aim)
    {
        var phrases = PhraseLists.Crisis(language, isHeldOut);
        var share = Share(phrases);

        output.WriteLine($"{language}, {(isHeldOut ? "held out" : "looked at")}: {share:P1} of {phrases.Count} heard");
        Assert.True(phrases.Count >= atLeast);
        Assert.True(share >= aim, $"{share:P1}");
    }

    [Theory]
    [InlineData(false, 0.02)]
    [InlineData(true, 0.035)]
    public void Of_ordinary_replies_so_few_are_mistaken_for_danger(bool isHeldOut, double aim)
    {
        var phrases = PhraseLists.Ordinary(isHeldOut);
        var share = Share(phrases);

        output.WriteLine($"ordinary, {(isHeldOut ? "held out" : "looked at")}: {share:P1} of {phrases.Count} mistaken");
        Assert.True(phrases.Count >= 500);
        Assert.True(share <= aim, $"{share:P1}");
    }

    // Written by another writer, committed before anything was measured on them, and never read by whoever builds the matcher: the figures to quote.
    [Theory]
    [InlineData("crisis.en", 400, 0.85, 1)]
    [InlineData("crisis.es", 200, 0.91, 1)]
    [InlineData("ordinary", 1000, 0, 0.071)]
    public void Of_the_blind_lists_so_many_alarm(string name, int atLeast, double from, double to)
    {
        var phrases = PhraseLists.Blind(name);
        var share = Share(phrases);

        output.WriteLine($"blind {name}: {share:P1} of {phrases.Count} alarm");
        Assert.True(phrases.Count >= atLeast);
        Assert.InRange(share, from, to);
    }

    // Learnt from, so that nearly all is right: a fall tells that something broke, and no figure here is one to quote.
    [Theory]
    [InlineData("crisis.en", 0.88, 1)]
    [InlineData("crisis.es", 0.9, 1)]
    [InlineData("ordinary.en", 0, 0.05)]
    [InlineData("ordinary.es", 0, 0.05)]
    [InlineData("builder.ordinary", 0, 0)]
    public void What_the_points_are_learnt_from_is_mostly_known(string name, double atLeast, double atMost)
    {
        var phrases = PhraseLists.Learnt(name);
        var share = Share(phrases);

        output.WriteLine($"{name}: {share:P1} of {phrases.Count} alarm");
        Assert.NotEmpty(phrases);
        Assert.InRange(share, atLeast, atMost);
    }

    private static double Share(IReadOnlyList<string> phrases) =>
        phrases.Count(p => EmbeddedProtocol.Replies.To(p).Kind == ReplyKind.Crisis) / (double)phrases.Count;
}
