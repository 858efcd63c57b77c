using System.Text;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Reminders;

/// <summary>Issue 4, it shows 1, continued: fasts during which the clocks change, early visits, and a series that does not go as booked.</summary>
public class ClockChangeWeeksTests
{
    private const string NewYork = "America/New_York";

    [Fact]
    public async Task The_inbox_holds_exactly_the_approved_texts_where_the_clocks_change_and_plans_do()
    {
        var report = new StringBuilder();
        await Weeks.AddAsync(report, "Sunday 1 November 2026 at 06:00: the clocks go back between the text and the visit, inside the fast", NewYork, "2026-10-19T15:00:00Z",
            (app, patient) => app.BookAsync(patient, "2026-11-01T06:00"));
        await Weeks.AddAsync(report, "Sunday 14 March 2027 at 07:00: the clocks go forward between the text and the visit, inside the fast", NewYork, "2027-03-01T15:00:00Z",
            (app, patient) => app.BookAsync(patient, "2027-03-14T07:00"));
        await Weeks.AddAsync(report, "Monday 26 October 2026 at 09:00: London's clocks go back the night before, New York's a week later", "Europe/London", "2026-10-12T15:00:00Z",
            (app, patient) => app.BookAsync(patient, "2026-10-26T09:00"));
        await Weeks.AddAsync(report, "Sunday 25 October 2026 at 13:00: the day itself", "Europe/London", "2026-10-12T15:00:00Z",
            (app, patient) => app.BookAsync(patient, "2026-10-25T13:00"));
        await Weeks.AddAsync(report, "A series at 07:00 over the night in which the clocks go back", NewYork, "2026-10-19T15:00:00Z",
            (app, patient) => app.BookSeriesAsync(patient, "2026-10-27T07:00"));
        await Weeks.AddAsync(report, "A series with one session moved and one cancelled", NewYork, "2026-11-16T15:00:00Z", MoveOneAndCancelOneAsync);
        await Weeks.AddAsync(report, "At 07:00 in Spanish", NewYork, "2026-11-16T15:00:00Z",
            (app, patient) => app.BookAsync(patient, "2026-12-01T07:00"), "es");

        Approved.Equal("Reminders/ClockChangeWeeks.approved.txt", report.ToString());
    }

    // The second moves after the first is over; the fourth is cancelled on its day before, an hour ahead of its text.
    private static async Task MoveOneAndCancelOneAsync(LocalApp app, string patient)
    {
        var series = await app.BookSeriesAsync(patient, "2026-11-24T14:00");
        await app.AdvanceAsync("P9D");
        await app.MoveAsync(patient, series[1]!, "2026-11-28T10:00");
        await app.AdvanceAsync("P8DT7H");
        await app.CancelAsync(patient, series[3]!);
    }
}
