using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Labs;

/// <summary>Issue 5, "It shows" 2: on the local host, by its API and /dev/clock alone.</summary>
public sealed class SeriesTests
{
    private const string Zone = "America/New_York";

    [Fact]
    public async Task An_ECG_that_expires_between_visit_four_and_five_is_flagged_21_days_ahead_and_closed_by_a_new_one()
    {
        var report = new StringBuilder();
        await WriteAsync(report, "The ECG of 8 September is good until 8 December, between visit four and five. A new one comes on 2 December.", newOn: "2026-12-02");
        await WriteAsync(report, "The same, and no new one comes.", newOn: null);

        Approved.Equal("Labs/Series.approved.txt", report.ToString());
    }

    private static async Task WriteAsync(StringBuilder report, string title, string? newOn)
    {
        await using var app = await LocalApp.StartAsync("2026-11-09T15:00:00Z");
        var patient = await app.PatientAsync(Zone, tested: false);
        report.Append("# ").Append(title).Append('\n');

        // A full pass of the dispatcher: the acceptance has flagged everything before any result comes in.
        await app.AdvanceAsync("PT1S");
        report.Append("Accepted: ").Append(await FlagsAsync(app, patient, [])).Append('\n');
        await app.TestedAsync(patient, "2026-11-02", "liver", "kidney", "cbc");
        await app.TestedAsync(patient, "2026-09-08", "ecg");
        var visits = (await app.BookSeriesAsync(patient, "2026-11-27T09:00")).ToDictionary(v => (string)v!["id"]!, v => $"visit {v!["ordinal"]} ({((string)v!["start"]!)[..10]})");
        report.Append("Booked: ").AppendJoin(", ", visits.Values).Append('\n');

        var seen = string.Empty;
        for (var day = 0; day < 42; day++)
        {
            var now = await FlagsAsync(app, patient, visits);
            if (now != seen)
            {
                report.Append(await MinuteAsync(app)).Append("  ").Append(now).Append('\n');
                seen = now;
            }

            if (newOn is not null && (await MinuteAsync(app)).StartsWith(newOn, StringComparison.Ordinal))
            {
                await app.TestedAsync(patient, newOn, "ecg");
                report.Append(await MinuteAsync(app)).Append("  a new ECG comes in: ").Append(seen = await FlagsAsync(app, patient, visits)).Append('\n');
                newOn = null;
            }

            await app.AdvanceAsync("P1D");
        }

        var kept = (await app.GetAsync("lab-flags?test=ecg"))["items"]!.AsArray().Select(f => $"{f!["kind"]} {f["status"]}, opened {f["openedAt"]}{(f["closedAt"] is { } closed ? $", closed {closed}" : "")}");
        report.Append("Kept of the ECG: ").AppendJoin("; ", kept).Append('\n');
        report.Append("Texts:\n").AppendJoin('\n', await app.PhoneAsync(Zone)).Append("\n\n");
    }

    private static async Task<string> FlagsAsync(LocalApp app, string patient, Dictionary<string, string> visits)
    {
        var flags = (await app.GetAsync("lab-flags?status=open"))["items"]!.AsArray()
            .Select(f => $"{f!["test"]} {f["kind"]}, {(f["visit"] is { } visit ? visits[(string)visit!] : "no visit")}{(f["expiresOn"] is { } last ? $", good until {last}" : "")}");
        var held = (await app.GetAsync($"patients/{patient}/labs"))["held"]!.AsArray().Select(v => $"hold on {visits[(string)v!]}");
        var all = flags.Concat(held).ToList();
        return all.Count == 0 ? "no flag" : string.Join("; ", all);
    }

    private static async Task<string> MinuteAsync(LocalApp app) =>
        (await app.NowAsync()).InZone(DateTimeZoneProviders.Tzdb[Zone]).ToString("uuuu-MM-dd ddd HH:mm", CultureInfo.InvariantCulture);
}
