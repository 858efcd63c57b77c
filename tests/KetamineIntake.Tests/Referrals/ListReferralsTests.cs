using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Referrals;

public sealed class ListReferralsTests
{
    [Fact]
    public async Task The_list_is_open_first_then_most_urgent_then_worst_then_oldest()
    {
        await using var clinic = await TestClinic.StartAsync();
        var review = await SubmitAsync(clinic, "cv.any", "yes");
        var laterReview = await SubmitAsync(clinic, "cv.any", "yes");
        var contraindicated = await SubmitAsync(clinic, "psy.schiz", "yes");
        var imminent = await SubmitAsync(clinic, "asq.1", "yes");
        var decided = await SubmitAsync(clinic, "asq.1", "yes");
        await new DecideReferral(clinic.Clock).RunAsync(clinic.Context, decided, DecisionKind.Decline, "Referred on", null, clinic.Ana, default);

        var page = await ListAsync(clinic, 10, null);

        Assert.Equal([imminent, contraindicated, review, laterReview, decided], page.Items.Select(i => i.Id));
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Pages_follow_on_each_other_without_gap_or_repetition()
    {
        await using var clinic = await TestClinic.StartAsync();
        for (var i = 0; i < 7; i++)
        {
            await SubmitAsync(clinic, "cv.any", "yes");
        }

        var seen = new List<string>();
        for (string? after = null, first = "go"; first is not null || after is not null; first = null)
        {
            var page = await ListAsync(clinic, 3, after);
            seen.AddRange(page.Items.Select(i => i.Id));
            after = page.Next;
            if (after is null)
            {
                break;
            }
        }

        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(7, seen.Count);
    }

    [Fact]
    public async Task A_filter_that_fits_exactly_one_page_promises_no_other()
    {
        await using var clinic = await TestClinic.StartAsync();
        await SubmitAsync(clinic, "cv.any", "yes");
        await SubmitAsync(clinic, "psy.schiz", "yes");
        await SubmitAsync(clinic, "cv.any", "yes");

        var page = await new ListReferrals(clinic.Clock).RunAsync(
            clinic.Context, new ReferralFilter(null, Outcome.Contraindicated, null, 1, null), clinic.Ana, default);

        Assert.Single(page.Items);
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("cGF0aWVudHx4")]
    [InlineData("aW5ib3h-")]
    public void A_made_up_cursor_is_none(string cursor) => Assert.Null(ReferralCursor.TryParse(cursor));

    private static Task<ReferralPage> ListAsync(TestClinic clinic, int limit, string? after) =>
        new ListReferrals(clinic.Clock).RunAsync(clinic.Context, new ReferralFilter(null, null, null, limit, after), clinic.Ana, default);

    private static async Task<string> SubmitAsync(TestClinic clinic, string linkId, string code)
    {
        clinic.Clock.Advance(Duration.FromSeconds(1));
        var result = await new SubmitScreening(clinic.Phones, clinic.Clock).RunAsync(clinic.Context, TestClinic.Kim, TestClinic.Answers((linkId, code)), null, default);
        return Assert.IsType<SubmitResult.Created>(result).Receipt.ReferralId;
    }
}
