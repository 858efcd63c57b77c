using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Reminders;

/// <summary>Issue 10: what arrives when visits are moved, cancelled or booked late, and for whoever has to call first, in both languages.</summary>
public class ChangedWeeksTests
{
    private const string Here = "America/New_York";
    private const string Start = "2026-11-16T15:00:00Z";

    private static JsonObject Insulin => new()
    {
        ["endo.diabetes"] = "yes",
        ["endo.diabetes.insulin"] = "yes",
        ["med.classes"] = new JsonArray("insulin"),
        ["med.sglt2"] = "no",
        ["med.glp1"] = "no",
        ["sub.alcohol"] = "no",
        ["sub.withdrawal"] = "no",
    };

    [Fact]
    public async Task The_inbox_holds_exactly_the_approved_texts()
    {
        var report = new StringBuilder();
        foreach (var language in new[] { "en", "es" })
        {
            await Weeks.AddAsync(report, $"{language}: on insulin, a series booked ahead", Here, Start, async (app, patient) => await app.BookSeriesAsync(patient, "2026-12-01T09:00"), language, Insulin);
            await Weeks.AddAsync(report, $"{language}: on insulin, booked three days ahead", Here, Start, async (app, patient) => await app.BookAsync(patient, "2026-11-19T09:00"), language, Insulin);
            await Weeks.AddAsync(report, $"{language}: on insulin, moved on the evening before", Here, Start, (app, patient) => MovedAsync(app, patient, "2026-12-02T09:00", "P14DT8H5M"), language, Insulin);
            await Weeks.AddAsync(report, $"{language}: booked ahead and moved to the next day behind its day-before text", Here, Start, (app, patient) => MovedAsync(app, patient, "2026-12-02T09:00", "P14DT8H5M"), language);
            await Weeks.AddAsync(report, $"{language}: moved to another time of the next day on the evening before", Here, Start, (app, patient) => MovedAsync(app, patient, "2026-12-01T16:00", "P14DT8H5M"), language);
            await Weeks.AddAsync(report, $"{language}: moved at night, so that the text comes too late for the old time", Here, Start, (app, patient) => MovedAsync(app, patient, "2026-12-03T09:00", "P14DT12H"), language);
            await Weeks.AddAsync(report, $"{language}: cancelled behind its day-before text", Here, Start, async (app, patient) =>
            {
                var visit = await app.BookAsync(patient, "2026-12-01T09:00");
                await app.AdvanceAsync("P14DT8H5M");
                await app.CancelAsync(patient, visit);
            }, language);
            await Weeks.AddAsync(report, $"{language}: booked three days ahead", Here, Start, async (app, patient) => await app.BookAsync(patient, "2026-11-19T14:00"), language);
            await Weeks.AddAsync(report, $"{language}: a second visit booked three days ahead", Here, Start, async (app, patient) =>
            {
                await app.BookAsync(patient, "2026-11-19T14:00");
                await app.AdvanceAsync("P10D");
                await app.BookAsync(patient, "2026-11-29T14:00");
            }, language);
            await Weeks.AddAsync(report, $"{language}: three days in a row", Here, Start, async (app, patient) =>
            {
                foreach (var start in new[] { "2026-12-01T14:00", "2026-12-02T14:00", "2026-12-03T14:00" })
                {
                    await app.BookAsync(patient, start);
                    await app.AdvanceAsync("PT1M");
                }
            }, language);
            await Weeks.AddAsync(report, $"{language}: an examination moved and cancelled", Here, Start, async (app, patient) =>
            {
                var visit = await app.BookAsync(patient, "2026-11-24T14:00", "exam");
                await app.MoveAsync(patient, visit, "2026-11-25T14:00");
                await app.AdvanceAsync("PT1H");
                await app.CancelAsync(patient, visit);
            }, language);
        }

        Approved.Equal("Reminders/ChangedWeeks.approved.txt", report.ToString());
    }

    private static async Task MovedAsync(LocalApp app, string patient, string to, string after)
    {
        var visit = await app.BookAsync(patient, "2026-12-01T09:00");
        await app.AdvanceAsync(after);
        await app.MoveAsync(patient, visit, to);
    }
}
