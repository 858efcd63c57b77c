using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Reminders;

namespace KetamineIntake.Tests.Reminders;

public class ReminderRulesReaderTests
{
    [Fact]
    public void The_shipped_plan_is_the_designs()
    {
        var rules = SmallClinic.Rules;

        Assert.Equal((6, 2, 48, 24), (rules.SolidsHours, rules.ClearLiquidsHours, rules.AlcoholBeforeHours, rules.AlcoholAfterHours));
        Assert.Equal((150, 45, 60, 6, 2, 24), (rules.Visits.InfusionMinutes, rules.Visits.ConsultMinutes, rules.Visits.ExamMinutes, rules.Visits.Sessions, rules.Visits.PerWeek, rules.Visits.MinimumGapHours));
        Assert.Equal(TextWindow.Widest, rules.Window);
        Assert.Equal(new TextCaps(2, 8), rules.Caps);
        Assert.Equal(new ReminderTimes(7, new(10, 0), new(18, 0), 3, 30, new(18, 0)), rules.Times);
        Assert.Equal((8, 40, 240, 60), (rules.HeavyMealHours, rules.Visits.DripMinutes, rules.Visits.PainDripMinutes, rules.Visits.ObserveMinutes));
        Assert.Equal((8, 30, 2, 3), (rules.Times.BookedLateDays, rules.Times.EveningAfterMinutes, rules.Times.ChangeMinutes, rules.Times.LabsDays));
        Assert.Equal("2026.2.0", rules.Version);
    }

    [Theory]
    [InlineData("/fasting/solidsHours", 3)]
    [InlineData("/fasting/solidsHours", 13)]
    [InlineData("/fasting/solidsHours", 4.5)]
    [InlineData("/fasting/solidsHours", "6")]
    [InlineData("/fasting/clearLiquidsHours", 0)]
    [InlineData("/fasting/clearLiquidsHours", 9)]
    [InlineData("/alcohol/beforeHours", 23)]
    [InlineData("/caps/perDay", 3)]
    [InlineData("/caps/perSevenDays", 9)]
    [InlineData("/caps/perDay", 0)]
    [InlineData("/series/minimumGapHours", 23)]
    [InlineData("/dayBefore/at", "6 pm")]
    [InlineData("/dayBefore/at", 18)]
    [InlineData("/window/from", "08:59")]
    [InlineData("/window/before", "20:01")]
    [InlineData("/version", 1)]
    public void A_value_outside_its_range_is_a_fault(string path, object value)
    {
        var faults = Faults(json => Parent(json, path)[path.Split('/')[^1]] = JsonValue.Create(value));

        Assert.StartsWith(path.StartsWith("/window", StringComparison.Ordinal) ? "/window" : path, Assert.Single(faults).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/fasting/solidsHours", 4)]
    [InlineData("/fasting/solidsHours", 8)]
    [InlineData("/visit/chairMinutes", 100)]
    [InlineData("/visit/chairMinutes", 480)]
    [InlineData("/fasting/clearLiquidsHours", 1)]
    [InlineData("/caps/perDay", 1)]
    [InlineData("/window/from", "11:00")]
    public void The_bounds_themselves_are_allowed(string path, object value) =>
        Assert.Empty(Faults(json => Parent(json, path)[path.Split('/')[^1]] = JsonValue.Create(value)));

    [Fact]
    public void Water_may_not_stop_before_food() =>
        Assert.Equal("/fasting", Assert.Single(Faults(json => { json["fasting"]!["solidsHours"] = 4; json["fasting"]!["clearLiquidsHours"] = 5; })).Path);

    [Fact]
    public void A_heavy_meal_is_never_allowed_longer_than_a_light_one() =>
        Assert.Equal("/fasting", Assert.Single(Faults(json => json["fasting"]!["heavyMealHours"] = 5)).Path);

    [Fact]
    public void A_visit_is_never_shorter_than_infusion_and_observation() =>
        Assert.Equal("/visit/chairMinutes", Assert.Single(Faults(json => json["visit"]!["chairMinutes"] = 99)).Path);

    [Fact]
    public void What_is_called_pain_is_an_indication_of_the_questionnaire() =>
        Assert.Equal("/visit/painIndications/0", Assert.Single(Faults(json => json["visit"]!["painIndications"]![0] = "toothache")).Path);

    [Fact]
    public void Unknown_and_missing_keys_are_all_reported()
    {
        var faults = Faults(json =>
        {
            json["extra"] = 1;
            json["fasting"]!["more"] = 1;
            json["caps"]!.AsObject().Remove("perDay");
        });

        Assert.Equal(["/caps", "/extra", "/fasting/more"], faults.Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"version\":\"1\",\"version\":\"2\"}")]
    public void A_document_of_another_shape_is_a_fault(string json)
    {
        var (rules, faults) = ReminderRulesReader.Read(Encoding.UTF8.GetBytes(json), SmallClinic.Pain);

        Assert.Null(rules);
        Assert.NotEmpty(faults);
    }

    private static JsonNode Parent(JsonNode json, string path) => path.Split('/')[1..^1].Aggregate(json, (node, name) => node[name]!);

    private static IReadOnlyList<Core.Protocols.ProtocolFault> Faults(Action<JsonNode> change)
    {
        var json = JsonNode.Parse(SmallClinic.Document("reminders.json").Span)!;
        change(json);
        return ReminderRulesReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), SmallClinic.Pain).Faults;
    }
}
