using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Reminders;

/// <summary>Four weeks of one patient's phone, as the approved files show them.</summary>
internal static class Weeks
{
    public static async Task AddAsync(StringBuilder report, string title, string zone, string now, Func<LocalApp, string, Task> act, string language = "en", JsonObject? answers = null)
    {
        await using var app = await LocalApp.StartAsync(now);
        var patient = await app.PatientAsync(zone, language, answers: answers);
        await act(app, patient);
        await app.AdvanceAsync("P28D");
        report.Append("# ").Append(title).Append(" (").Append(zone).Append(")\n");
        foreach (var line in await app.PhoneAsync(zone))
        {
            report.Append(line).Append('\n');
        }

        foreach (var unsent in (await app.RemindersAsync(patient)).Where(r => (string)r!["status"]! is not "sent"))
        {
            report.Append($"  not sent: {unsent!["template"]} {unsent["localTime"]} {unsent["status"]}: {unsent["why"]}\n");
        }

        report.Append('\n');
    }
}
