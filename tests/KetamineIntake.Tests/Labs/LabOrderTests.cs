using KetamineIntake.Core.Labs;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class LabOrderTests
{
    [Fact]
    public void An_order_names_what_is_not_valid_with_its_codes()
    {
        var order = Order("2026-11-20", [Typed(LabTests.Ecg, "2026-11-01"), Typed(LabTests.Liver, "2026-08-30")], Visit("2026-12-05"), Visit("2026-12-20"))!;

        Assert.Equal([LabTests.Liver, LabTests.Kidney, LabTests.Cbc], order.Lines.Select(l => l.Test));
        Assert.Equal(Day("2026-12-05"), order.NeededFor);
        Assert.Contains(order.Lines[0].Codes, set => set.AllOf.Select(c => c.Code).SequenceEqual(["1742-6", "1920-8"], StringComparer.Ordinal));
        Assert.All(order.Lines, l => Assert.Equal(Day("2026-12-20"), l.Until));
    }

    [Fact]
    public void When_all_is_valid_there_is_nothing_to_order() =>
        Assert.Null(Order("2026-11-20", [Coded("2026-11-01", "24323-8", "58410-2", "11524-6")], Visit("2026-12-05")));

    [Fact]
    public void Without_a_visit_an_order_has_no_dates()
    {
        var order = Order("2026-11-20", [])!;

        Assert.Null(order.NeededFor);
        Assert.All(order.Lines, l => Assert.True(l is { NotBefore: null, Until: null }));
    }

    [Theory]
    [InlineData("2026-11-20", "2026-12-05", "2026-11-20")]
    [InlineData("2026-11-20", "2027-05-31", "2027-03-01")]
    [InlineData("2026-11-20", "2027-05-28", "2027-02-28")]
    [InlineData("2026-11-20", "2028-05-31", "2028-03-01")]
    public void A_test_is_not_ordered_so_early_that_it_is_too_old_on_the_last_visit(string today, string visit, string notBefore)
    {
        var line = Order(today, [], Visit(visit))!.Lines[0];

        Assert.Equal(Day(notBefore), line.NotBefore);
        Assert.True(LabJudgement.ExpiresOn(line.NotBefore!.Value, 3) >= Day(visit));
    }

    [Fact]
    public void An_order_never_asks_for_a_later_day_than_the_one_it_is_needed_by()
    {
        var order = Order("2026-11-20", [], Visit("2026-12-01"), Visit("2027-02-27"), Visit("2027-06-01"))!;

        Assert.Equal(Day("2026-12-01"), order.NeededFor);
        Assert.All(order.Lines, l => Assert.Equal((Day("2026-11-27"), Day("2027-02-27")), (l.NotBefore!.Value, l.Until!.Value)));
    }

    [Fact]
    public void A_test_that_is_good_far_longer_than_another_is_aimed_at_the_visit_that_it_fails_itself()
    {
        var order = Order("2026-11-20", [Typed(LabTests.Ecg, "2026-11-20"), .. All("2026-08-25")], Visit("2026-12-01"), Visit("2027-06-01"))!;

        var ecg = order.Lines.Single(l => l.Test == LabTests.Ecg);
        Assert.Equal((Day("2027-03-01"), Day("2027-06-01")), (ecg.NotBefore!.Value, ecg.Until!.Value));
        Assert.All(order.Lines.Where(l => l != ecg), l => Assert.Equal(Day("2026-12-01"), l.Until));
    }

    private static IEnumerable<LabResult> All(string day) => new[] { LabTests.Liver, LabTests.Kidney, LabTests.Cbc }.Select(test => Typed(test, day));

    private static LabOrder? Order(string today, LabResult[] results, params LabVisit[] visits)
    {
        LocalDate day = Day(today);
        return LabOrders.For(Patient, Requirements, LabJudgement.Judge(Requirements, results, visits, day), visits, day);
    }
}
