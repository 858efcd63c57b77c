using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Events;

/// <summary>Reports that come late, twice, or say more than the provider's first answer.</summary>
public class DeliveryReportTests
{
    private static readonly Instant Sent = SmallClinic.At("2026-11-16T10:00");
    private static readonly Instant Told = SmallClinic.At("2026-11-16T10:05");

    [Theory]
    [InlineData(4008)]
    [InlineData(4010)]
    public async Task A_report_that_our_sender_is_blocked_pauses_it_as_a_refusal_does(int code)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var one = await VisitedAsync(clinic);
        var other = await VisitedAsync(clinic, "Lee");
        await clinic.DeliverAsync(Told);
        await clinic.ReportAsync(await clinic.ReminderAsync(one, ReminderTemplate.Booked), false, code);
        clinic.Clock.Advance(Duration.FromMinutes(1));
        await clinic.ReportAsync(await clinic.ReminderAsync(other, ReminderTemplate.Booked), false, code);
        var third = await VisitedAsync(clinic, "Sam");

        var until = Told + Duration.FromHours(1);
        await clinic.DeliverAsync(until - Duration.FromSeconds(1));
        Assert.Equal(2, clinic.Sender.Texts.Count);
        Assert.Equal("The provider refuses our sender (code " + code + "). Texts wait for an hour.", Assert.Single(await clinic.NotesAsync()).Words);

        await clinic.DeliverAsync(until);
        Assert.Equal([until, until, until], clinic.Sender.Texts.Skip(2).Select(t => t.At));
        foreach (var patient in new[] { one, other, third })
        {
            Assert.Equal(("sent", 1), (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)) is var r ? (r.StatusWord(), r.Tries) : default);
        }
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(15, true)]
    [InlineData(null, true)]
    public async Task An_opt_out_at_the_carrier_counts_from_its_own_time_not_from_when_its_report_came(int? minute, bool isOptedOut)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T10:10"));
        await clinic.ReceiveAsync("START");
        clinic.Clock.Now = SmallClinic.At("2026-11-16T10:20");
        var text = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);

        await clinic.Events.RunAsync(
            new SmsEvent.DeliveryReport(
                "late", text.MessageId!, "+12125550199", TestClinic.Kim.Phone, false, 4007, $"{text.PatientId}.{text.Id}", minute is { } m ? Sent + Duration.FromMinutes(m) : null),
            default);

        var hash = await clinic.Phones.HashAsync(clinic.Context, TestClinic.Kim.Phone, default);
        Assert.Equal(isOptedOut, (await PhoneBook.LedgerAsync(clinic.Context, hash, default)).Ledger.IsOptedOut());
    }

    [Fact]
    public async Task A_second_report_of_a_failed_try_says_nothing_about_the_one_under_way()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic);
        await clinic.DeliverAsync(Told);
        var first = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        await clinic.ReportAsync(first, false, 4006, id: "r1");
        clinic.Sender.Meanwhile = async _ =>
        {
            clinic.Sender.Meanwhile = null;
            await clinic.ReportAsync(first, false, 4006, id: "r2");
            await clinic.ReportAsync(first, true, 2000, id: "r3");
            Assert.Equal(ReminderStatus.Sending, (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)).Status);
        };

        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T15:00"));

        Assert.Equal(2, clinic.Sender.Texts.Count);
        Assert.Null(clinic.Sender.Meanwhile);
        var again = await clinic.ReminderAsync(patient, ReminderTemplate.Booked);
        Assert.Equal(("sent", 2, first.MessageId), (again.StatusWord(), again.Tries, again.FailedIds));
        await clinic.ReportAsync(again, false, 5001, id: "r4");
        Assert.Equal($"{first.MessageId} {again.MessageId}", (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)).FailedIds);
    }

    [Fact]
    public async Task A_report_that_is_faster_than_the_answer_still_counts()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await VisitedAsync(clinic);
        clinic.Sender.Meanwhile = async _ =>
        {
            clinic.Sender.Meanwhile = null;
            await clinic.ReportAsync(await clinic.ReminderAsync(patient, ReminderTemplate.Booked), false, 5001, "fast");
        };

        await clinic.DeliverAsync(Told);

        Assert.Equal(("sent", 2, "fast"), (await clinic.ReminderAsync(patient, ReminderTemplate.Booked)) is var r ? (r.StatusWord(), r.Tries, r.FailedIds) : default);
    }

    private static async Task<string> VisitedAsync(TextingClinic clinic, string name = "Kim")
    {
        var patient = await clinic.PatientAsync(TestClinic.Kim with { GivenName = name, SmsConsent = true });
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        return patient;
    }
}
