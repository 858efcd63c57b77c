using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Texts;

public class VisitWordsTests
{
    [Theory]
    [InlineData(ReminderTemplate.Booked, "Northside Care: visit booked Tue Dec 1 9:00 AM. Visit texts on, up to 8/week. Msg&data rates may apply. Reply HELP for help, STOP to end. Call 212-555-0199")]
    [InlineData(ReminderTemplate.WeekBefore, "Northside Care: visit Tue Dec 1 9:00 AM. An adult must take you home. No alcohol 48h before. https://visits.example.org/p/tttttttttttt")]
    [InlineData(ReminderTemplate.DayBefore, "Northside Care: Tue 9:00 AM. No food from 3:00 AM, only water to 7:00 AM. Adult drives you home. C or R https://visits.example.org/p/tttttttttttt")]
    [InlineData(ReminderTemplate.DayOf, "Northside Care: visit Tue 9:00 AM. Stop water 7:00 AM. Bring ID. You may not drive home. https://visits.example.org/p/tttttttttttt")]
    [InlineData(ReminderTemplate.MovedSoon, "Northside Care: visit now Tue Dec 1 9:00 AM. No food from 3:00 AM, only water to 7:00 AM. An adult takes you home. C=OK R=other. Call 212-555-0199")]
    [InlineData(ReminderTemplate.Cancelled, "Northside Care: visit Tue Dec 1 9:00 AM is cancelled. No need to fast. If you changed anything for it, or want a new time, call 212-555-0199")]
    [InlineData(ReminderTemplate.EveningAfter, "Northside Care: rest tonight. No driving until tomorrow, after a night's sleep. No alcohol, no big decisions. Call 212-555-0199. Crisis 988, emergency 911.")]
    public void English_texts_say_the_clinics_clock_times(ReminderTemplate template, string text) =>
        Assert.Equal(text, SmallClinic.Text(template, SmallClinic.Visit("2026-12-01T09:00"), SmsLanguage.English));

    [Theory]
    [InlineData(ReminderTemplate.WeekBefore, "Northside Care: cita mié 2 dic 2:30 pm. Busque quien le lleve, no haga planes, sin alcohol 48h antes. https://visits.example.org/p/tttttttttttt")]
    [InlineData(ReminderTemplate.DayBefore, "Northside Care: mié 2:30 pm. No coma desde 8:30 am; solo agua hasta 12:30 pm. Un adulto le lleva. C o R https://visits.example.org/p/tttttttttttt")]
    public void Spanish_texts_are_written_without_costly_accents(ReminderTemplate template, string text) =>
        Assert.Equal(text, SmallClinic.Text(template, SmallClinic.Visit("2026-12-02T14:30"), SmsLanguage.Spanish));

