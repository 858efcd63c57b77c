using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Tests.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

/// <summary>What a new plan keeps of texts that were refused, failed or wait.</summary>
public class KeptPlansTests
{
    private static readonly Instant Due = SmallClinic.At("2026-11-30T18:00");

    [Fact]
    public async Task A_text_that_waits_for_its_next_try_keeps_its_tries_its_time_and_its_reason()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit, _) = await DueAsync(clinic);
        clinic.Sender.Refusals.Enqueue(5001);
        await clinic.DeliverAsync(Due + Duration.FromMinutes(2));
        var waiting = await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore);
        Assert.Equal((ReminderStatus.Planned, 1, Due + Duration.FromMinutes(5)), (waiting.Status, waiting.Tries, waiting.SendAt));

        await clinic.DeliverAsync(new Message(Queues.Plans, "northside", patient));
        Assert.Equal(waiting, await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore));

        await clinic.Change.MoveAsync(clinic.Context, patient, visit, SmallClinic.Local("2026-12-02T14:00"), clinic.Ana, default);
        Assert.EndsWith(
            "; not sent: the visit was moved or cancelled", (await clinic.RemindersAsync(patient)).Single(r => r.Id == waiting.Id).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_a_report_sent_back_keeps_the_failed_id_when_the_sender_was_paused()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, _, due) = await DueAsync(clinic);
        await clinic.DeliverAsync(Due);
        await clinic.ReportAsync(await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore), false, 4010);
        var waiting = await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore);
        Assert.Equal((due.Id, 0, Due + Duration.FromHours(1)), (waiting.Id, waiting.Tries, waiting.SendAt));

        await clinic.DeliverAsync(new Message(Queues.Plans, "northside", patient));

        Assert.Equal(waiting, await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore));
    }

    [Fact]
    public async Task A_text_that_waits_for_its_next_try_carries_the_new_link()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit, _) = await DueAsync(clinic);
        clinic.Sender.Refusals.Enqueue(5001);
        await clinic.DeliverAsync(Due + Duration.FromMinutes(2));

        Assert.Equal(RenewResult.Renewed, await Renew(clinic).RunAsync(clinic.Context, patient, visit, clinic.Ana, default));
        await clinic.DeliverAsync(Due + Duration.FromMinutes(5));

        var token = (await clinic.Visits.RunAsync(clinic.Context, patient, clinic.Ana, default))!.Appointments[0].LinkToken;
        Assert.EndsWith("/p/" + token, clinic.Sender.Texts[^1].Text.Body, StringComparison.Ordinal);
        Assert.Equal(("sent", 2), (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)) is var r ? (r.StatusWord(), r.Tries) : default);
    }

    [Fact]
    public async Task A_new_link_is_not_recorded_as_a_late_booking()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit, _) = await DueAsync(clinic);
        clinic.Sender.Refusals.Enqueue(4010);
        await clinic.DeliverAsync(Due + Duration.FromMinutes(2));

        Assert.Equal(RenewResult.Renewed, await Renew(clinic).RunAsync(clinic.Context, patient, visit, clinic.Ana, default));

        Assert.StartsWith(
            "planned anew with a new link to the preparation page: sent at once", (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_never_arrived_takes_no_place_under_the_caps_when_sending()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, _, due) = await DueAsync(clinic);
        await PutFailedAsync(clinic, due, 2);

        await clinic.DeliverAsync(Due);

        Assert.Equal("sent", (await clinic.RemindersAsync(patient)).Single(r => r.Id == due.Id).StatusWord());
    }

    [Fact]
    public async Task A_text_that_never_arrived_takes_no_place_under_the_caps_when_planning()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, _, due) = await DueAsync(clinic);
        await PutFailedAsync(clinic, due, 6);

        await clinic.DeliverAsync(new Message(Queues.Plans, "northside", patient));

        Assert.DoesNotContain(await clinic.RemindersAsync(patient), r => r.Status == ReminderStatus.Dropped);
    }

    [Fact]
    public async Task Whoever_never_got_the_day_before_text_is_called_when_the_next_one_cannot_go()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, _, _) = await DueAsync(clinic);
        await clinic.DeliverAsync(Due);
        await clinic.ReportAsync(await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore), false, 4004);
        await clinic.ReceiveAsync("STOP");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T12:30"));
        await clinic.ReceiveAsync("START");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T12:31"));

        Assert.Contains(await clinic.NotesAsync(), n => n.Words.StartsWith("The patient may not know when to come or how to prepare, because a text did not go: day-of", StringComparison.Ordinal));
    }

    private static async Task<(string Patient, string Visit, Reminder DayBefore)> DueAsync(TextingClinic clinic)
    {
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(Due - Duration.FromMinutes(1));
        return (patient, visit.Id, await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore));
    }

    private static async Task PutFailedAsync(TextingClinic clinic, Reminder like, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var at = clinic.Clock.Now - Duration.FromMinutes(i + 1);
            await clinic.PutAsync(like with { Id = RowId.New(), Template = ReminderTemplate.CheckIn, Status = ReminderStatus.Failed, SentAt = at, IsSettled = true });
        }
    }

    private static RenewPreparationLink Renew(TextingClinic clinic) => new(clinic.Stores, clinic.Phones, new SiteAddress(), clinic.Clock);
}
