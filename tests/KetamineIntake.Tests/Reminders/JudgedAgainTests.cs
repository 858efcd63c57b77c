using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Reminders;

/// <summary>What staff hear of when the rules say something else of a patient than before.</summary>
public sealed class JudgedAgainTests
{
    private static readonly Judged Before = new("h", Outcome.NeedsReview, Urgency.Elevated, CallsFirst: false, ["A"], ["q.1"]);

    [Theory]
    [InlineData(Outcome.Eligible, Urgency.None, false, "", "", "")]
    [InlineData(Outcome.NeedsReview, Urgency.Elevated, false, "A", "q.1", "")]
    [InlineData(Outcome.Contraindicated, Urgency.Elevated, false, "A", "q.1", "contraindicated (was needs-review)")]
    [InlineData(Outcome.NeedsReview, Urgency.High, false, "A", "q.1", "urgency high (was elevated)")]
    [InlineData(Outcome.NeedsReview, Urgency.Elevated, false, "A B", "q.1", "B: Reason of B")]
    [InlineData(Outcome.NeedsReview, Urgency.Elevated, false, "B C D E F G", "", "B: Reason of B; C: Reason of C; D: Reason of D; E: Reason of E; 2 more findings")]
    [InlineData(Outcome.NeedsReview, Urgency.Elevated, false, "A", "q.2", "1 question is open that was not before")]
    [InlineData(Outcome.NeedsReview, Urgency.Elevated, false, "A", "q.1 q.2 q.3", "2 questions are open that were not before")]
    [InlineData(Outcome.NeedsReview, Urgency.Elevated, true, "A", "", "call first: no text names food or drink times until a plan is on file")]
    public void Only_what_is_worse_is_told(Outcome outcome, Urgency urgency, bool callsFirst, string rules, string missing, string told)
    {
        var result = new ScreeningResult(outcome, urgency, [.. Words(rules).Select(Found)], Words(missing), []);

        Assert.Equal(told, string.Join("; ", JudgedAgain.Words(Before, Judged.Of("h2", result, callsFirst), result)));
    }

    [Fact]
    public void Whoever_had_to_call_before_is_not_told_of_again()
    {
        var result = new ScreeningResult(Outcome.NeedsReview, Urgency.None, [], [], []);

        Assert.Empty(JudgedAgain.Words(Before with { CallsFirst = true }, Judged.Of("h2", result, callsFirst: true), result));
    }

    [Fact]
    public void A_caution_or_an_info_is_nothing_to_call_about()
    {
        var result = new ScreeningResult(Outcome.NeedsReview, Urgency.None, [Found("B") with { Severity = Severity.Caution }, Found("C") with { Severity = Severity.Info }], [], []);

        Assert.Empty(JudgedAgain.Words(Before, Judged.Of("h2", result, callsFirst: false), result));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Finding Found(string rule) => new(rule, Severity.Review, Verdict.True, false, $"Reason of {rule}.", [], "s");
}
