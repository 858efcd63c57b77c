using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Screenings;
using Xunit.Abstractions;

namespace KetamineIntake.Tests.Reminders.Replies.Phrases;

/// <summary>How much of what people in danger write is heard, and how much else is mistaken for it. Of a phrase only its number is told: whoever reads a failure has not read the held-out half.</summary>
public class HeardPhrasesTests(ITestOutputHelper output)
{
    // The half that is looked at is learnt from and tells little. The other half, whose lines are older and barer, was measured often: 68.3 % English, 80.3 % Spanish and 4.2 % mistaken at first, now 87.0 %, 95.3 % and 2.5 %.
    // ("help" alone is a keyword, whose answer names 988, and counts as not heard.)
    [Theory]
    [InlineData("en", false, 200, 0.95)]
    [InlineData("en", true, 200, 0.86)]
    [InlineData("es", false, 100, 0.95)]
    [InlineData("es", true, 100, 0.94)]
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
    [InlineData(true, 0.026)]
    public void Of_ordinary_replies_so_few_are_mistaken_for_danger(bool isHeldOut, double aim)
    {
        var phrases = PhraseLists.Ordinary(isHeldOut);
        var share = Share(phrases);

        output.WriteLine($"ordinary, {(isHeldOut ? "held out" : "looked at")}: {share:P1} of {phrases.Count} mistaken");
        Assert.True(phrases.Count >= 500);
        Assert.True(share <= aim, $"{share:P1}");
    }

    // The aim of issue 10: 95 % in each language and 2 %. Written by a writer who had seen nothing, committed before the points were learnt, never read by whoever builds the matcher, measured once: 96.7 %, 98.9 %, 1.9 %.
    // The list before (94.6 %, 99.0 %, 2.1 %) and the one before that (85.7 %, 91.7 %, 7.0 %) are learnt from now.
    [Theory]
    [InlineData("crisis.en", 400, 0.95, 1)]
    [InlineData("crisis.es", 200, 0.95, 1)]
    [InlineData("ordinary", 1000, 0, 0.02)]
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
    [InlineData("crisis.en", 0.97, 1)]
    [InlineData("crisis.es", 0.97, 1)]
    [InlineData("ordinary.en", 0, 0.01)]
    [InlineData("ordinary.es", 0, 0.01)]
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
