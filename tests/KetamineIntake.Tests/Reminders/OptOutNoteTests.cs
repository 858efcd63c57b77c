using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

/// <summary>A STOP ends the texts that say how to prepare; a person has to say it then.</summary>
public class OptOutNoteTests
{
    private const string OneVisit =
        "The patient opted out of texts, and 1 visit is booked that no text prepares any more: 2026-12-01 09:00. Please call about preparing.";

    [Fact]
    public async Task A_stop_the_day_before_a_visit_asks_staff_to_call_once_however_often_it_is_planned()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic, "2026-11-30T12:00");
        await clinic.ReceiveAsync("STOP");

        await clinic.DeliverAsync(clinic.Clock.Now, times: 2);
        await clinic.DeliverAsync(new Message(Queues.Plans, "northside", patient));

        var note = Assert.Single(await clinic.NotesAsync());
        Assert.Equal((NoteKind.Visits, OneVisit, "+12125550123", clinic.Clock.Now), (note.Kind, note.Words, note.Phone, note.At));
        Assert.Equal([patient], note.PatientIds);
    }

    [Fact]
    public async Task A_note_that_was_dealt_with_does_not_come_back()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic, "2026-11-30T12:00");
        await StopAsync(clinic);
        await clinic.Notes.CloseAsync(clinic.Context, Assert.Single(await clinic.NotesAsync()).Id, clinic.Ana, default);

        await StopAsync(clinic);

        Assert.Empty(await clinic.NotesAsync());
        Assert.Equal("cancelled", (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).StatusWord());
    }

    [Fact]
    public async Task After_a_start_the_next_stop_is_told_again()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await VisitedAsync(clinic, "2026-11-30T12:00");
        await StopAsync(clinic);
        clinic.Clock.Advance(Duration.FromMinutes(1));
        await clinic.ReceiveAsync("START");
        await clinic.DeliverAsync(clinic.Clock.Now);
        clinic.Clock.Advance(Duration.FromMinutes(1));

        await StopAsync(clinic);

        Assert.Equal([OneVisit, OneVisit], (await clinic.NotesAsync()).Select(n => n.Words));
    }

    [Fact]
    public async Task A_text_that_is_due_asks_staff_to_call_itself()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await VisitedAsync(clinic, "2026-11-30T17:59", "2026-12-01T14:00");
        clinic.Clock.Now = SmallClinic.At("2026-11-30T18:00");

        await StopAsync(clinic);

        var note = Assert.Single(await clinic.NotesAsync());
        Assert.Equal(NoteKind.TextFailed, note.Kind);
        Assert.Contains("day-before (visit on 2026-12-01 14:00)", note.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_the_day_before_text_knows_how_to_prepare()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic, "2026-11-30T18:05", "2026-12-01T14:00");

        await StopAsync(clinic);

        Assert.Empty(await clinic.NotesAsync());
        Assert.Equal("cancelled", (await clinic.ReminderAsync(patient, ReminderTemplate.DayOf)).StatusWord());
    }

    [Fact]
    public async Task A_day_before_text_that_came_back_undelivered_has_told_nobody()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic, "2026-11-30T18:05", "2026-12-01T14:00");
        await clinic.ReportAsync(await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore), false, 4000);

        await StopAsync(clinic);

        Assert.Equal([NoteKind.TextFailed, NoteKind.Visits], (await clinic.NotesAsync()).Select(n => n.Kind).Order());
    }

    [Fact]
    public async Task Each_visit_that_nothing_prepares_is_named_and_no_other()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await VisitedAsync(clinic, "2026-11-30T18:05", "2026-12-01T14:00", "2026-12-08T14:00", "2026-12-15T09:00");

        await StopAsync(clinic);

        Assert.Contains("2 visits are booked that no text prepares any more: 2026-12-08 14:00, 2026-12-15 09:00.", Assert.Single(await clinic.NotesAsync()).Words, StringComparison.Ordinal);
    }

    private static async Task StopAsync(TextingClinic clinic)
    {
        await clinic.ReceiveAsync("STOP");
        await clinic.DeliverAsync(clinic.Clock.Now, times: 2);
    }

    /// <summary>A patient with visits, all texts up to <paramref name="now"/> sent.</summary>
    private static async Task<string> VisitedAsync(TextingClinic clinic, string now, params string[] starts)
    {
        var patient = await clinic.PatientAsync();
        foreach (var start in starts is [] ? ["2026-12-01T09:00"] : starts)
        {
            await clinic.VisitAsync(patient, start);
        }

        await clinic.DeliverAsync(SmallClinic.At(now));
        return patient;
    }
}
