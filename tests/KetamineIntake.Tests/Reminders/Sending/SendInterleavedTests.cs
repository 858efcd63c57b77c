using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

/// <summary>What is decided between a handler's look at a due text and its claim counts before the text goes.</summary>
public class SendInterleavedTests
{
    [Fact]
    public async Task A_declined_referral_stops_a_text_whose_handler_has_looked_already()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, due) = await DueAsync(clinic);

        await SendAsync(clinic, due, () => clinic.DecideAsync(patient, DecisionKind.Decline));

        Assert.Empty(Later(clinic));
        Assert.EndsWith("not sent: no referral of the patient is accepted", (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declined_referral_stops_the_evenings_text_too()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, due) = await DueAsync(clinic, ReminderTemplate.EveningAfter);

        await SendAsync(clinic, due, () => clinic.DecideAsync(patient, DecisionKind.Decline));

        Assert.Empty(Later(clinic));
    }

    [Fact]
    public async Task An_order_to_plan_fasting_first_takes_the_times_out_of_a_text_whose_handler_has_looked_already()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var (patient, due) = await DueAsync(clinic);
        Assert.Contains("No food", due.Text, StringComparison.Ordinal);

        await SendAsync(clinic, due, () => new OrderPreparation(clinic.Clock).RunAsync(
            clinic.Context, patient, PreparationOrders.None with { FastingPlanNeeded = true }, clinic.Ana, default));

        Assert.DoesNotContain("No food", Assert.Single(Later(clinic)).Text.Body, StringComparison.Ordinal);
    }

    /// <summary>The handler's message comes twice: the first time something else happens between its look and its claim.</summary>
    private static async Task SendAsync(TextingClinic clinic, Reminder due, Func<Task> meanwhile)
    {
        var stores = new MeddlingStores(clinic.Stores);
        stores.BeforeCommit = async _ =>
        {
            stores.BeforeCommit = null;
            await meanwhile();
            return false;
        };
        var send = new SendReminder(new ClinicDirectory(stores, clinic.Context.Protocol), new PhoneBook(stores), new SiteAddress(), clinic.Sender, clinic.Clock);
        await clinic.Phones.HashAsync(clinic.Context, "+12125550123", default);

        await Assert.ThrowsAsync<RecordStoreException>(() => send.RunAsync(clinic.MessageOf(due), default));
        await send.RunAsync(clinic.MessageOf(due), default);
    }

    private static async Task<(string Patient, Reminder Due)> DueAsync(TextingClinic clinic, ReminderTemplate template = ReminderTemplate.DayBefore)
    {
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(clinic.Clock.Now);
        Assert.Contains("STOP", Assert.Single(clinic.Sender.Texts).Text.Body, StringComparison.Ordinal);
        var due = await clinic.ReminderAsync(patient, template);
        clinic.Clock.Now = due.SendAt;
        return (patient, due);
    }

    // Behind the first text of all, which says how to end them.
    private static IEnumerable<(Instant At, OutgoingText Text)> Later(TextingClinic clinic) => clinic.Sender.Texts.Skip(1);
}
