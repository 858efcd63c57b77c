using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Protocols;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>When a test is asked for, upper limits that laboratories leave out, and what units mean stand in the protocol's documents and count from there.</summary>
public sealed class LabContentTests
{
    [Fact]
    public void What_ships_asks_21_10_and_3_days_before_and_takes_40_for_an_upper_limit()
    {
        Assert.Equal([21, 10, 3], Bounds.LeadDays);
        Assert.Equal([("alt.uln", 40m), ("ast.uln", 40m), ("hcg", 5m)], Bounds.UpperLimits.Select(l => (l.Key, l.Value)));
    }

    [Theory]
    [InlineData(14, "2026-11-17", 0)]
    [InlineData(14, "2026-11-18", 1)]
    [InlineData(21, "2026-11-10", 0)]
    [InlineData(21, "2026-11-11", 1)]
    public void A_flag_opens_as_many_days_before_the_visit_as_the_document_says(int lead, string today, int opened)
    {
        var content = Edited(labs => labs["leadDays"] = new System.Text.Json.Nodes.JsonArray(lead));
        var statuses = LabJudgement.Judge([Ecg()], [], [Visit("2026-12-02")], Day(today));

        Assert.Equal(opened, LabFlags.Decide(Patient, [], statuses, Day(today), Noon, content.LeadDays[0]).Count);
        Assert.Equal(Day("2026-12-02").PlusDays(-lead), LabSchedule.NextRecheck(statuses, Day("2026-11-01"), content.LeadDays));
    }

    [Theory]
    [InlineData(40, "3")]
    [InlineData(60, "2")]
    public void An_enzyme_without_a_limit_of_its_laboratory_is_judged_against_the_documents(int limit, string multiple)
    {
        var content = Edited(labs => labs["upperLimits"]![0]!["limit"] = limit);

        Assert.Equal(multiple, AnswerText.Of(LabReadings.Of(Value("1742-6", 120, "U/L"), Day("2026-10-01"), content)!.Answer));
    }

    [Fact]
    public void A_unit_means_what_the_document_says()
    {
        var content = Edited(labs => labs["units"]!["factors"]!.AsArray().Single(f => (string?)f!["kind"] == LabKinds.Hemoglobin)!["factors"]!["g/l"] = 0.5);

        Assert.Equal(50, content.Units.Convert(LabKinds.Hemoglobin, 100, "g/L"));
        Assert.Equal(10, Units.Convert(LabKinds.Hemoglobin, 100, "g/L"));
        Assert.NotEqual(content.Units.ToString(), Units.ToString());
    }

    private static LabContent Edited(Action<System.Text.Json.Nodes.JsonNode> edit) =>
        Assert.IsType<ProtocolLoad.Loaded>(new ProtocolDocuments().Edit("labs.json", edit).Load()).Protocol.Lab;
}
