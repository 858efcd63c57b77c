using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Preparation;

public class OrderPreparationTests
{
    private static readonly PreparationOrders Wanted = new(true, false, true, "somebody else", Instant.MinValue);

    [Fact]
    public async Task An_order_is_kept_with_who_gave_it_and_when_and_the_texts_are_planned_anew()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var (now, ana) = (clinic.Clinic.Clock.Now, clinic.Clinic.Ana);

        Assert.True(await new OrderPreparation(clinic.Clinic.Clock).RunAsync(clinic.Context, clinic.Patient, Wanted, ana, default));

        var row = await clinic.Context.Records.FindAsync(Rows.Orders(clinic.Patient), default);
        var kept = RecordJson.Read<PreparationOrders>(row!);
        Assert.Equal(new PreparationOrders(true, false, true, ana.Id, now) { Medicines = kept.Medicines }, kept);
        Assert.Equal(64, kept.Medicines!.Length);
        Assert.Equal([new AuditEntry(now, ana.Id, "preparation.order", Rows.Orders(clinic.Patient))], await AuditAsync(clinic));
        var message = Assert.Single(await clinic.Clinic.RowsAsync(Rows.Outbox), r => Outbox.Read(r).Queue == Queues.Plans);
        Assert.Equal((new Message(Queues.Plans, "northside", clinic.Patient), now), (Outbox.Read(message), Rows.OutboxDue(message.Key)));
    }

    [Fact]
    public async Task The_latest_order_counts_and_each_is_accounted_for()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var order = new OrderPreparation(clinic.Clinic.Clock);
        await order.RunAsync(clinic.Context, clinic.Patient, Wanted, clinic.Clinic.Ana, default);
        clinic.Clinic.Clock.Advance(Duration.FromMinutes(1));

        Assert.True(await order.RunAsync(clinic.Context, clinic.Patient, PreparationOrders.None, clinic.Clinic.Ben, default));

        var row = await clinic.Context.Records.FindAsync(Rows.Orders(clinic.Patient), default);
        Assert.Equal(new PreparationOrders(false, false, false, clinic.Clinic.Ben.Id, clinic.Clinic.Clock.Now), RecordJson.Read<PreparationOrders>(row!));
        Assert.Equal([clinic.Clinic.Ana.Id, clinic.Clinic.Ben.Id], (await AuditAsync(clinic)).Select(e => e.By));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no id")]
    [InlineData("00000000000000000000000000")]
    public async Task An_order_for_nobody_is_refused(string patient)
    {
        await using var clinic = await PreparedClinic.StartAsync();

        Assert.False(await new OrderPreparation(clinic.Clinic.Clock).RunAsync(clinic.Context, patient, Wanted, clinic.Clinic.Ana, default));
        Assert.Empty(await AuditAsync(clinic));
    }

    [Fact]
    public async Task With_a_fasting_plan_on_file_the_texts_that_are_to_come_name_the_times()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: TestClinic.Answers(("endo.diabetes", "yes"), ("endo.diabetes.insulin", "yes")));
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        Assert.Contains("212-555-0199", (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).Text, StringComparison.Ordinal);

        await new OrderPreparation(clinic.Clock).RunAsync(clinic.Context, patient, PreparationOrders.None with { FastingPlanOnFile = true }, clinic.Ana, default);
        await clinic.DeliverAsync(clinic.Clock.Now, times: 2);

        var text = await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore);
        Assert.Contains("No food from 8:00 AM, only water to noon.", text.Text, StringComparison.Ordinal);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:00"));
        Assert.Equal(text.Text, clinic.Sender.Texts[^1].Text.Body);
    }

    private static async Task<List<AuditEntry>> AuditAsync(PreparedClinic clinic) =>
        [.. (await clinic.Clinic.RowsAsync(Rows.Audit)).Select(RecordJson.Read<AuditEntry>).Where(e => e.Action == "preparation.order")];
}
