using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Preparation;

public class PreparationViewTests
{
    private const string English = "Never stop a medicine without explicit direction from your healthcare provider.";

    private static readonly AnswerSet OnInsulin = TestClinic.Answers(("endo.diabetes", "yes"), ("endo.diabetes.insulin", "yes"));

    [Fact]
    public async Task The_times_are_those_of_the_visit_on_the_clinics_clock_and_on_the_patients_where_that_shows_another()
    {
        await using var clinic = await PreparedClinic.StartAsync(details: TestClinic.Kim with { TimeZone = "Europe/London" });
        var visit = await clinic.VisitAsync("2026-12-01T14:00");

        var view = await clinic.ViewAsync();

        Assert.Equal((visit, clinic.Patient), (view.Visit, view.Patient.Id));
        Assert.Equal(new VisitWordsView("Tue Dec 1", "2:00 PM EST (7:00 PM GMT)", "Tue Dec 1, 8:00 AM EST (1:00 PM GMT)", "Tue Dec 1, noon EST (5:00 PM GMT)", SmallClinic.At("2026-12-01T16:30")), view.Times);
        Assert.Equal("No food from Tue Dec 1, 8:00 AM EST (1:00 PM GMT) on.", Text(view, "no-food"));
        Assert.Equal("Only water until Tue Dec 1, noon EST (5:00 PM GMT): no coffee, milk or juice. Then nothing more to drink.", Text(view, "no-water"));
        Assert.Equal("No alcohol from Sun Nov 29, 2:00 PM EST (7:00 PM GMT) on.", Text(view, "alcohol"));
        Assert.Equal("No alcohol for 24 hours.", Text(view, "no-alcohol"));
        Assert.Equal("No fatty or heavy meal from Tue Dec 1, 6:00 AM EST (11:00 AM GMT) on.", Text(view, "heavy-meal"));
        Assert.Equal("Plan about 2 h 30 min in all: the infusion takes about 40 min, and we watch over you for at least 60 min afterwards.", Text(view, "length"));
        Assert.DoesNotContain(Steps(view), s => s.Text.Contains('{', StringComparison.Ordinal));
        Assert.Empty(view.Ticks);
    }

    [Fact]
    public async Task The_page_speaks_Spanish()
    {
        await using var clinic = await PreparedClinic.StartAsync(details: TestClinic.Kim with { Language = "es" });
        await clinic.VisitAsync("2026-12-01T14:00");

        var view = await clinic.ViewAsync();

        Assert.Equal(new VisitWordsView("mar 1 dic", "2:00 pm", "mar 1 dic, 8:00 am", "mar 1 dic, 12:00 pm", SmallClinic.At("2026-12-01T16:30")), view.Times);
        Assert.Equal("No coma nada desde el mar 1 dic, 8:00 am.", Text(view, "no-food"));
        Assert.Equal("La semana antes", view.Stages[0].Title);
        Assert.Equal("Sus marcas están guardadas.", view.Guide.Words["saved"]);
    }

