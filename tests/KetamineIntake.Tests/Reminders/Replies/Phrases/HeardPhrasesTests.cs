using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Screenings;
using Xunit.Abstractions;

namespace KetamineIntake.Tests.Reminders.Replies.Phrases;

/// <summary>How much of what people in danger write is heard, and how much else is mistaken for it. Of a phrase only its number is told: whoever reads a failure has not read the held-out half.</summary>
public class HeardPhrasesTests(ITestOutputHelper output)
{
    // The aim is 95 % heard in each language and 2 % mistaken. The half that is looked at reaches it. The other half was measured twice: 68.3 %, 80.3 % and 4.2 % at first,
    // 74.0 %, 81.1 % and 4.3 % after the lists had grown by reasoning alone. It does not reach the aim; here it is kept from getting worse. ("help" alone is a keyword, whose answer names
    // 988, and counts as not heard.)
    [Theory]
    [InlineData("en", false, 200, 0.95)]
    [InlineData("en", true, 200, 0.73)]
    [InlineData("es", false, 100, 0.95)]
    [InlineData("es", true, 100, 0.81)]
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
    [InlineData(true, 0.044)]
    public void Of_ordinary_replies_so_few_are_mistaken_for_danger(bool isHeldOut, double aim)
    {
        var phrases = PhraseLists.Ordinary(isHeldOut);
        var share = Share(phrases);

        output.WriteLine($"ordinary, {(isHeldOut ? "held out" : "looked at")}: {share:P1} of {phrases.Count} mistaken");
        Assert.True(phrases.Count >= 500);
        Assert.True(share <= aim, $"{share:P1}");
    }

    private static double Share(IReadOnlyList<string> phrases) =>
        phrases.Count(p => EmbeddedProtocol.Replies.To(p).Kind == ReplyKind.Crisis) / (double)phrases.Count;
}
