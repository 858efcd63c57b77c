using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Tests.Reminders.Sending;

namespace KetamineIntake.Tests.Reminders;

/// <summary>A patient with one visit, which is moved and cancelled, and what arrived since.</summary>
internal static class ChangedVisit
{
    public static async Task<(string Patient, string Visit)> VisitedAsync(TextingClinic clinic, string start, string now)
    {
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, start);
        await clinic.DeliverAsync(SmallClinic.At(now));
        return (patient, visit.Id);
    }

    public static async Task<BookingResult.Done> MoveAsync(TextingClinic clinic, string patient, string visit, string start) =>
        Assert.IsType<BookingResult.Done>(await clinic.Change.MoveAsync(clinic.Context, patient, visit, SmallClinic.Local(start), clinic.Ana, default));

    public static async Task<BookingResult.Done> CancelAsync(TextingClinic clinic, string patient, string visit) =>
        Assert.IsType<BookingResult.Done>(await clinic.Change.CancelAsync(clinic.Context, patient, visit, clinic.Ana, default));

    public static string[] Since(TextingClinic clinic, string from) =>
    [
        .. clinic.Sender.Texts.Where(t => t.At > SmallClinic.At(from)).Select(t =>
            $"{t.At.InZone(SmallClinic.NewYork).ToString("uuuu-MM-dd HH:mm", null)} {(t.Text.Body.IndexOf("/p/", StringComparison.Ordinal) is > 0 and var link ? t.Text.Body[..link] + "/p/T" : t.Text.Body)}"),
    ];

    public static async Task<string[]> SentSinceAsync(TextingClinic clinic, string patient, string from) =>
        [.. (await clinic.RemindersAsync(patient)).Where(r => r.SentAt > SmallClinic.At(from)).OrderBy(r => r.SentAt).Select(r => ReminderWords.Of(r.Template))];

    public static async Task<string[]> PlannedAsync(TextingClinic clinic, string patient) =>
        [.. (await clinic.RemindersAsync(patient)).Where(r => r.Status == ReminderStatus.Planned).Select(r => ReminderWords.Of(r.Template))];
}
