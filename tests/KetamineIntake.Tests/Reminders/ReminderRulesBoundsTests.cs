using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Reminders;

namespace KetamineIntake.Tests.Reminders;

public class ReminderRulesBoundsTests
{
    [Theory]
    [InlineData("/fasting/solidsHours", 4, 12)]
    [InlineData("/fasting/clearLiquidsHours", 1, 8)]
    [InlineData("/alcohol/beforeHours", 24, 96)]
    [InlineData("/alcohol/afterHours", 24, 96)]
    [InlineData("/caps/perDay", 1, 2)]
    [InlineData("/caps/perSevenDays", 1, 8)]
    [InlineData("/fasting/heavyMealHours", 4, 24)]
    [InlineData("/visit/observeMinutes", 30, 240)]
    [InlineData("/visit/consultMinutes", 10, 480)]
    [InlineData("/visit/examMinutes", 10, 480)]
    [InlineData("/series/minimumGapHours", 24, 168)]
    [InlineData("/series/usualWeeks", 1, 12)]
    [InlineData("/weekBefore/days", 3, 14)]
    [InlineData("/weekBefore/onlyWhenBookedMoreThanDaysAhead", 3, 21)]
    [InlineData("/eveningAfter/minutesAfterEnd", 0, 240)]
    [InlineData("/changes/minutesAfterLast", 1, 60)]
    [InlineData("/labs/daysBefore", 1, 21)]
    [InlineData("/doubts/askedWithinMinutes", 1, 5)]
    [InlineData("/dayOf/hoursBefore", 1, 12)]
    [InlineData("/dayOf/minutesBeforeWaterCutOff", 0, 240)]
    public void Every_number_has_its_bounds(string path, int minimum, int maximum)
    {
        var fault = (path, $"Needs a whole number from {minimum} to {maximum}.");

        Assert.Contains(fault, Faults(path, minimum - 1));
        Assert.Empty(Faults(path, minimum));
        Assert.Empty(Faults(path, maximum));
        Assert.Equal([fault], Faults(path, maximum + 1));
        Assert.Contains((path, "Needs a number."), Faults(path, "x"));
    }

    [Theory]
    [InlineData("/weekBefore/at")]
    [InlineData("/dayBefore/at")]
    [InlineData("/eveningAfter/latest")]
    [InlineData("/doubts/businessDayEnds")]
    public void Every_time_is_one(string path)
    {
        Assert.Equal([(path, "Needs a time such as 18:00.")], Faults(path, "24:00"));
        Assert.Equal([(path, "Needs text.")], Faults(path, 18));
        Assert.Empty(Faults(path, "00:00"));
        Assert.Empty(Faults(path, "23:59"));
    }

    [Theory]
    [InlineData("09:00", "20:00", true)]
    [InlineData("10:00", "10:01", true)]
    [InlineData("08:59", "20:00", false)]
    [InlineData("09:00", "20:01", false)]
    [InlineData("12:00", "12:00", false)]
    [InlineData("13:00", "12:00", false)]
    public void The_window_lies_inside_the_widest(string from, string before, bool fits) => Assert.Equal(
        fits ? [] : [("/window", "Texts go between 09:00 and 20:00, or in a part of it.")],
        Faults(json => json["window"] = new JsonObject { ["from"] = from, ["before"] = before }));

    [Theory]
    [InlineData("from")]
    [InlineData("before")]
    public void Of_a_window_with_a_side_missing_only_that_is_told(string side) =>
        Assert.Equal([("/window", $"The key \"{side}\" is missing.")], Faults(json => json["window"]!.AsObject().Remove(side)));

    [Theory]
    [InlineData(6, 6, true)]
    [InlineData(5, 6, false)]
    public void Water_may_stop_with_food_but_not_before(int solids, int water, bool fits) => Assert.Equal(
        fits ? [] : [("/fasting", "Water may not stop before food.")],
        Faults(json => json["fasting"] = new JsonObject { ["solidsHours"] = solids, ["clearLiquidsHours"] = water, ["heavyMealHours"] = 8, ["source"] = "default" }));

    [Fact]
    public void Every_key_is_needed()
    {
        foreach (var part in new[] { "version", "fasting", "alcohol", "visit", "series", "window", "caps", "weekBefore", "dayBefore", "dayOf", "eveningAfter", "changes", "labs" })
        {
            Assert.Contains(("/", $"The key \"{part}\" is missing."), Faults(json => json.AsObject().Remove(part)));
        }

        foreach (var path in new[] { "series/sessions", "series/perWeek", "weekBefore/at", "dayBefore/at", "dayOf/hoursBefore", "eveningAfter/latest", "visit/examMinutes", "alcohol/afterHours" })
        {
            var (part, key) = (path.Split('/')[0], path.Split('/')[1]);
            Assert.Contains(($"/{part}", $"The key \"{key}\" is missing."), Faults(json => json[part]!.AsObject().Remove(key)));
            Assert.Contains(($"/{part}/more", "Unknown key."), Faults(json => json[part]!["more"] = 1));
        }
    }

    private static List<(string Path, string Detail)> Faults(string path, object value) => Faults(json =>
    {
        // Room for every value of water.
        json["fasting"]!["solidsHours"] = 12;
        json["fasting"]!["clearLiquidsHours"] = 1;
        json["fasting"]!["heavyMealHours"] = 24;
        if (path == "/fasting/heavyMealHours")
        {
            json["fasting"]!["solidsHours"] = 4;
        }

        json["visit"]!["chairMinutes"] = 480;
        json[path.Split('/')[1]]![path.Split('/')[2]] = JsonValue.Create(value);
    });

    private static List<(string Path, string Detail)> Faults(Action<JsonNode> change)
    {
        var json = JsonNode.Parse(SmallClinic.Document("reminders.json").Span)!;
        change(json);
        var (rules, faults) = ReminderRulesReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), SmallClinic.Pain);
        Assert.Equal(faults.Count == 0, rules is not null);
        Assert.All(faults, f => Assert.Equal("reminders.json", f.File));
        return [.. faults.Select(f => (f.Path, f.Detail))];
    }
}
