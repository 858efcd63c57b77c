using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Tests.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

/// <summary>The one text that says how to end the texts: none goes on without it.</summary>
public class OptInTests
{
    [Fact]
    public async Task A_series_whose_first_visit_is_over_before_texts_may_go_is_announced_before_the_next()
    {
        await using var clinic = await TextingClinic.StartAsync("2026-11-30T20:30");
        var patient = await clinic.PatientAsync();
        var series = new BookingRequest.Series(SmallClinic.Local("2026-12-01T07:00"), 6, 2);
        Assert.IsType<BookingResult.Done>(await clinic.Book.RunAsync(clinic.Context, patient, series, clinic.Ana, default));

        await clinic.DeliverAsync(SmallClinic.At("2027-01-01T00:00"));

        Assert.Equal(SmallClinic.At("2026-12-01T09:00"), clinic.Sender.Texts[0].At);
        Assert.StartsWith("Northside Care: visit Fri Dec 4 7:00 AM.", clinic.Sender.Texts[0].Text.Body, StringComparison.Ordinal);
        Assert.True(clinic.Sender.Texts.Count > 10);
    }

    [Fact]
    public async Task One_that_came_too_late_goes_with_the_next_booking()
    {
        await using var clinic = await TextingClinic.StartAsync("2026-11-30T10:00");
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var missed = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        clinic.Clock.Now = SmallClinic.At("2026-12-01T14:00");
        await clinic.DeliverAsync(clinic.MessageOf(missed));
        var dropped = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        Assert.Equal((ReminderStatus.Dropped, true), (dropped.Status, dropped.IsSettled));

        await clinic.VisitAsync(patient, "2026-12-10T14:00");
        var again = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        Assert.NotEqual(missed.Id, again.Id);
        Assert.Equal((ReminderStatus.Planned, "with the booking", 8), (again.Status, again.Why, again.MostPerWeek));
        await clinic.DeliverAsync(SmallClinic.At("2026-12-02T00:00"));
        Assert.EndsWith(again.Id, clinic.Sender.Texts[0].Text.Tag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_met_a_stop_goes_after_the_start()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.ReceiveAsync("STOP");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:10"));
        Assert.Equal("dropped", (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)).StatusWord());

        await clinic.ReceiveAsync("START");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:20"));

        Assert.Equal("sent", (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)).StatusWord());
    }

    [Theory]
    [InlineData(-1, "given up")]
    [InlineData(4004, "failed")]
    public async Task One_that_may_have_arrived_or_never_will_is_not_sent_again(int code, string word)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        for (var i = 0; i < 3; i++)
        {
            clinic.Sender.Refusals.Enqueue(code);
        }

        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T12:00"));
        clinic.Sender.Refusals.Clear();
        var failed = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        Assert.Contains(word, failed.Why, StringComparison.Ordinal);

        await clinic.DeliverAsync(new Message(Queues.Plans, "northside", patient));
        Assert.Equal(failed, await clinic.ReminderAsync(patient, ReminderTemplate.Booked));

        await clinic.VisitAsync(patient, "2026-12-10T14:00");
        Assert.Equal(failed, (await clinic.RemindersAsync(patient)).Single(r => r.Id == failed.Id));
    }

    [Fact]
    public async Task One_that_is_due_when_its_visit_is_moved_names_the_new_time_and_nothing_else_goes_about_the_move()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var due = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        clinic.Clock.Advance(Duration.FromMinutes(1));
        Assert.IsType<BookingResult.Done>(await clinic.Change.MoveAsync(clinic.Context, patient, visit.Id, SmallClinic.Local("2026-12-08T14:00"), clinic.Ana, default));
        await clinic.DeliverAsync(clinic.MessageOf(due));
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T20:00"));

        Assert.StartsWith("Northside Care: visit booked Tue Dec 8 2:00 PM. Visit texts on, up to 8/week.", Assert.Single(clinic.Sender.Texts).Text.Body, StringComparison.Ordinal);
        Assert.Equal("cancelled", (await clinic.RemindersAsync(patient)).Single(r => r.Id == due.Id).StatusWord());
    }

    [Fact]
    public async Task It_goes_first_whichever_message_comes_first()
    {
        await using var clinic = await TextingClinic.StartAsync("2026-11-30T18:30");
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var (optIn, dayBefore) = (await clinic.ReminderAsync(patient, ReminderTemplate.Booked), await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore));
        clinic.Clock.Now = SmallClinic.At("2026-11-30T18:40");

        await clinic.DeliverAsync(clinic.MessageOf(dayBefore));
        await clinic.DeliverAsync(clinic.MessageOf(optIn));

        Assert.Equal([optIn.Text, dayBefore.Text], clinic.Sender.Texts.Select(t => t.Text.Body));
    }

    [Fact]
    public async Task When_it_is_refused_fasting_times_do_not_wait_for_it()
    {
        await using var clinic = await TextingClinic.StartAsync("2026-11-30T18:30");
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var dayBefore = await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore);
        clinic.Clock.Now = SmallClinic.At("2026-11-30T18:40");
        clinic.Sender.Refusals.Enqueue(5001);

        await clinic.DeliverAsync(clinic.MessageOf(dayBefore));
        Assert.Equal(dayBefore.Text, Assert.Single(clinic.Sender.Texts).Text.Body);

        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:50"));
        Assert.Equal(2, clinic.Sender.Texts.Count);
    }
}