    [Theory]
    [InlineData("2026-11-01T04:00", "Sat Oct 31, 11:00 PM", "Sun Nov 1, 2:00 AM", "Fri Oct 30, 5:00 AM")]
    [InlineData("2027-03-14T07:00", "Sun Mar 14, midnight", "Sun Mar 14, 5:00 AM", "Fri Mar 12, 6:00 AM")]
    public async Task Over_a_clock_change_fasting_counts_elapsed_hours(string start, string food, string water, string alcohol)
    {
        await using var clinic = await PreparedClinic.StartAsync("2026-10-20T10:00");
        await clinic.VisitAsync(start);

        var view = await clinic.ViewAsync();

        Assert.Equal((food, water), (view.Times!.Food, view.Times.Water));
        Assert.StartsWith($"No alcohol from {alcohol} on", Text(view, "alcohol"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_keeps_the_zone_in_which_it_was_booked()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00", zone: SmallClinic.Zone("America/Los_Angeles"));

        Assert.Equal(
            new VisitWordsView("Tue Dec 1", "2:00 PM PST (5:00 PM EST)", "Tue Dec 1, 8:00 AM PST (11:00 AM EST)", "Tue Dec 1, noon PST (3:00 PM EST)", SmallClinic.At("2026-12-01T19:30")), (await clinic.ViewAsync()).Times);
    }

    [Theory]
    [InlineData(AppointmentKind.Consult, 45)]
    [InlineData(AppointmentKind.Exam, 60)]
    public async Task Nobody_fasts_for_a_talk_or_an_examination(AppointmentKind kind, int minutes)
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var visit = await clinic.VisitAsync("2026-12-01T14:00", kind);

        Assert.Equal(new VisitWordsView("Tue Dec 1", "2:00 PM", null, null, visit.StartsAt + Duration.FromMinutes(minutes)), (await clinic.ViewAsync()).Times);
    }

    [Fact]
    public async Task The_next_visit_takes_the_place_of_one_that_began_24_hours_ago_and_the_last_one_stays()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var second = await clinic.VisitAsync("2026-12-04T14:00", id: new string('0', 26));
        var first = await clinic.VisitAsync("2026-12-01T14:00", id: new string('z', 26));
        var second24HoursLater = SmallClinic.At("2026-12-05T14:00");

        Assert.Equal(first, (await clinic.ViewAsync()).Visit);
        clinic.Clinic.Clock.Now = SmallClinic.At("2026-12-02T14:00") - Duration.FromSeconds(1);
        Assert.Equal(first, (await clinic.ViewAsync()).Visit);
        clinic.At("2026-12-02T14:00");
        Assert.Equal(second, (await clinic.ViewAsync()).Visit);
        clinic.Clinic.Clock.Now = second24HoursLater;
        Assert.Equal(second, (await clinic.ViewAsync()).Visit);
        clinic.Clinic.Clock.Now = second24HoursLater + Duration.FromHours(47);
        Assert.Equal(second, (await clinic.ViewAsync()).Visit);
    }

    [Fact]
    public async Task A_moved_visit_shows_its_new_times()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var visit = await clinic.VisitAsync("2026-12-01T14:00");
        await clinic.VisitAsync("2026-12-03T09:00", id: visit.Id);

