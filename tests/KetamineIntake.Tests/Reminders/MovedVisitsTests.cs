using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;
using static KetamineIntake.Tests.Reminders.ChangedVisit;

namespace KetamineIntake.Tests.Reminders;

/// <summary>Issue 10: whoever was told a time that is no longer so hears the one that is, by text or by a call.</summary>
public class MovedVisitsTests
{
    private const string NightBefore = "2026-11-30T18:05";

    [Fact]
    public async Task A_visit_moved_after_its_day_before_text_tells_the_patient_two_minutes_later_with_the_new_times()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-01T09:00", NightBefore);

        await MoveAsync(clinic, patient, visit, "2026-12-02T09:00");

        await clinic.DeliverAsync(SmallClinic.At("2026-12-02T08:00"));
        Assert.Equal(
            ["2026-11-30 18:07 Northside Care: your Dec 1 visit is now Wed Dec 2 9:00 AM. Ignore the old food and water times. Reply C=OK R=other time, or call 212-555-0199",
             "2026-12-01 18:00 Northside Care: Wed 9:00 AM. No food from 3:00 AM, only water to 7:00 AM. Adult drives you home. C or R https://visits.example.org/p/T"],
            Since(clinic, NightBefore));
        Assert.Empty(await clinic.NotesAsync());
    }

    [Fact]
    public async Task Moved_to_the_next_day_on_the_day_itself_one_text_carries_everything()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-03T14:00", "2026-12-01T10:00");

        await MoveAsync(clinic, patient, visit, "2026-12-02T14:00");

        await clinic.DeliverAsync(SmallClinic.At("2026-12-02T16:00"));
        Assert.Equal(
            ["2026-12-01 10:02 Northside Care: visit now Wed Dec 2 2:00 PM. No food from 8:00 AM, only water to noon. An adult takes you home. C=OK R=other. Call 212-555-0199"],
            Since(clinic, "2026-12-01T10:00"));
    }

    [Theory]
    [InlineData("2026-11-29T23:57", "moved")]
    [InlineData("2026-11-30T09:00", "moved-soon")]
    public async Task From_the_day_before_the_new_visit_on_the_text_names_food_and_water(string now, string template)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-08T14:00", now == "2026-11-29T23:57" ? "2026-11-29T19:57" : now);

        await MoveAsync(clinic, patient, visit, "2026-12-01T14:00");

        Assert.Equal(template, Assert.Single(await PlannedAsync(clinic, patient), w => w.StartsWith("moved", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Moved_back_within_two_minutes_nothing_is_said_and_the_day_before_text_holds()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-01T14:00", NightBefore);
        await MoveAsync(clinic, patient, visit, "2026-12-02T14:00");
        clinic.Clock.Advance(Duration.FromSeconds(119));
        await MoveAsync(clinic, patient, visit, "2026-12-01T14:00");

        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T13:00"));

        Assert.Equal(["day-of"], await SentSinceAsync(clinic, patient, NightBefore));
    }

    [Fact]
    public async Task Moved_back_after_the_text_went_is_said_again_and_so_are_the_times()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-01T14:00", NightBefore);
        await MoveAsync(clinic, patient, visit, "2026-12-04T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:30"));
        await MoveAsync(clinic, patient, visit, "2026-12-01T14:00");

        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T13:00"));

        Assert.Equal(["moved", "moved-soon"], await SentSinceAsync(clinic, patient, NightBefore));
    }

    [Fact]
    public async Task Moved_twice_within_two_minutes_only_the_last_time_is_said_two_minutes_after_the_last_move()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-08T14:00", "2026-12-01T10:00");
        await MoveAsync(clinic, patient, visit, "2026-12-09T14:00");
        clinic.Clock.Advance(Duration.FromMinutes(1));
        await MoveAsync(clinic, patient, visit, "2026-12-10T15:00");

        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T12:00"));

        Assert.Equal(
            ["2026-12-01 10:03 Northside Care: your Dec 8 visit is now Thu Dec 10 3:00 PM. Ignore the old food and water times. Reply C=OK R=other time, or call 212-555-0199"],
            Since(clinic, "2026-12-01T10:00"));
    }

    [Fact]
    public async Task Moved_and_then_cancelled_within_two_minutes_only_the_end_is_said_of_the_time_that_was_known()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-08T14:00", "2026-12-01T10:00");
        await MoveAsync(clinic, patient, visit, "2026-12-09T14:00");
        clinic.Clock.Advance(Duration.FromMinutes(1));
        await CancelAsync(clinic, patient, visit);

        await clinic.DeliverAsync(SmallClinic.At("2026-12-20T12:00"));

        Assert.Equal(
            ["2026-12-01 10:03 Northside Care: visit Tue Dec 8 2:00 PM is cancelled. No need to fast. If you changed anything for it, or want a new time, call 212-555-0199"],
            Since(clinic, "2026-12-01T10:00"));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_says_nothing()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-08T14:00", "2026-12-01T10:00");
        await MoveAsync(clinic, patient, visit, "2026-12-08T14:00");

        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T23:00"));

        Assert.Empty(Since(clinic, "2026-12-01T10:00"));
    }

    [Fact]
    public async Task At_night_the_text_waits_for_the_morning()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-08T14:00", "2026-12-01T21:00");
        await MoveAsync(clinic, patient, visit, "2026-12-09T14:00");

        await clinic.DeliverAsync(SmallClinic.At("2026-12-02T10:00"));

        Assert.StartsWith("2026-12-02 09:00 Northside Care: your Dec 8 visit", Assert.Single(Since(clinic, "2026-12-01T21:00")), StringComparison.Ordinal);
        Assert.Empty(await clinic.NotesAsync());
    }

    [Theory]
    [InlineData("2026-12-01T09:00", "2026-12-02T09:00", true)]
    [InlineData("2026-12-01T09:01", "2026-12-02T09:00", false)]
    public async Task Who_would_come_before_the_text_goes_is_called(string start, string to, bool mustCall)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, start, "2026-11-30T20:30");

        var done = await MoveAsync(clinic, patient, visit, to);

        Assert.Equal(mustCall, done.MustCall);
        Assert.Equal(mustCall ? 1 : 0, (await clinic.NotesAsync()).Count(n => n.Kind == NoteKind.Visits && n.PatientIds.Contains(patient) && n.Words.EndsWith("Please call before that.", StringComparison.Ordinal)));

        // The new time is told all the same.
        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T12:00"));
        Assert.Equal(["moved-soon"], await SentSinceAsync(clinic, patient, "2026-11-30T20:30"));
    }

    [Fact]
    public async Task A_time_too_near_for_its_fast_goes_to_a_person_and_the_morning_text_says_what_still_helps()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-01T17:00", "2026-12-01T09:30");

        var done = await MoveAsync(clinic, patient, visit, "2026-12-01T15:00");

        Assert.True(done.MustCall);
        Assert.Contains(await clinic.NotesAsync(), n => n.Words.StartsWith("No text can tell the patient in time that the visit on 2026-12-01 17:00 is now on 2026-12-01 15:00", StringComparison.Ordinal));
        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T16:00"));
        Assert.Equal(["day-of"], await SentSinceAsync(clinic, patient, "2026-12-01T09:30"));
    }

    [Fact]
    public async Task No_infusion_gets_a_second_morning_text()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-01T14:00", "2026-12-01T11:05");
        await MoveAsync(clinic, patient, visit, "2026-12-08T14:00");

        await clinic.DeliverAsync(SmallClinic.At("2026-12-08T15:00"));

        Assert.Equal(["moved", "day-before"], await SentSinceAsync(clinic, patient, "2026-12-01T11:05"));
    }
}
