using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Tests.Screenings.Reading;

/// <summary>Dates as people write them: taken where they can mean one day, asked back where they can mean two.</summary>
public sealed class SpelledDateTests
{
    [Theory]
    [InlineData("3/14/1985", "1985-03-14")]
    [InlineData("14/3/1985", "1985-03-14")]
    [InlineData("14.3.1985", "1985-03-14")]
    [InlineData("03-14-1985", "1985-03-14")]
    [InlineData("5/5/1985", "1985-05-05")]
    [InlineData("14 March 1985", "1985-03-14")]
    [InlineData("March 14, 1985", "1985-03-14")]
    [InlineData("march 14th 1985", "1985-03-14")]
    [InlineData("4 March 1985", "1985-03-04")]
    [InlineData("14 de marzo de 1985", "1985-03-14")]
    [InlineData("14 MARZO 1985", "1985-03-14")]
    [InlineData("1 ene 1985", "1985-01-01")]
    [InlineData("Sept 2 1985", "1985-09-02")]
    [InlineData("marzo de 1985", "1985-03")]
    [InlineData("Aug 1985", "1985-08")]
    [InlineData("1985 March 14", "1985-03-14")]
    public void What_can_mean_one_day_does(string typed, string iso) => Assert.Equal(iso, SpelledDate.Iso(typed));

    [Theory]
    [InlineData("3/4/1985")]
    [InlineData("03/04/1985")]
    [InlineData("4.3.1985")]
    [InlineData("14/15/1985")]
    [InlineData("3/14/85")]
    [InlineData("March")]
    [InlineData("ma 14 1985")]
    [InlineData("14 March 85")]
    [InlineData("March April 1985")]
    [InlineData("about March 14 1985")]
    [InlineData("14")]
    [InlineData("")]
    public void Anything_else_is_left_as_it_is(string typed) => Assert.Null(SpelledDate.Iso(typed));

    [Theory]
    [InlineData("3/4/1985", DateFault.Ambiguous)]
    [InlineData("12-11-1985", DateFault.Ambiguous)]
    [InlineData("14/15/1985", DateFault.Unreadable)]
    [InlineData("3/14/85", DateFault.TwoDigitYear)]
    public void And_says_what_is_wrong(string typed, DateFault fault) => Assert.Equal(fault, TypedDate.Read(typed, new LocalDate(2026, 12, 1)).Fault);

    [Theory]
    [InlineData("marzo", 3)]
    [InlineData("March", 3)]
    [InlineData("MAY", 5)]
    [InlineData("ago", 8)]
    [InlineData("dic", 12)]
    [InlineData("ju", null)]
    [InlineData("3", null)]
    public void A_month_by_its_name(string typed, int? month) => Assert.Equal(month, SpelledDate.Month(typed));
}
