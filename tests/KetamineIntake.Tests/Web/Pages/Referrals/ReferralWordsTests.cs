using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Screenings;
using KetamineIntake.Web.Pages.Referrals;

namespace KetamineIntake.Tests.Web.Pages.Referrals;

public sealed class ReferralWordsTests
{
    [Theory]
    [InlineData("age", "76", "Age in years", "76")]
    [InlineData("bmi", "41.5", "Body mass index, from the weight and height the patient reports", "41.5")]
    [InlineData("gad7", "16", "GAD-7", "16")]
    [InlineData("egfr", null, "egfr", "not available")]
    public void What_a_finding_rests_on_has_words(string name, string? value, string words, string shown) =>
        Assert.Equal((words, shown), ReferralWords.Input(EmbeddedProtocol.Protocol, AnswerSet.Empty, new FindingInput(name, value)));
}
