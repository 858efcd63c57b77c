using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Tests.Reminders.Sending;

namespace KetamineIntake.Tests.Reminders;

public class MaintenanceTests
{
    [Fact]
    public async Task A_single_infusion_weeks_after_a_series_gets_a_visits_texts_but_no_morning_text()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var series = new BookingRequest.Series(SmallClinic.Local("2026-11-24T14:00"), 6, 2);
        Assert.IsType<BookingResult.Done>(await clinic.Book.RunAsync(clinic.Context, patient, series, clinic.Ana, default));
        await clinic.DeliverAsync(SmallClinic.At("2027-01-04T10:00"));
        var before = clinic.Sender.Texts.Count;

        var visit = await clinic.VisitAsync(patient, "2027-01-19T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2027-01-25T10:00"));

        Assert.Equal((7, null), (visit.Ordinal, visit.SeriesId));
        Assert.Equal(
            ["week-before 2027-01-12 10:00", "day-before 2027-01-18 18:00", "evening-after 2027-01-19 17:00"],
            (await clinic.RemindersAsync(patient)).Where(r => r.SendAt > SmallClinic.At("2027-01-04T10:00"))
                .Select(r => $"{ReminderWords.Of(r.Template)} {clinic.Sender.Texts.Single(t => t.Text.Tag.EndsWith(r.Id, StringComparison.Ordinal)).At.InZone(SmallClinic.NewYork).ToString("uuuu-MM-dd HH:mm", null)}"));
        Assert.Equal(before + 4, clinic.Sender.Texts.Count);
    }
}