        Assert.Equal(("Thu Dec 3", "9:00 AM", "Thu Dec 3, 3:00 AM"), (await clinic.ViewAsync()).Times is { } times ? (times.Day, times.Clock, times.Food) : default);
    }

    [Fact]
    public async Task A_cancelled_visit_gives_way_and_when_all_are_cancelled_there_are_no_times()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var first = await clinic.VisitAsync("2026-12-01T14:00");
        var second = await clinic.VisitAsync("2026-12-04T14:00");
        Assert.True(await clinic.TickAsync("ride"));
        await clinic.VisitAsync("2026-12-01T14:00", status: AppointmentStatus.Cancelled, id: first.Id);
        Assert.Equal(second, (await clinic.ViewAsync()).Visit);

        await clinic.VisitAsync("2026-12-04T14:00", status: AppointmentStatus.Cancelled, id: second.Id);
        var view = await clinic.ViewAsync();

        Assert.Equal((null, null), (view.Visit, view.Times));
        Assert.Empty(view.Stages);
        Assert.Empty(view.Ticks);
        Assert.Equal("This visit is cancelled. Please call us if you did not expect that.", view.Guide.Words["cancelled"]);
        Assert.False(await clinic.TickAsync("pack"));
        Assert.Equal(UnlockResult.Opened, await clinic.UnlockAsync(PreparedClinic.BirthDate));
        Assert.Equal(["ride"], (await clinic.StoredLinkAsync()).Ticks[first.Id]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Two_medicines_are_spoken_of_only_on_a_clinicians_order_and_never_without_the_sentence(bool benzodiazepine, bool lamotrigine)
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        await clinic.OrderAsync(benzodiazepine, lamotrigine);

        var view = await clinic.ViewAsync();

        Assert.Equal((benzodiazepine, lamotrigine), (Says(view, "benzodiazepine"), Says(view, "lamotrigine")));
        Assert.False(Says(view, "insulin"));
        Assert.All(Steps(view).Where(s => s.Id is "medicines" or "benzodiazepine" or "lamotrigine"), s => Assert.EndsWith(English, s.Text, StringComparison.Ordinal));
        Assert.Equal(8 + (benzodiazepine ? 1 : 0) + (lamotrigine ? 1 : 0), view.Stages[0].Steps.Count);
    }

    [Fact]
    public async Task Without_any_order_nothing_is_said_about_them()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");

        var view = await clinic.ViewAsync();

        Assert.Equal(["week-before", "day-before", "morning-of", "bring", "visit", "after"], view.Stages.Select(s => s.Id));
        Assert.Equal(["confirm-time", "ride", "free-day", "medicines", "alcohol", "drugs", "water-sleep", "nausea"], view.Stages[0].Steps.Select(s => s.Id));
        Assert.Equal(["no-food", "no-water", "clothes", "nervous"], view.Stages[2].Steps.Select(s => s.Id));
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("not-sure", true)]
    [InlineData("no", false)]
    public async Task On_insulin_or_perhaps_no_fasting_time_is_named_until_a_plan_is_on_file(string insulin, bool callsFirst)
    {
        await using var clinic = await PreparedClinic.StartAsync(answers: TestClinic.NoInsulinBut(("endo.diabetes", "yes"), ("endo.diabetes.insulin", insulin)));
        await clinic.VisitAsync("2026-12-01T14:00");

        var view = await clinic.ViewAsync();

        Assert.Equal(
            (callsFirst, !callsFirst, !callsFirst, callsFirst),
            (Says(view, "insulin"), Steps(view).Any(s => s.Id == "no-food"), Steps(view).Any(s => s.Id == "no-water"), view.Times is { Food: null, Water: null }));
        Assert.Equal(("Tue Dec 1", "2:00 PM"), (view.Times!.Day, view.Times.Clock));

        await clinic.OrderAsync(fastingPlan: true);
        var planned = await clinic.ViewAsync();
        Assert.Equal((false, "Tue Dec 1, 8:00 AM", "Tue Dec 1, noon"), (Says(planned, "insulin"), planned.Times!.Food, planned.Times.Water));
        Assert.Equal(2, Steps(planned).Count(s => s.Id is "no-food" or "no-water"));
    }

    [Theory]
    [InlineData("{food}")]
    [InlineData("{water}")]
    public async Task Whatever_a_protocol_calls_the_step_that_names_a_fasting_time_it_is_kept_from_whoever_must_call_first(string time)
    {
        await using var clinic = await PreparedClinic.StartAsync(answers: OnInsulin);
        await clinic.VisitAsync("2026-12-01T14:00");
        var reminders = clinic.Context.Protocol.Reminders!;
        var guides = reminders.Guides.ToDictionary(g => g.Key, g => g.Value with { Stages = [new PreparationStage("bring", "Bring", [new("empty", $"Stay empty from {time} on.", true, null), new("id", "Your ID.", true, null)])] });
        var own = clinic.Context with { Protocol = clinic.Context.Protocol with { Reminders = reminders with { Guides = guides } } };

        Assert.Equal(["id"], Steps((await clinic.Pages.ViewAsync(own, PreparedClinic.Token, default))!).Select(s => s.Id));
        Assert.Equal(TickResult.Saved, await clinic.Pages.TickAsync(own, PreparedClinic.Token, ["empty", "id"], default));
        Assert.Equal(["id"], (await clinic.StoredLinkAsync()).Ticks.Single().Value);

        await clinic.OrderAsync(fastingPlan: true);
        Assert.Equal(["empty", "id"], Steps((await clinic.Pages.ViewAsync(own, PreparedClinic.Token, default))!).Select(s => s.Id));
    }

    private static IEnumerable<PreparationStep> Steps(PreparationView view) => view.Stages.SelectMany(s => s.Steps);

    private static string Text(PreparationView view, string id) => Steps(view).Single(s => s.Id == id).Text;

    private static bool Says(PreparationView view, string id) => Steps(view).Any(s => s.Id == id);
}
