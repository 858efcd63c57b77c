using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Texts;

public class TextLintTests
{
    [Fact]
    public void Every_fault_of_a_text_is_told() => Assert.Equal(
        ["{one} is not a known placeholder.", "{two} is not a known placeholder.", "A brace belongs to no placeholder."], TextLint.Faults("{one} {two} {one} {a} }", SmallClinic.Revealing));

    [Theory]
    [InlineData("{A}")]
    [InlineData("{a b}")]
    [InlineData("{}")]
    [InlineData("}")]
    public void A_brace_around_anything_but_small_letters_is_a_typing_error(string text) => Assert.Equal(["A brace belongs to no placeholder."], TextLint.Faults(text, SmallClinic.Revealing));

    [Fact]
    public void The_longest_words_make_the_length()
    {
        Assert.Equal(["With the longest words it takes 161 characters and 2 segments; one segment is the most."], TextLint.Faults("{a}" + new string('x', 145), SmallClinic.Revealing));
        Assert.Equal(
            ["í á is not in the GSM alphabet, so the text would cost twice as much.", "With the longest words it takes 71 characters and 2 segments; one segment is the most."],
            TextLint.Faults("íáí" + new string('x', 68), SmallClinic.Revealing));
    }

    [Theory]
    [InlineData("{a}", 16)]
    [InlineData("{dow}", 3)]
    [InlineData("{md}", 6)]
    [InlineData("{t}", 8)]
    [InlineData("{food}", 12)]
    [InlineData("{water}", 12)]
    [InlineData("{alcohol}", 3)]
    [InlineData("{ph}", 12)]
    [InlineData("{dow2}", 3)]
    [InlineData("{md2}", 6)]
    [InlineData("{t2}", 8)]
    [InlineData("{link}", 28 + 3 + 12)]
    [InlineData("{max}", 1)]
    public void Every_placeholder_is_measured_with_the_longest_word_it_can_become(string placeholder, int length)
    {
        Assert.Empty(TextLint.Faults(placeholder + new string('x', 160 - length), SmallClinic.Revealing));
        Assert.Single(TextLint.Faults(placeholder + new string('x', 161 - length), SmallClinic.Revealing));
    }

    [Fact]
    public void A_word_that_gives_the_visit_away_is_told_once_each() => Assert.Equal(
        ["\"ketamine\" gives away what the visit is for.", "\"pain\" gives away what the visit is for."], TextLint.Faults("KETAMINE, ketamine for pain", SmallClinic.Revealing));

    [Theory]
    [InlineData("dow")]
    [InlineData("md")]
    [InlineData("t")]
    [InlineData("food")]
    [InlineData("water")]
    [InlineData("link")]
    public void Words_of_a_visit_need_one(string placeholder) => Assert.True(Placeholders.NeedsVisit(placeholder));

    [Theory]
    [InlineData("a")]
    [InlineData("alcohol")]
    [InlineData("ph")]
    [InlineData("max")]
    public void Words_of_the_clinic_do_not(string placeholder) => Assert.False(Placeholders.NeedsVisit(placeholder));

    [Fact]
    public void Months_and_days_are_written_short()
    {
        string[] months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        string[] meses = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];
        var dates = Enumerable.Range(1, 12).Select(m => new LocalDate(2026, m, m)).ToList();
        var week = Enumerable.Range(1, 7).Select(d => (IsoDayOfWeek)d).ToList();

        Assert.Equal(months.Select((m, i) => $"{m} {i + 1}"), dates.Select(d => VisitWords.MonthDay(d, SmsLanguage.English)));
        Assert.Equal(meses.Select((m, i) => $"{i + 1} {m}"), dates.Select(d => VisitWords.MonthDay(d, SmsLanguage.Spanish)));
        Assert.Equal(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], week.Select(d => VisitWords.DayOfWeek(d, SmsLanguage.English)));
        Assert.Equal(["lun", "mar", "mié", "jue", "vie", "sab", "dom"], week.Select(d => VisitWords.DayOfWeek(d, SmsLanguage.Spanish)));
    }
}
