using KetamineIntake.Core.Appointments;
using KetamineIntake.Tests.Reminders;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Web.Pages.Preparation;
using NodaTime;

namespace KetamineIntake.Tests.Web.Pages.Preparation;

public class VisitCalendarTests
{
    [Fact]
    public async Task After_a_move_the_file_is_newer_than_the_one_before_by_both_marks_of_a_calendar()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var booked = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var before = Lines(clinic, booked);
        clinic.Clock.Advance(Duration.FromDays(1));
        var moved = await clinic.Change.MoveAsync(clinic.Context, patient, booked.Id, SmallClinic.Local("2026-12-02T14:00"), clinic.Ana, default);
        var after = Lines(clinic, Assert.IsType<BookingResult.Done>(moved).Appointments[0]);

        Assert.Equal(("SEQUENCE:1", "DTSTAMP:20261116T150000Z", "DTSTART:20261201T190000Z"), (Line(before, "SEQUENCE"), Line(before, "DTSTAMP"), Line(before, "DTSTART")));
        Assert.Equal(("SEQUENCE:2", "DTSTAMP:20261117T150000Z", "DTSTART:20261202T190000Z"), (Line(after, "SEQUENCE"), Line(after, "DTSTAMP"), Line(after, "DTSTART")));
        Assert.Equal(Line(before, "UID"), Line(after, "UID"));
    }

    private static string[] Lines(TextingClinic clinic, Appointment visit) =>
        VisitCalendar.Of(clinic.Context.Clinic, visit, visit.StartsAt + Duration.FromHours(2), clinic.Clock.Now).Split("\r\n");

    private static string Line(string[] lines, string name) => Assert.Single(lines, l => l.StartsWith(name + ":", StringComparison.Ordinal));
}
