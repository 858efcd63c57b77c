using System.Text;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

/// <summary>What becomes of planned texts when the referral, the clinic's settings, consent or tests change.</summary>
public class ChangedPlansTests
{
    private static readonly Instant Later = SmallClinic.At("2026-12-10T00:00");

    [Theory]
    [InlineData(DecisionKind.Decline)]
    [InlineData(DecisionKind.RequestInfo)]
    public async Task A_patient_who_is_no_longer_accepted_gets_no_texts_and_staff_hear_of_the_visits(DecisionKind kind)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:05"));
        await clinic.DecideAsync(patient, kind);

        var note = Assert.Single(await clinic.NotesAsync());
        Assert.StartsWith("The referral is no longer accepted, but 1 visit remains booked", note.Words, StringComparison.Ordinal);
        Assert.Equal([patient], note.PatientIds);
        var moved = await clinic.Change.MoveAsync(clinic.Context, patient, visit.Id, SmallClinic.Local("2026-12-02T14:00"), clinic.Ana, default);
        Assert.IsType<BookingResult.Conflict>(moved);

        await clinic.DeliverAsync(Later);
        Assert.Single(clinic.Sender.Texts);
        Assert.All(
            (await clinic.RemindersAsync(patient)).Where(r => r.Template != ReminderTemplate.Booked),
            r => Assert.EndsWith("; not sent: no referral of the patient is accepted", r.Why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_queued_text_of_a_declined_patient_is_harmless_before_the_new_plan_is_made()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, _) = await VisitedAsync(clinic);
        await clinic.DecideAsync(patient, DecisionKind.Decline);

        await clinic.DeliverAsync(clinic.MessageOf(await clinic.ReminderAsync(patient, ReminderTemplate.Booked)));

        Assert.Empty(clinic.Sender.Texts);
    }

    [Fact]
    public async Task Accepted_again_the_texts_are_planned_again()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, _) = await VisitedAsync(clinic);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:05"));
        await clinic.DecideAsync(patient, DecisionKind.Decline);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:10"));
        await clinic.DecideAsync(patient, DecisionKind.Override);

        await clinic.DeliverAsync(Later);

        Assert.Equal(5, clinic.Sender.Texts.Count);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(null, false)]
    public async Task A_text_about_a_test_goes_only_while_its_notice_stands(bool? stands, bool goes)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:05"));
        var now = clinic.Clock.Now;
        var notice = new LabNotice(RowId.New(), new LabVisit(visit.Id, visit.Start.Date), 21, now, stands == true);
        var ledger = new LabLedger(patient, null, stands is null ? [] : [notice], []);
        await clinic.Context.Records.CommitAsync([new Change.Upsert(Rows.LabLedger(patient), RecordJson.Write(ledger))], default);
        var text = new Reminder(notice.Id, patient, ReminderTemplate.Labs, visit.Id, 1, null, now, visit.StartsAt, "Something is missing.", "asked", ReminderStatus.Planned);
        await clinic.PutAsync(text);

        await clinic.DeliverAsync(clinic.MessageOf(text));

        Assert.Equal(goes ? 2 : 1, clinic.Sender.Texts.Count);
        Assert.Equal(goes ? "sent" : "cancelled", (await clinic.ReminderAsync(patient, ReminderTemplate.Labs)).StatusWord());
    }

    [Fact]
    public async Task Narrower_hours_move_the_texts_of_everybody_with_a_visit_ahead()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, _) = await VisitedAsync(clinic);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:05"));
        var settings = ClinicVisits.Read(Encoding.UTF8.GetBytes("""{"textWindow":{"from":"10:00","before":"17:00"}}"""));
        Assert.Empty(await clinic.Clinics.SetVisitsAsync("northside", settings, default));

        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T00:00"));

        Assert.Equal(SmallClinic.At("2026-11-30T16:59"), clinic.Sender.Texts[^1].At);
        Assert.Equal((await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).Text, clinic.Sender.Texts[^1].Text.Body);
    }

    [Fact]
    public async Task Patients_whose_visits_are_over_are_not_planned_anew()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await VisitedAsync(clinic);
        await clinic.DeliverAsync(Later);
        Assert.Empty(await clinic.Clinics.SetVisitsAsync("northside", new ClinicVisits(), default));

        await foreach (var row in clinic.Context.Records.ListAsync(Rows.OutboxDueBy(Later), default))
        {
            Assert.NotEqual(Queues.Plans, Outbox.Read(row).Queue);
        }
    }

    [Fact]
    public async Task A_text_planned_late_says_why_it_is_late()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T17:00"));
        await clinic.ReceiveAsync("STOP");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:30"));
        await clinic.ReceiveAsync("START");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:30"));
        Assert.StartsWith(
            "planned anew after consent, an order, the referral, tests or the clinic's settings changed: sent at once",
            (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).Why, StringComparison.Ordinal);

        await clinic.Change.MoveAsync(clinic.Context, patient, visit.Id, SmallClinic.Local("2026-12-01T15:00"), clinic.Ana, default);
        Assert.Equal(
            "2 minutes after the change; stands for the day-before and the day-of text",
            (await clinic.RemindersAsync(patient)).Single(r => r.Template == ReminderTemplate.MovedSoon && r.AppointmentVersion == 2).Why);
    }

    [Fact]
    public async Task A_new_plan_that_finds_no_time_for_the_preparation_leaves_a_note()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await VisitedAsync(clinic, "2026-12-01T09:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T17:00"));
        await clinic.ReceiveAsync("STOP");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T21:00"));
        await clinic.ReceiveAsync("START");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T21:00"));
        await clinic.ReceiveAsync("START");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T21:01"));

        var note = Assert.Single(await clinic.NotesAsync(), n => n.Kind == NoteKind.TextFailed);
        Assert.Contains("day-before (visit on 2026-12-01 09:00)", note.Words, StringComparison.Ordinal);
    }

    private static async Task<(string Patient, Appointment Visit)> VisitedAsync(TextingClinic clinic, string start = "2026-12-01T14:00")
    {
        var patient = await clinic.PatientAsync();
        return (patient, await clinic.VisitAsync(patient, start));
    }
}
