using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Events;

public class HandleSmsEventTests
{
    private static readonly Instant Soon = SmallClinic.At("2026-11-16T11:00");
    private static readonly Instant Later = SmallClinic.At("2026-12-10T00:00");

    [Fact]
    public async Task Stop_ends_all_texts_at_once_is_confirmed_once_and_kept_with_its_proof()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(Soon);

        await clinic.ReceiveAsync("Stop!", id: "event1");
        await clinic.ReceiveAsync("Stop!", id: "event1");
        await clinic.DeliverAsync(Later, times: 2);

        Assert.Equal(["visit booked Tue Dec", "you are unsubscribed"], clinic.Sender.Texts.Select(t => t.Text.Body[16..][..20]));
        Assert.All((await clinic.RemindersAsync(patient)).Skip(1), r => Assert.Equal("cancelled", r.StatusWord()));
        var entry = Assert.Single((await LedgerAsync(clinic)).Entries);
        Assert.Equal((false, "reply", "+12125550199", Soon), (entry.Allows, entry.How, entry.Sender, entry.At));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("Stop!"u8)), entry.WordsHash);
    }

    [Fact]
    public async Task Start_brings_the_texts_back()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(Soon);
        await clinic.ReceiveAsync("stop");
        await clinic.DeliverAsync(Soon);
        clinic.Clock.Advance(Duration.FromSeconds(1));
        await clinic.ReceiveAsync("START");
        await clinic.DeliverAsync(Later);

        Assert.Equal(4, (await clinic.RemindersAsync(patient)).Count(r => r.StatusWord() == "sent" && r.Template != ReminderTemplate.Booked));
        Assert.Equal([false, true], (await LedgerAsync(clinic)).Entries.Select(e => e.Allows));
    }

    [Fact]
    public async Task A_stop_from_a_shared_number_counts_for_everybody_who_has_it()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var one = await clinic.PatientAsync();
        var other = await clinic.PatientAsync(TestClinic.Kim with { GivenName = "Lee", SmsConsent = true });
        await clinic.VisitAsync(one, "2026-12-01T14:00");
        await clinic.VisitAsync(other, "2026-12-02T14:00");

        await clinic.ReceiveAsync("no me manden mensajes");
        await clinic.DeliverAsync(Later);

        Assert.Single(clinic.Sender.Texts);
        Assert.StartsWith("Northside Care: you are unsubscribed", clinic.Sender.Texts[0].Text.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HELP", "visit texts, up to 8/week. Call 212-555-0199. Msg&data rates may apply. Reply STOP to end. Crisis: call or text 988.")]
    [InlineData("I want to die", "call 911 now, or call/text 988")]
    public async Task Help_and_crisis_are_answered_at_any_hour_even_after_a_stop(string words, string answer)
    {
        await using var clinic = await TextingClinic.StartAsync("2026-11-16T02:00");
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.ReceiveAsync("stop");
        clinic.Clock.Advance(Duration.FromMinutes(1));
        await clinic.ReceiveAsync(words);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T02:01"));

        Assert.Contains(answer, clinic.Sender.Texts[^1].Text.Body, StringComparison.Ordinal);
        Assert.Equal(2, clinic.Sender.Texts.Count);
    }

    [Fact]
    public async Task Crisis_words_stand_first_among_what_staff_see()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.ReceiveAsync("Where do I park?");
        clinic.Clock.Advance(Duration.FromMinutes(1));
        await clinic.ReceiveAsync("I want to end it");

        var notes = await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default);

        Assert.Equal([NoteKind.Crisis, NoteKind.Reply], notes.Select(n => n.Kind));
        Assert.Equal(("I want to end it", patient), (notes[0].Words, notes[0].PatientIds[0]));
        Assert.True(await clinic.Notes.CloseAsync(clinic.Context, notes[0].Id, clinic.Ana, default));
        Assert.False(await clinic.Notes.CloseAsync(clinic.Context, notes[0].Id, clinic.Ana, default));
        Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default));
    }

    [Fact]
    public async Task C_confirms_the_visit_that_was_asked_about_and_a_move_takes_the_confirmation_back()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.VisitAsync(patient, "2026-12-04T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:05"));
        await clinic.ReceiveAsync("C");

        var visits = (await clinic.Visits.RunAsync(clinic.Context, patient, clinic.Ana, default))!.Appointments;
        Assert.Equal([clinic.Clock.Now, null], visits.Select(v => v.ConfirmedAt));
        Assert.Empty(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default));

        var moved = Assert.IsType<BookingResult.Done>(await clinic.Change.MoveAsync(clinic.Context, patient, visit.Id, SmallClinic.Local("2026-12-02T14:00"), clinic.Ana, default));
        Assert.Null(moved.Appointments[0].ConfirmedAt);
    }

    [Fact]
    public async Task R_marks_the_visit_and_asks_the_clinic()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:05"));
        await clinic.ReceiveAsync("R");

        Assert.NotNull((await clinic.Visits.RunAsync(clinic.Context, patient, clinic.Ana, default))!.Appointments[0].RescheduleAskedAt);
        Assert.Equal(NoteKind.Reschedule, Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default)).Kind);
    }

    [Fact]
    public async Task A_confirmation_from_a_number_that_two_patients_share_is_for_a_person_to_sort_out()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var one = await clinic.PatientAsync();
        var other = await clinic.PatientAsync(TestClinic.Kim with { GivenName = "Lee", SmsConsent = true });
        await clinic.VisitAsync(one, "2026-12-01T14:00");
        await clinic.VisitAsync(other, "2026-12-02T14:00");
        await clinic.ReceiveAsync("C");

        Assert.Equal(2, Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default)).PatientIds.Count);
        Assert.Null((await clinic.Visits.RunAsync(clinic.Context, one, clinic.Ana, default))!.Appointments[0].ConfirmedAt);
    }

    [Fact]
    public async Task A_delivery_report_settles_the_text_once_and_may_come_before_our_own_record()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(Soon);
        var sent = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);

        await clinic.ReportAsync(sent, true, id: "r1");
        await clinic.ReportAsync(sent, false, 5001, id: "r2");

        Assert.Equal("delivered", (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)).StatusWord());
    }

    [Fact]
    public async Task A_text_that_could_not_be_delivered_for_now_goes_again_and_the_report_of_the_first_try_changes_nothing_more()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(Soon);
        var first = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        await clinic.ReportAsync(first, false, 4006, id: "r1");
        await clinic.ReportAsync(first, false, 4006, id: "r1");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T12:00"));
        await clinic.ReportAsync(first, false, 4006, id: "r2");

        var again = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        Assert.Equal(("sent", 2), (again.StatusWord(), again.Tries));
        Assert.Equal(2, clinic.Sender.Texts.Count);
    }

    [Fact]
    public async Task A_text_to_a_number_of_ours_that_nobody_knows_still_stops_the_texts()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.Events.RunAsync(new Core.Reminders.Events.SmsEvent.Received("e", TestClinic.Kim.Phone, "+18005550100", "STOP", null), default);

        Assert.True((await LedgerAsync(clinic)).IsOptedOut());
    }

    [Fact]
    public async Task A_stranger_who_writes_is_heard_by_the_clinic_and_may_opt_out()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.ReceiveAsync("Who is this?", "+12125550177");
        await clinic.ReceiveAsync("STOP", "+12125550177");
        await clinic.DeliverAsync(Soon);

        Assert.Empty(Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default)).PatientIds);
        Assert.Single(clinic.Sender.Texts);
    }

    private static async Task<ConsentLedger> LedgerAsync(TextingClinic clinic)
    {
        var hash = await clinic.Phones.HashAsync(clinic.Context, TestClinic.Kim.Phone, default);
        return (await PhoneBook.LedgerAsync(clinic.Context, hash, default)).Ledger;
    }
}
