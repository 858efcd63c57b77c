using KetamineIntake.Core.Screenings;
using NodaTime;
using static KetamineIntake.Tests.Screenings.EnablementTests;
using static KetamineIntake.Tests.Screenings.SmallProtocol;

namespace KetamineIntake.Tests.Screenings;

public sealed class ScreeningFactsTests
{
    [Theory]
    [InlineData("2008-12-01", "2026-12-01", 18)]
    [InlineData("2008-12-02", "2026-12-01", 17)]
    [InlineData("2008-11-30", "2026-12-01", 18)]
    [InlineData("2008-02-29", "2026-02-27", 17)]
    [InlineData("2008-02-29", "2026-02-28", 18)]
    [InlineData("2008-02-29", "2028-02-28", 19)]
    [InlineData("2008-02-29", "2028-02-29", 20)]
    [InlineData("2026-12-01", "2026-12-01", 0)]
    public void Age_is_completed_years(string born, string today, int age) =>
        Assert.Equal(age, new ScreeningFacts(AnswerSet.Empty, Day(born), Day(today)).Age);

    [Theory]
    [InlineData("2008-12-02", true)]
    [InlineData("2008-12-01", false)]
    public void The_birthday_itself_counts(string born, bool minor)
    {
        var rules = Compile(Rule("AGE", new Condition.AtMost(new Subject.Derived("age"), 17), Severity.Absolute));

        var result = rules.Screen(Facts() with { BirthDate = Day(born) });

        Assert.Equal(minor ? Outcome.Contraindicated : Outcome.Eligible, result.Outcome);
        Assert.Equal(minor ? "age=17" : "", Inputs(result));
    }

    private static LocalDate Day(string text) => Written.Date(text).Earliest;
}