    [Theory]
    [InlineData(ReminderTemplate.DayBefore)]
    [InlineData(ReminderTemplate.DayOf)]
    public void Without_a_fasting_plan_no_text_names_a_fasting_time(ReminderTemplate template)
    {
        foreach (var language in Enum.GetValues<SmsLanguage>())
        {
            var text = SmallClinic.Text(template, SmallClinic.Visit("2026-12-01T09:00"), language, callsFirst: true);

            Assert.DoesNotContain("3:00", text, StringComparison.Ordinal);
            Assert.DoesNotContain("7:00", text, StringComparison.Ordinal);
            Assert.Contains("212-555-0199", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2026-12-01T05:00", "No food from 11:00 PM Mon, only water to 3:00 AM.")]
    [InlineData("2026-12-01T06:00", "No food from midnight, only water to 4:00 AM.")]
    [InlineData("2026-12-01T14:00", "No food from 8:00 AM, only water to noon.")]
    [InlineData("2026-12-01T01:00", "No food from 7:00 PM Mon, only water to 11:00 PM Mon.")]
    public void A_cut_off_on_the_evening_before_names_its_day(string start, string words) =>
        Assert.Contains(words, SmallClinic.Text(ReminderTemplate.DayBefore, SmallClinic.Visit(start), SmsLanguage.English), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 0, "midnight", "medianoche")]
    [InlineData(0, 1, "12:01 AM", "12:01 am")]
    [InlineData(9, 5, "9:05 AM", "9:05 am")]
    [InlineData(12, 0, "noon", "12:00 pm")]
    [InlineData(12, 30, "12:30 PM", "12:30 pm")]
    [InlineData(23, 59, "11:59 PM", "11:59 pm")]
    public void Clock_times_are_written_as_people_read_them(int hour, int minute, string english, string spanish)
    {
        Assert.Equal(english, VisitWords.Clock(new LocalTime(hour, minute), SmsLanguage.English));
        Assert.Equal(spanish, VisitWords.Clock(new LocalTime(hour, minute), SmsLanguage.Spanish));
    }

    [Fact]
    public void A_cut_off_at_midnight_is_said_in_the_word_that_nobody_takes_for_noon()
    {
        var words = VisitWords.Of(new TextSubject(SmallClinic.Visit("2026-12-02T06:00")), SmallClinic.Rules, SmallClinic.Signature, SmsLanguage.Spanish);

        Assert.Equal("medianoche", words["food"]);
        Assert.Equal("12:00 am", VisitWords.Of(new TextSubject(SmallClinic.Visit("2026-12-02T00:00")), SmallClinic.Rules, SmallClinic.Signature, SmsLanguage.Spanish)["t"]);
    }

    [Theory]
    [InlineData("booked")]
    [InlineData("booked.soon")]
    [InlineData("booked.call-first")]
    public void Every_text_about_a_booking_says_how_often_at_what_cost_and_how_to_stop(string name)
    {
        foreach (var language in Enum.GetValues<SmsLanguage>())
        {
            var text = SmallClinic.Texts(language).Fill(name, VisitWords.Of(new TextSubject(SmallClinic.Visit("2026-12-02T14:30")), SmallClinic.Rules, SmallClinic.Signature, language));

            Assert.All(["HELP", "STOP"], word => Assert.Contains(word, text.Split(' ', '=', ',', '.'), StringComparer.Ordinal));
            Assert.Matches(language == SmsLanguage.Spanish ? "8(/| por )semana.*Pueden aplicarse cargos" : "8/week.*Msg&data rates may apply", text);
            Assert.Equal(1, SmsLength.Of(text).Segments);
        }
    }

    [Theory]
    [InlineData("moved")]
    [InlineData("day-before.call-first")]
    public void Where_there_is_room_the_word_for_another_time_is_named_in_both_languages(string name)
    {
        var visit = SmallClinic.Visit("2026-12-02T14:30");
        foreach (var language in Enum.GetValues<SmsLanguage>())
        {
            Assert.Contains("R", SmallClinic.Texts(language).Fill(name, VisitWords.Of(new TextSubject(visit), SmallClinic.Rules, SmallClinic.Signature, language)).Split(' ', '='));
        }
    }

    [Fact]
    public void Every_month_and_day_has_its_word_in_the_cheap_alphabet()
    {
        foreach (var language in Enum.GetValues<SmsLanguage>())
        {
            var days = Enumerable.Range(0, 366).Select(new LocalDate(2028, 1, 1).PlusDays).ToList();

            Assert.Equal(366, days.Select(d => VisitWords.MonthDay(d, language)).Distinct().Count());
            Assert.Equal(7, days.Select(d => VisitWords.DayOfWeek(d.DayOfWeek, language)).Distinct().Count());
            Assert.All(days, d => Assert.True((VisitWords.MonthDay(d, language) + VisitWords.DayOfWeek(d.DayOfWeek, language)).All(SmsLength.IsGsm)));
        }
    }

    [Theory]
    [InlineData("+12125550199", "212-555-0199")]
    [InlineData("+442071838750", "+442071838750")]
    [InlineData("+4915112345678", "+4915112345678")]
    public void Phone_numbers_are_written_as_they_are_dialled(string phone, string written) =>
        Assert.Contains($"Call {written}.", SmallClinic.Texts(SmsLanguage.English).Fill("help", VisitWords.Of(new TextSubject(null), SmallClinic.Rules, SmallClinic.Signature with { Phone = phone }, SmsLanguage.English)), StringComparison.Ordinal);

    [Theory]
    [InlineData("es", SmsLanguage.Spanish)]
    [InlineData("ES-mx", SmsLanguage.Spanish)]
    [InlineData("es_US", SmsLanguage.Spanish)]
    [InlineData("en", SmsLanguage.English)]
    [InlineData("est", SmsLanguage.English)]
    [InlineData("fr", SmsLanguage.English)]
    [InlineData("", SmsLanguage.English)]
    [InlineData(null, SmsLanguage.English)]
    public void Spanish_goes_to_those_who_chose_it(string? tag, SmsLanguage language) => Assert.Equal(language, SmsLanguages.Of(tag));

    [Fact]
    public void A_link_token_is_long_and_never_the_same()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => Tokens.New()).ToList();

        Assert.Equal(1000, tokens.Distinct(StringComparer.Ordinal).Count());
        Assert.All(tokens, t => Assert.True(Tokens.IsValid(t)));
        Assert.All(tokens, t => Assert.Equal(12, t.Length));
        Assert.True(Tokens.IsValid(new string('a', 22)), "Links that went out before stay good.");
        Assert.All([11, 13, 21, 23], length => Assert.False(Tokens.IsValid(new string('a', length))));
        Assert.False(Tokens.IsValid(null));
        Assert.False(Tokens.IsValid(tokens[0] + "a"));
        Assert.False(Tokens.IsValid(tokens[0][1..] + "|"));
    }

