using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;
using static KetamineIntake.Tests.Reminders.ChangedVisit;

namespace KetamineIntake.Tests.Reminders;

/// <summary>Issue 10: who hears of a moved or cancelled visit otherwise, and what an answer is about.</summary>
public class ToldOfChangesTests
{
    [Theory]
    [InlineData(AppointmentKind.Consult)]
    [InlineData(AppointmentKind.Exam)]
    public async Task A_visit_that_nobody_fasts_for_is_told_without_words_about_food(AppointmentKind kind)
    {
        await using var clinic = await TextingClinic.StartAsync("2026-12-01T10:00");
        var patient = await clinic.PatientAsync();
        var booked = await clinic.Book.RunAsync(clinic.Context, patient, new BookingRequest.Visit(SmallClinic.Local("2026-12-08T14:00"), kind), clinic.Ana, default);
        var visit = Assert.IsType<BookingResult.Done>(booked).Appointments[0].Id;
        await MoveAsync(clinic, patient, visit, "2026-12-09T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T11:00"));
        await CancelAsync(clinic, patient, visit);
        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T12:00"));

        Assert.Equal(
            ["2026-12-01 10:02 Northside Care: your Tue Dec 8 2:00 PM visit is now Wed Dec 9 2:00 PM. Reply C=OK R=other time, or call 212-555-0199. STOP=end",
             "2026-12-01 11:02 Northside Care: your Wed Dec 9 2:00 PM visit is cancelled. If you want a new time, call 212-555-0199. STOP=end"],
            Since(clinic, "2026-12-01T10:00"));
    }

    [Fact]
    public async Task Whoever_gets_no_texts_is_called_about_each_change()
    {
        await using var clinic = await TextingClinic.StartAsync("2026-12-01T10:00");
        var patient = await clinic.PatientAsync(TestClinic.Kim with { SmsConsent = false });
        var visit = (await clinic.VisitAsync(patient, "2026-12-08T14:00")).Id;

        var moved = await MoveAsync(clinic, patient, visit, "2026-12-09T14:00");
        var cancelled = await CancelAsync(clinic, patient, visit);
        var again = await CancelAsync(clinic, patient, visit);
        await clinic.DeliverAsync(SmallClinic.At("2026-12-20T12:00"));

        string[] words =
        [
            "No text prepares the patient for what is booked: 2026-12-08 14:00 (no consent to texts). Please call about food, water and the way home.",
            "No text tells the patient that the visit on 2026-12-08 14:00 is now on 2026-12-09 14:00 (no consent to texts). Please call.",
            "No text tells the patient that the visit on 2026-12-09 14:00 is cancelled (no consent to texts). Please call.",
        ];
        Assert.Equal(words, (await clinic.NotesAsync()).Where(n => n.Kind == NoteKind.Visits).Select(n => n.Words).Order(StringComparer.Ordinal));
        Assert.Equal([words[1], words[2], words[2]], new[] { moved, cancelled, again }.Select(d => Assert.Single(d.Notes)));
        Assert.All(new[] { moved, cancelled, again }, d => Assert.True(d.MustCall));
        Assert.Empty(clinic.Sender.Texts);
    }

    [Fact]
    public async Task Whoever_opts_out_before_the_text_goes_is_called()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-08T14:00", "2026-12-01T21:00");
        await CancelAsync(clinic, patient, visit);
        await clinic.ReceiveAsync("STOP");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-02T10:00"));

        Assert.Single(await clinic.NotesAsync(), n => n.Words.Contains("cancelled (visit on 2026-12-08 14:00)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_about_a_move_that_waited_into_the_day_before_becomes_the_one_with_the_times()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-08T14:00", "2026-11-29T19:50");
        await MoveAsync(clinic, patient, visit, "2026-12-01T14:00");
        var waiting = clinic.MessageOf(await clinic.ReminderAsync(patient, ReminderTemplate.Moved));

        // The host was down.
        clinic.Clock.Now = SmallClinic.At("2026-11-30T10:00");
        await clinic.DeliverAsync(waiting);
        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T13:00"));

        Assert.Equal(["moved-soon"], await SentSinceAsync(clinic, patient, "2026-11-29T19:50"));
    }

    [Fact]
    public async Task An_answer_to_it_is_about_its_visit()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, visit) = await VisitedAsync(clinic, "2026-12-08T14:00", "2026-12-01T10:00");
        var other = await clinic.VisitAsync(patient, "2026-12-04T14:00");
        await MoveAsync(clinic, patient, visit, "2026-12-09T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T11:00"));
        await clinic.ReceiveAsync("C");

        var visits = (await clinic.Visits.RunAsync(clinic.Context, patient, clinic.Ana, default))!.Appointments;
        Assert.Equal((true, false), (visits.Single(v => v.Id == visit).ConfirmedAt is not null, visits.Single(v => v.Id == other.Id).ConfirmedAt is not null));
    }
}
