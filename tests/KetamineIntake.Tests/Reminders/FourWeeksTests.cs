using System.Text;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Reminders;

/// <summary>Issue 4: book on the local host, let four weeks pass by its API, and read what arrived on the phone.</summary>
public class FourWeeksTests
{
    [Fact]
    public async Task The_inbox_holds_exactly_the_approved_texts_at_the_approved_local_minutes()
    {
        var report = new StringBuilder();
        await Weeks.AddAsync(report, "A series of six, twice a week, at 09:00; the patient lives where the clinic is", "America/New_York", "2026-11-16T15:00:00Z",
            async (app, patient) => await app.BookSeriesAsync(patient, "2026-11-24T09:00"));
        await Weeks.AddAsync(report, "The same, the patient lives in Los Angeles", "America/Los_Angeles", "2026-11-16T15:00:00Z",
            async (app, patient) => await app.BookSeriesAsync(patient, "2026-11-24T09:00"));
        await Weeks.AddAsync(report, "The same, the patient is in London", "Europe/London", "2026-11-16T15:00:00Z",
            async (app, patient) => await app.BookSeriesAsync(patient, "2026-11-24T09:00"));
        await Weeks.AddAsync(report, "In Spanish", "America/New_York", "2026-11-16T15:00:00Z",
            async (app, patient) => await app.BookSeriesAsync(patient, "2026-11-24T14:30"), "es");
        await Weeks.AddAsync(report, "A visit at 07:00", "America/New_York", "2026-11-16T15:00:00Z",
            async (app, patient) => await app.BookAsync(patient, "2026-12-01T07:00"));
        await Weeks.AddAsync(report, "A visit in the afternoon", "America/New_York", "2026-11-16T15:00:00Z",
            async (app, patient) => await app.BookAsync(patient, "2026-12-01T14:00"));
        await Weeks.AddAsync(report, "Over the night in which the clocks go back (1 November 2026)", "America/New_York", "2026-10-19T15:00:00Z",
            async (app, patient) => await app.BookSeriesAsync(patient, "2026-10-27T13:00"));
        await Weeks.AddAsync(report, "Over the night in which the clocks go forward (14 March 2027)", "America/New_York", "2027-03-01T15:00:00Z",
            async (app, patient) => await app.BookSeriesAsync(patient, "2027-03-09T13:00"));
        await Weeks.AddAsync(report, "Over the clinic's change while London has not changed yet", "Europe/London", "2027-03-01T15:00:00Z",
            async (app, patient) => await app.BookAsync(patient, "2027-03-15T13:00"));
        await Weeks.AddAsync(report, "Moved by two days after the week-before text, then the day-before text arrives for the new time only", "America/New_York", "2026-11-16T15:00:00Z",
            async (app, patient) =>
            {
                var visit = await app.BookAsync(patient, "2026-12-01T14:00");
                await app.AdvanceAsync("P10D");
                await app.MoveAsync(patient, visit, "2026-12-03T14:00");
            });
        await Weeks.AddAsync(report, "Cancelled the day before, before the text", "America/New_York", "2026-11-16T15:00:00Z",
            async (app, patient) =>
            {
                var visit = await app.BookAsync(patient, "2026-12-01T14:00");
                await app.AdvanceAsync("P14D");
                await app.CancelAsync(patient, visit);
            });
        await Weeks.AddAsync(report, "Booked the evening before", "America/New_York", "2026-11-30T23:30:00Z",
            async (app, patient) => await app.BookAsync(patient, "2026-12-01T14:00"));
        await Weeks.AddAsync(report, "A consultation and an examination: nothing to prepare", "America/New_York", "2026-11-16T15:00:00Z",
            async (app, patient) =>
            {
                await app.BookAsync(patient, "2026-12-01T14:00", "consult");
                await app.BookAsync(patient, "2026-12-02T14:00", "exam");
            });

        Approved.Equal("Reminders/FourWeeks.approved.txt", report.ToString());
    }

    [Fact]
    public async Task Without_consent_nothing_is_planned_or_sent()
    {
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z");
        var patient = await app.PatientAsync(consent: false);
        await app.BookSeriesAsync(patient, "2026-11-24T09:00");
        await app.AdvanceAsync("P28D");

        Assert.Empty(await app.RemindersAsync(patient));
        Assert.Empty(await app.InboxAsync());
    }
}
