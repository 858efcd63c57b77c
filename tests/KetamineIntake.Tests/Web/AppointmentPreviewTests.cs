using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web;

public class AppointmentPreviewTests
{
    private const string Now = "2026-11-16T15:00:00Z";

    [Fact]
    public async Task A_preview_shows_everything_and_stores_nothing()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();
        var body = new JsonObject { ["series"] = new JsonObject { ["first"] = "2026-12-01T14:00" } };

        var preview = await app.PostAsync($"patients/{patient}/appointments/preview", body, 200);

        Assert.Equal(6, preview["appointments"]!.AsArray().Count);
        Assert.Equal(15, preview["reminders"]!.AsArray().Count);
        Assert.Empty(await app.RemindersAsync(patient));
        Assert.Empty((await app.GetAsync($"patients/{patient}/appointments"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_preview_of_a_move_shows_the_texts_at_their_new_times_and_moves_nothing()
    {
        await using var app = await LocalApp.StartAsync(Now);
        var patient = await app.PatientAsync();
        var visit = await app.BookAsync(patient, "2026-12-01T14:00");
        var before = await PlannedAsync(app, patient);
        var path = $"patients/{patient}/appointments/{visit["id"]}/preview";

        var preview = await app.PostAsync(path, new JsonObject { ["start"] = "2026-12-03T10:00" }, 200);

        Assert.Equal("2026-12-03T10:00", (string)preview["appointments"]!.AsArray().Single()!["start"]!);
        Assert.Equal("2026-12-02T18:00", (string)preview["reminders"]!.AsArray().Single(r => (string)r!["template"]! == "day-before")!["localTime"]!);
        Assert.Equal(before, await PlannedAsync(app, patient));
        Assert.Equal("2026-12-01T14:00", (string)(await app.GetAsync($"patients/{patient}/appointments"))["items"]![0]!["start"]!);
        await app.PostAsync(path, new JsonObject { ["start"] = "2026-12-03" }, 422);
        await app.PostAsync($"patients/{patient}/appointments/{new string('0', 26)}/preview", new JsonObject { ["start"] = "2026-12-03T10:00" }, 404);
    }

    // Without the first text, which goes at once.
    private static async Task<string[]> PlannedAsync(LocalApp app, string patient) =>
        [.. (await app.RemindersAsync(patient)).Where(r => (string)r!["template"]! != "booked").Select(r => $"{r!["id"]} {r["sendAt"]} {r["status"]}")];
}
