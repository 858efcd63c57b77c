using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Preparation;

namespace KetamineIntake.Tests.Reminders.Preparation;

/// <summary>Which visit a page with several shows. Monday is 30 November 2026.</summary>
public class ShownVisitTests
{
    [Theory]
    [InlineData("2026-11-30T08:00", "Mon Nov 30", "Mon Nov 30, 3:00 AM")]
    [InlineData("2026-11-30T10:00", "Mon Nov 30", "Mon Nov 30, 3:00 AM")]
    [InlineData("2026-11-30T17:59", "Mon Nov 30", "Mon Nov 30, 3:00 AM")]
    [InlineData("2026-11-30T18:00", "Tue Dec 1", "Tue Dec 1, 3:00 AM")]
    [InlineData("2026-11-30T18:05", "Tue Dec 1", "Tue Dec 1, 3:00 AM")]
    [InlineData("2026-12-01T08:59", "Tue Dec 1", "Tue Dec 1, 3:00 AM")]
    [InlineData("2026-12-01T12:00", "Tue Dec 1", "Tue Dec 1, 3:00 AM")]
    public async Task Of_infusions_a_day_apart_the_page_and_its_ticks_are_about_the_one_that_the_patient_fasts_for(string now, string day, string food)
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var monday = await clinic.VisitAsync("2026-11-30T09:00", id: new string('z', 26));
        var tuesday = await clinic.VisitAsync("2026-12-01T09:00", id: new string('0', 26));
        clinic.At(now);
        var (shown, other) = day.StartsWith("Mon", StringComparison.Ordinal) ? (monday, tuesday) : (tuesday, monday);

        var view = await clinic.ViewAsync();

        Assert.Equal((shown, day, food), (view.Visit, view.Times!.Day, view.Times.Food));
        Assert.Contains(view.Stages.SelectMany(s => s.Steps), s => s.Text == $"No food from {food} on.");
        Assert.True(await clinic.TickAsync("ride"));
        Assert.Equal(["ride"], (await clinic.ViewAsync()).Ticks);
        var ticks = (await clinic.StoredLinkAsync()).Ticks;
        Assert.Equal((true, false), (ticks.ContainsKey(shown.Id), ticks.ContainsKey(other.Id)));
    }

    [Theory]
    [InlineData(1, "2026-11-30T14:58", "Mon Nov 30")]
    [InlineData(1, "2026-11-30T14:59", "Tue Dec 1")]
    [InlineData(0, "2026-11-30T14:59", "Mon Nov 30")]
    public async Task The_page_is_about_the_visit_whose_day_before_text_has_gone_early(int version, string now, string day)
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-11-30T09:00");
        var tuesday = await clinic.VisitAsync("2026-12-01T09:00");
        var early = new Reminder(
            RowId.New(), clinic.Patient, ReminderTemplate.DayBefore, tuesday.Id, version, null, SmallClinic.At("2026-11-30T14:59"), tuesday.StartsAt, "text", "why", ReminderStatus.Sent);
        await clinic.Context.Records.CommitAsync([new Change.Insert(Rows.Reminder(clinic.Patient, early.Id), RecordJson.Write(early))], default);
        clinic.At(now);

        Assert.Equal(day, (await clinic.ViewAsync()).Times!.Day);
    }

    [Fact]
    public async Task A_fast_that_begins_before_the_day_before_text_is_shown_from_its_beginning()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var first = await clinic.VisitAsync("2026-11-29T04:00");
        var second = await clinic.VisitAsync("2026-11-30T05:00");
        var reminders = clinic.Context.Protocol.Reminders!;
        var own = clinic.Context with { Protocol = clinic.Context.Protocol with { Reminders = reminders with { Rules = reminders.Rules with { SolidsHours = 12 } } } };
        clinic.At("2026-11-29T16:59");
        Assert.Equal(first, (await clinic.Pages.ViewAsync(own, PreparedClinic.Token, default))!.Visit);
        clinic.At("2026-11-29T17:00");

        Assert.Equal(second, (await clinic.Pages.ViewAsync(own, PreparedClinic.Token, default))!.Visit);
    }

    [Theory]
    [InlineData("2026-11-30T08:00", false)]
    [InlineData("2026-11-30T18:00", true)]
    [InlineData("2026-12-01T07:30", true)]
    [InlineData("2026-12-01T13:00", true)]
    [InlineData("2026-12-01T14:00", true)]
    [InlineData("2026-12-02T13:59", true)]
    public async Task A_talk_on_the_day_of_an_infusion_does_not_hide_its_fasting_times(string now, bool showsInfusion)
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var talk = await clinic.VisitAsync("2026-12-01T08:00", AppointmentKind.Consult);
        var infusion = await clinic.VisitAsync("2026-12-01T14:00");
        clinic.At(now);

        Assert.Equal(showsInfusion ? infusion : talk, (await clinic.ViewAsync()).Visit);
    }
}
