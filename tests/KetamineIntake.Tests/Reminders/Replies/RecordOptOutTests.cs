using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Replies;

public class RecordOptOutTests
{
    [Fact]
    public async Task What_a_patient_told_staff_ends_the_texts_and_is_kept_with_who_when_and_how()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var other = await clinic.PatientAsync(TestClinic.Kim with { GivenName = "Lee", SmsConsent = true });
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.VisitAsync(other, "2026-12-02T14:00");
        var optOut = new RecordOptOut(clinic.Phones, clinic.Clock);

        Assert.True(await optOut.RunAsync(clinic.Context, patient, "phone", clinic.Ana, default));
        Assert.False(await optOut.RunAsync(clinic.Context, RowId.New(), "phone", clinic.Ana, default));
        Assert.False(await optOut.RunAsync(clinic.Context, "nonsense", "phone", clinic.Ana, default));
        var at = clinic.Clock.Now;
        await clinic.DeliverAsync(SmallClinic.At("2026-12-10T00:00"));

        Assert.Empty(clinic.Sender.Texts);
        Assert.All(await clinic.RemindersAsync(other), r => Assert.NotEqual(ReminderStatus.Sent, r.Status));
        var hash = await clinic.Phones.HashAsync(clinic.Context, TestClinic.Kim.Phone, default);
        var entry = Assert.Single((await PhoneBook.LedgerAsync(clinic.Context, hash, default)).Ledger.Entries);
        Assert.Equal((false, "phone", at, clinic.Ana.Id), (entry.Allows, entry.How, entry.At, entry.By));
    }

    [Fact]
    public async Task The_patients_own_start_afterwards_brings_the_texts_back()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await new RecordOptOut(clinic.Phones, clinic.Clock).RunAsync(clinic.Context, patient, "in-person", clinic.Ana, default);
        clinic.Clock.Advance(Duration.FromMinutes(1));
        await clinic.ReceiveAsync("START");

        Assert.True((await clinic.Visits.RunAsync(clinic.Context, patient, clinic.Ana, default))!.MayBeTexted);
    }
}
