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

    [Theory]
    [InlineData(21, false)]
    [InlineData(10, false)]
    [InlineData(3, true)]
    public void Only_what_blocks_a_visit_is_texted_and_the_rest_stands_on_the_page(int daysBefore, bool goes) =>
        Assert.Equal(goes, Labs(Input("2026-11-20T06:00", Notice("2026-11-20T06:00") with { DaysBefore = daysBefore })).Any());

    [Fact]
    public void A_visit_gets_one_text_about_its_tests()
    {
        var notice = Notice("2026-12-08T06:00");
        var input = Input("2026-12-08T06:00", notice);
        var past = input with { Past = [.. input.Past, new PastReminder("earlier", ReminderTemplate.Labs, "visit1", null, SmallClinic.At("2026-11-20T09:00"))] };

        Assert.Equal(["labs 2026-12-08 09:00"], Labs(input));
        Assert.Empty(Labs(past));
    }

    [Fact]
    public void Three_texts_about_tests_take_no_place_from_the_evening()
    {
        var visits = Enumerable.Range(0, 3).Select(i => SmallClinic.Visit($"2026-12-{11 + (2 * i)}T09:00", $"visit{i}", series: "s")).ToArray();
        var notices = visits.Select(v => new LabNotice("labs-" + v.Id, new LabVisit(v.Id, v.Start.Date), 3, SmallClinic.At("2026-12-08T09:00"), true)).ToArray();

        var plan = ReminderPlan.For(SmallClinic.Input("2026-12-08T09:00", visits) with { LabNotices = notices });

        Assert.DoesNotContain(plan, r => r.IsDropped && VisitSafety.IsVisitSafety(r.Template));
        Assert.Equal(3, plan.Count(r => r.Template == ReminderTemplate.EveningAfter));
    }

    private static PlanInput Input(string now, params LabNotice[] notices) =>
        SmallClinic.Input(now, SmallClinic.Visit(Visit)) with { LabNotices = notices };

    private static LabNotice Notice(string askedAt) => new("step-3", new LabVisit("visit1", LabSamples.Day("2026-12-11")), 3, SmallClinic.At(askedAt), true);

    private static IEnumerable<string> Labs(PlanInput input) =>
        ReminderPlan.For(input).Where(r => r.Template == ReminderTemplate.Labs).Select(r => SmallClinic.Show(r));
}
