using System.Text;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Protocols;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Preparation;

/// <summary>Issue 10: a page says only what is true for its patient, visit and clinic.</summary>
public class TruePagesTests
{
    [Theory]
    [InlineData("{}", false, false)]
    [InlineData("""{"privateRoom":true}""", true, false)]
    [InlineData("""{"consentForm":true}""", false, true)]
    public async Task A_private_room_and_a_consent_form_stand_there_only_where_the_clinic_has_them(string settings, bool room, bool consent)
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        Assert.Empty(await clinic.Clinic.Clinics.SetVisitsAsync("northside", ClinicVisits.Read(Encoding.UTF8.GetBytes(settings)), default));
        var context = (await clinic.Clinic.Directory.FindAsync("northside", default))!;

        var steps = Steps((await clinic.Pages.ViewAsync(context, PreparedClinic.Token, default))!);

        Assert.Equal((room, consent), (steps.ContainsKey("room"), steps.ContainsKey("consent")));
    }

    [Fact]
    public void A_clinic_that_was_stored_before_has_neither()
    {
        var old = """{"slug":"northside","name":"Northside Care","timeZone":"America/New_York","phone":"+12125550199","isDemonstration":true,"protocolId":"iv-ketamine","overrides":{"severities":[],"parameters":[]},"createdAt":"2026-11-01T00:00:00Z"}""";

        var read = RecordJson.Read<Clinic>(new Row("clinic|northside", Encoding.UTF8.GetBytes(old), "1"));

        Assert.Equal((false, false), (read.PrivateRoom, read.ConsentForm));
    }

    [Theory]
    [InlineData("MDD", "Plan about 2 h 30 min in all: the infusion takes about 40 min, and we watch over you for at least 60 min afterwards.", "2026-12-01T16:30")]
    [InlineData("CRPS", "Plan about 5 h in all: the infusion takes about 4 h, and we watch over you for at least 60 min afterwards.", "2026-12-01T19:00")]
    [InlineData(null, "Plan about 2 h 30 min in all: the infusion takes about 40 min, and we watch over you for at least 60 min afterwards.", "2026-12-01T16:30")]
    public async Task A_visit_is_as_long_as_what_it_treats_takes(string? indication, string words, string endsAt)
    {
        var answers = indication is null ? TestClinic.NoInsulin : TestClinic.NoInsulin.With("ind.primary", new Answer.Choice(indication));
        await using var clinic = await PreparedClinic.StartAsync(answers: answers);
        await clinic.VisitAsync("2026-12-01T14:00");

        var view = await clinic.ViewAsync();

        Assert.Equal((words, SmallClinic.At(endsAt)), (Steps(view)["length"], view.Times!.EndsAt));
    }

    [Fact]
    public async Task Afterwards_it_says_straight_home_no_driving_what_to_expect_and_whom_to_call()
    {
        foreach (var language in new[] { "en", "es" })
        {
            await using var clinic = await PreparedClinic.StartAsync(details: TestClinic.Kim with { Language = language });
            await clinic.VisitAsync("2026-12-01T14:00");

            var after = (await clinic.ViewAsync()).Stages.Single(s => s.Id == "after").Steps.ToDictionary(s => s.Id, s => s.Text, StringComparer.Ordinal);

            Assert.Equal(["sign-out", "straight-home", "no-driving", "no-decisions", "no-alcohol", "side-effects", "danger", "mood", "unusual"], after.Keys);
            Assert.Contains("988", after["mood"], StringComparison.Ordinal);
            Assert.Contains("911", after["danger"], StringComparison.Ordinal);
            Assert.Contains(language == "en" ? "a nap is not enough" : "una siesta no basta", after["no-driving"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_has_to_call_first_reads_no_time_for_food_and_not_that_medicines_go_on_as_ever()
    {
        await using var clinic = await PreparedClinic.StartAsync(answers: TestClinic.Answers(("endo.diabetes", "yes")));
        await clinic.VisitAsync("2026-12-01T14:00");

        var view = await clinic.ViewAsync();
        Assert.Empty(Steps(view).Keys.Intersect(["medicines", "no-food", "no-water", "heavy-meal"]));
        Assert.Contains("insulin", Steps(view).Keys);
        Assert.Equal((null, null), (view.Times!.Food, view.Times.Water));

        await clinic.OrderAsync(fastingPlan: true);
        Assert.Equal(4, Steps(await clinic.ViewAsync()).Keys.Intersect(["medicines", "no-food", "no-water", "heavy-meal"]).Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_drinking_has_to_be_planned_nothing_says_no_alcohol_with_and_without_a_plan(bool onFile)
    {
        await using var clinic = await PreparedClinic.StartAsync(answers: TestClinic.NoInsulinBut(("endo.diabetes", "yes"), ("endo.diabetes.insulin", "yes")));
        await clinic.VisitAsync("2026-12-01T14:00");
        await clinic.OrderAsync(fastingPlan: onFile);
        var protocol = Assert.IsType<Core.Protocols.ProtocolLoad.Loaded>(new ProtocolDocuments().Edit("rules.json", rules => ProtocolDocuments.Rule(rules, "END-01")["callFirstFor"] = "alcohol").Load()).Protocol;
        var context = clinic.Context with { Protocol = protocol, Rules = RuleSet.Compile(protocol, protocol.Rules) };

        var view = (await clinic.Pages.ViewAsync(context, PreparedClinic.Token, default))!;

        Assert.DoesNotContain(Steps(view).Values, t => t.Contains("alcohol", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(Steps(await clinic.ViewAsync()).Values, t => t.Contains("alcohol", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Tests_that_are_missing_stand_on_the_page()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var visit = await clinic.VisitAsync("2026-12-01T14:00");
        Assert.Empty((await clinic.ViewAsync()).Tests);
        var day = visit.Start.Date;
        await FlagAsync(clinic, "flag-1", "ecg", visit.Id, day, null);
        await FlagAsync(clinic, "flag-2", "cbc", visit.Id, day, day);

        Assert.Equal(["an ECG (a tracing of your heart)"], (await clinic.ViewAsync()).Tests);
    }

    private static async Task FlagAsync(PreparedClinic clinic, string seed, string test, string visit, LocalDate day, LocalDate? expires)
    {
        var flag = new LabFlag(LabIds.Of(seed), clinic.Patient, test, expires is null ? LabStanding.Missing : LabStanding.Valid, visit, day, expires, clinic.Clinic.Clock.Now, null, []);
        await clinic.Context.Records.CommitAsync([new Change.Insert(Rows.LabFlag(clinic.Patient, flag.Id), RecordJson.Write(flag))], default);
    }

    private static Dictionary<string, string> Steps(PreparationView view) => view.Stages.SelectMany(s => s.Steps).ToDictionary(s => s.Id, s => s.Text, StringComparer.Ordinal);
}
