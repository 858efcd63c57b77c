using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Tests.Reminders;

namespace KetamineIntake.Tests.Labs;

/// <summary>What missing tests ask for goes through the same plan, windows and caps as every other text.</summary>
public sealed class LabTextsTests
{
    private const string Visit = "2026-12-11T09:00";

    [Fact]
    public void A_text_asked_for_in_the_clinics_morning_goes_when_texts_may_go() =>
        Assert.Equal(["labs 2026-11-20 09:00"], Labs(Input("2026-11-20T06:00", Notice("2026-11-20T06:00"))));

    [Fact]
    public void The_patients_own_morning_counts()
    {
        var input = Input("2026-11-20T06:00", Notice("2026-11-20T06:00")) with { PatientZone = SmallClinic.Zone("America/Los_Angeles") };

        Assert.Equal(["labs 2026-11-20 12:00"], Labs(input));
    }

    [Fact]
    public void What_no_flag_asks_for_any_more_is_not_planned() =>
        Assert.Empty(Labs(Input("2026-11-20T06:00", Notice("2026-11-20T06:00") with { Stands = false })));

    [Fact]
    public void Nothing_is_texted_about_a_cancelled_visit()
    {
        var input = SmallClinic.Input("2026-11-20T06:00", SmallClinic.Visit(Visit, status: AppointmentStatus.Cancelled)) with { LabNotices = [Notice("2026-11-20T06:00")] };

        Assert.Empty(Labs(input));
    }

    [Fact]
    public void On_the_day_of_the_visit_it_is_too_late() =>
        Assert.Equal(["labs 2026-12-10 21:00 dropped"], Labs(Input("2026-12-10T21:00", Notice("2026-12-10T21:00"))));

    [Fact]
    public void Each_step_is_a_text_of_its_own_and_is_planned_once()
    {
        var (far, near) = (Notice("2026-11-20T06:00"), Notice("2026-12-01T06:00") with { Id = "step-10", DaysBefore = 10 });
        var input = Input("2026-12-01T06:00", far, near);
        var past = input with { Past = [.. input.Past, new PastReminder(far.Id, ReminderTemplate.Labs, "visit1", null, SmallClinic.At("2026-11-20T09:00"))] };

        Assert.Equal(["labs 2026-12-01 09:00"], Labs(past));
        Assert.Equal("step-10", ReminderPlan.For(past).Single(r => r.Template == ReminderTemplate.Labs).Id);
    }

    private static PlanInput Input(string now, params LabNotice[] notices) =>
        SmallClinic.Input(now, SmallClinic.Visit(Visit)) with { LabNotices = notices };

    private static LabNotice Notice(string askedAt) => new("step-21", new LabVisit("visit1", LabSamples.Day("2026-12-11")), 21, SmallClinic.At(askedAt), true);

    private static IEnumerable<string> Labs(PlanInput input) =>
        ReminderPlan.For(input).Where(r => r.Template == ReminderTemplate.Labs).Select(r => SmallClinic.Show(r));
}
