using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

public class ReplanRemindersTests
{
    [Fact]
    public async Task A_plan_that_is_right_already_is_not_written_again()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var stores = new MeddlingStores(clinic.Stores);

        await Replan(clinic, stores).RunAsync(new Message(Queues.Plans, "northside", patient), default);

        Assert.Empty(stores.Committed);
    }

    [Theory]
    [InlineData("nowhere", null)]
    [InlineData("northside", "")]
    [InlineData("northside", "00000000000000000000000000")]
    public async Task A_message_about_nobody_plans_nothing(string slug, string? subject)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var stores = new MeddlingStores(clinic.Stores);

        await Replan(clinic, stores).RunAsync(new Message(Queues.Plans, slug, subject ?? patient), default);

        Assert.Empty(stores.Committed);
    }

    [Fact]
    public async Task What_somebody_else_planned_meanwhile_brings_the_message_again()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.ReceiveAsync("stop");
        var stores = new MeddlingStores(clinic.Stores) { Conflicts = 1 };
        var replan = Replan(clinic, stores);
        var message = new Message(Queues.Plans, "northside", patient);

        Assert.Equal("A plan was changed while it was being made.", (await Assert.ThrowsAsync<RecordStoreException>(() => replan.RunAsync(message, default))).Message);
        await replan.RunAsync(message, default);
        var committed = stores.Committed.Count;
        await replan.RunAsync(message, default);

        Assert.Equal(committed, stores.Committed.Count);
        var dayBefore = await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore);
        Assert.Equal(("cancelled", "18:00 clinic time, the day before the visit; not sent: no consent to texts"), (dayBefore.StatusWord(), dayBefore.Why));
    }

    [Fact]
    public async Task A_moved_visits_reminders_say_why_they_do_not_go()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.Change.MoveAsync(clinic.Context, patient, visit.Id, SmallClinic.Local("2026-12-02T14:00"), clinic.Ana, default);

        var old = (await clinic.RemindersAsync(patient)).Where(r => r.AppointmentVersion == 1).ToList();

        Assert.Equal(5, old.Count);
        Assert.All(old, r => Assert.Equal("cancelled", r.StatusWord()));
        Assert.All(old, r => Assert.EndsWith("; not sent: the visit was moved or cancelled", r.Why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_text_at_the_same_time_needs_no_second_message()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: Support.TestClinic.Answers(("endo.diabetes", "yes"), ("endo.diabetes.insulin", "yes")));
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await new OrderPreparation(clinic.Clock).RunAsync(clinic.Context, patient, PreparationOrders.None with { FastingPlanOnFile = true }, clinic.Ana, default);
        var stores = new MeddlingStores(clinic.Stores);

        await Replan(clinic, stores).RunAsync(new Message(Queues.Plans, "northside", patient), default);

        // The call that had to come first gives way to the week-before text.
        Assert.Equal(3, stores.Committed.OfType<Change.Replace>().Count(c => c.Key.StartsWith("reminder|", StringComparison.Ordinal)));
        Assert.Single(stores.Committed, c => Rows.IsOutbox(c.Key));
    }

    [Theory]
    [InlineData(ReminderStatus.Planned, 0, true)]
    [InlineData(ReminderStatus.Planned, 1, false)]
    [InlineData(ReminderStatus.Sending, 1, true)]
    [InlineData(ReminderStatus.Sent, 0, false)]
    public void A_reminder_is_under_way_from_its_time_on(ReminderStatus status, int secondsLeft, bool isUnderWay)
    {
        var now = SmallClinic.At("2026-11-30T18:00");
        var reminder = new Reminder("r", "p", ReminderTemplate.DayBefore, null, 0, null, now + Duration.FromSeconds(secondsLeft), now, "text", "why", status);

        Assert.Equal(isUnderWay, reminder.IsUnderWay(now));
    }

    [Fact]
    public void Every_status_has_its_permanent_word() => Assert.Equal(
        ["planned", "planned", "sent", "delivered", "failed", "dropped", "cancelled"],
        Enum.GetValues<ReminderStatus>().Select(s => new Reminder("r", "p", ReminderTemplate.Labs, null, 0, null, default, default, "", "", s).StatusWord()));

    private static ReplanReminders Replan(TextingClinic clinic, IRecordStores stores) =>
        new(new ClinicDirectory(stores, clinic.Context.Protocol), new PhoneBook(stores), new SiteAddress(), clinic.Clock);
}
