using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

/// <summary>What follows when the provider refuses a text, by its code (domain 4d).</summary>
public class SendRefusalTests
{
    private static readonly Instant Later = SmallClinic.At("2026-12-10T00:00");

    [Theory]
    [InlineData(4006)]
    [InlineData(5001)]
    [InlineData(5002)]
    [InlineData(9999)]
    [InlineData(-1)]
    public async Task A_passing_failure_is_tried_again(int code)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        clinic.Sender.Refusals.Enqueue(code);
        await clinic.VisitAsync(patient, "2026-12-01T14:00");

        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T11:00"));

        Assert.Single(clinic.Sender.Texts);
        Assert.Equal(("sent", 2), (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)) is var r ? (r.StatusWord(), r.Tries) : default);
    }

    [Fact]
    public async Task After_three_passing_failures_the_clinic_is_told()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        foreach (var code in new[] { 5001, 5001, 5001 })
        {
            clinic.Sender.Refusals.Enqueue(code);
        }

        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T15:00"));

        Assert.Empty(clinic.Sender.Texts);
        Assert.Equal("failed", (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)).StatusWord());
        var note = Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default));
        Assert.Equal((NoteKind.TextFailed, TestClinic.Kim.Phone), (note.Kind, note.Phone));
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(4001)]
    [InlineData(4002)]
    [InlineData(4003)]
    [InlineData(4004)]
    [InlineData(4005)]
    public async Task A_final_failure_stops_and_tells_the_clinic(int code)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        clinic.Sender.Refusals.Enqueue(code);
        await clinic.VisitAsync(patient, "2026-12-01T14:00");

        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T15:00"));

        Assert.Equal(("failed", 1), (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)) is var r ? (r.StatusWord(), r.Tries) : default);
        Assert.Equal(patient, Assert.Single(Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default)).PatientIds));
    }

    [Fact]
    public async Task An_opt_out_at_the_carrier_becomes_our_own()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        clinic.Sender.Refusals.Enqueue(4007);
        await clinic.VisitAsync(patient, "2026-12-01T14:00");

        await clinic.DeliverAsync(Later);

        Assert.Empty(clinic.Sender.Texts);
        var hash = await clinic.Phones.HashAsync(clinic.Context, TestClinic.Kim.Phone, default);
        var entry = Assert.Single((await PhoneBook.LedgerAsync(clinic.Context, hash, default)).Ledger.Entries);
        Assert.Equal((false, "carrier"), (entry.Allows, entry.How));
        Assert.All((await clinic.RemindersAsync(patient)).Where(r => r.Template != ReminderTemplate.Booked), r => Assert.Equal("cancelled", r.StatusWord()));
    }

    [Theory]
    [InlineData(4008)]
    [InlineData(4010)]
    public async Task A_blocked_sender_is_paused_for_an_hour(int code)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        clinic.Sender.Refusals.Enqueue(code);
        await clinic.VisitAsync(patient, "2026-12-01T14:00");

        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:59"));
        Assert.Empty(clinic.Sender.Texts);
        Assert.Equal(NoteKind.TextFailed, Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default)).Kind);

        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T11:00"));
        Assert.Single(clinic.Sender.Texts);
    }
}