    [Theory]
    [InlineData("2026-12-01T09:00", "America/New_York", "9:00 AM")]
    [InlineData("2026-12-01T09:00", "America/Detroit", "9:00 AM")]
    [InlineData("2026-12-01T09:00", "America/Los_Angeles", "9:00 AM EST (6:00 AM PST)")]
    [InlineData("2026-12-01T02:00", "America/Los_Angeles", "2:00 AM EST (Mon 11:00 PM PST)")]
    [InlineData("2026-07-01T12:00", "Europe/London", "noon EDT (5:00 PM BST)")]
    public void A_time_is_said_on_both_clocks_where_they_differ(string clinic, string patient, string words) =>
        Assert.Equal(words, VisitWords.Both(SmallClinic.At(clinic), SmallClinic.NewYork, SmallClinic.Zone(patient), SmsLanguage.English));

    [Fact]
    public void A_text_names_the_clinics_zone_to_a_patient_in_another_one_where_there_is_room()
    {
        var visit = SmallClinic.Visit("2026-12-01T14:00");
        var longest = new SmsSignature("Northside Care W", "+12125550199", "https://visits.northside.com");
        string Of(SmsSignature signature, string zone) => SmallClinic.Text(ReminderTemplate.DayBefore, visit, SmsLanguage.English, signature: signature, patientZone: SmallClinic.Zone(zone));

        Assert.StartsWith("Northside Care: Tue 2:00 PM EST. No food from 8:00 AM", Of(SmallClinic.Signature, "America/Los_Angeles"), StringComparison.Ordinal);
        Assert.StartsWith("Northside Care: Tue 2:00 PM. No food from 8:00 AM", Of(SmallClinic.Signature, "America/Detroit"), StringComparison.Ordinal);
        for (var link = 0; link <= SmsSignature.MaximumLinkBase; link++)
        {
            Assert.Equal(1, SmsLength.Of(Of(longest with { LinkBase = new string('h', link) }, "America/Los_Angeles")).Segments);
        }
    }
}
