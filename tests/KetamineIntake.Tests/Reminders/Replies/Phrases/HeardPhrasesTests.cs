using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Screenings;
using Xunit.Abstractions;

namespace KetamineIntake.Tests.Reminders.Replies.Phrases;

/// <summary>How much of what people in danger write is heard, and how much else is mistaken for it. Of a phrase only its number is told: whoever reads a failure has not read the held-out half.</summary>
public class HeardPhrasesTests(ITestOutputHelper output)
{
    private const double Heard = 0.95;
    private const double Mistaken = 0.02;

    [Theory]
    [InlineData("en", false, 200)]
    [InlineData("en", true, 200)]
    [InlineData("es", false, 100)]
    [InlineData("es", true, 100)]
    public void Of_the_phrases_of_people_in_danger_95_percent_are_heard(string language, bool isHeldOut, int atLeast)
    {
        var phrases = PhraseLists.Crisis(language, isHeldOut);
        var share = Share(phrases);

        output.WriteLine($"{language}, {(isHeldOut ? "held out" : "looked at")}: {share:P1} of {phrases.Count} heard");
        Assert.True(phrases.Count >= atLeast);
        Assert.True(share >= Heard, $"{share:P1}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_ordinary_replies_at_most_2_percent_are_mistaken_for_danger(bool isHeldOut)
    {
        var phrases = PhraseLists.Ordinary(isHeldOut);
        var share = Share(phrases);

        output.WriteLine($"ordinary, {(isHeldOut ? "held out" : "looked at")}: {share:P1} of {phrases.Count} mistaken");
        Assert.True(phrases.Count >= 500);
        Assert.True(share <= Mistaken, $"{share:P1}");
    }

    private static double Share(IReadOnlyList<string> phrases) =>
        phrases.Count(p => EmbeddedProtocol.Replies.To(p).Kind == ReplyKind.Crisis) / (double)phrases.Count;
}
