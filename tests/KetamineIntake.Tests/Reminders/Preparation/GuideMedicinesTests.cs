using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Tests.Reminders.Preparation;

public class GuideMedicinesTests
{
    private const string NeverStop = " Never stop a medicine without explicit direction from your healthcare provider.";

    [Theory]
    [InlineData("Skip your benzodiazepine.", null)]
    [InlineData("Skip your Lorazepam.", null)]
    [InlineData("Take lamotrigine later.", null)]
    [InlineData("Take lamotrigine later.", "benzodiazepine")]
    [InlineData("Skip your Xanax.", "lamotrigine")]
    [InlineData("Benzodiazepines and Lamictal.", "lamotrigine")]
    public void A_step_that_names_what_a_patient_may_have_no_order_for_is_a_fault(string text, string? only)
    {
        var fault = Assert.Single(FaultsWith(text + NeverStop, only));

        Assert.EndsWith("/text", fault.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Follow the instruction about your benzodiazepine.", "benzodiazepine")]
    [InlineData("Follow the instruction about lamotrigine.", "lamotrigine")]
    [InlineData("Take your medicines as always.", null)]
    public void With_its_order_it_may_be_named(string text, string? only) => Assert.Empty(FaultsWith(text + NeverStop, only));

    [Fact]
    public void Beside_a_medicine_stands_that_none_is_ever_stopped_alone() => Assert.NotEmpty(FaultsWith("Take your medicines as always.", null));

    private static IReadOnlyList<ProtocolFault> FaultsWith(string text, string? only)
    {
        var guide = JsonNode.Parse(SmallClinic.Document("preparation.en.json").Span)!;
        var step = new JsonObject { ["id"] = "new-step", ["text"] = text };
        if (only is not null)
        {
            step["only"] = only;
        }

        guide["stages"]!["week-before"]!["steps"]!.AsArray().Add(step);
        var faults = new FaultList();
        PreparationGuideReader.Read(DocumentReader.Root("preparation.en.json", Encoding.UTF8.GetBytes(guide.ToJsonString()), faults), SmsLanguage.English);
        return faults.All;
    }
}
