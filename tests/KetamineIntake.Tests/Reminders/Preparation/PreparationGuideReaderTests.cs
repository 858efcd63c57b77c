using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Tests.Reminders.Preparation;

public class PreparationGuideReaderTests
{
    private const string NeverStop = "Never stop a medicine without explicit direction from your healthcare provider.";
    private const string NuncaDeje = "Nunca deje un medicamento sin indicación expresa de su profesional de salud.";

    [Fact]
    public void The_shipped_guides_have_no_fault_and_the_same_steps_in_both_languages()
    {
        var (english, faults) = Read(Document(SmsLanguage.English), SmsLanguage.English);
        var (spanish, faltas) = Read(Document(SmsLanguage.Spanish), SmsLanguage.Spanish);

        Assert.Empty(faults);
        Assert.Empty(faltas);
        Assert.Equal((SmsLanguage.English, SmsLanguage.Spanish), (english.Language, spanish.Language));
        Assert.Equal(Outline(english), Outline(spanish));
        Assert.Equal(english.Words.Keys, spanish.Words.Keys);
        Assert.Equal(("Prepare for your visit", "Prepárese para su cita"), (english.Words["title"], spanish.Words["title"]));
    }

    [Fact]
    public void A_step_is_read_with_all_it_says()
    {
        var steps = Read(Document(SmsLanguage.English), SmsLanguage.English).Guide.Stages.SelectMany(s => s.Steps).ToDictionary(s => s.Id, StringComparer.Ordinal);

        Assert.Equal(new PreparationStep("ride-confirmed", "Confirm your ride.", true, null), steps["ride-confirmed"]);
        Assert.Equal(new PreparationStep("water-sleep", "Drink enough water and sleep well.", false, null), steps["water-sleep"]);
        Assert.Equal((true, (StepCondition?)StepCondition.CallFirst), (steps["insulin"].CanBeTicked, steps["insulin"].Only));
        Assert.Equal((false, (StepCondition?)StepCondition.Benzodiazepine), (steps["benzodiazepine"].CanBeTicked, steps["benzodiazepine"].Only));
    }

    [Theory]
    [InlineData(SmsLanguage.English, "preparation.en.json")]
    [InlineData(SmsLanguage.Spanish, "preparation.es.json")]
    public void Each_language_has_a_document(SmsLanguage language, string name) => Assert.Equal(name, PreparationGuideReader.FileName(language));

    [Fact]
    public void The_page_of_the_other_language_is_refused()
    {
        Assert.Contains(("/language", "Needs \"es\"."), Read(Document(SmsLanguage.English), SmsLanguage.Spanish).Faults);
        Assert.Contains(("/language", "Needs \"en\"."), Read(Document(SmsLanguage.Spanish), SmsLanguage.English).Faults);
    }

    [Fact]
    public void A_language_that_is_no_text_is_one_fault() => Assert.Equal([("/language", "Needs text.")], Faults(json => json["language"] = 1));

    [Fact]
    public void Every_heading_is_needed_and_no_other()
    {
        string[] words =
        [
            "title", "birthDate", "birthDateHelp", "open", "wrongBirthDate", "locked", "expired", "expiredHelp", "visit", "cancelled", "foodUntil", "waterUntil", "callFirst",
            "calendar", "call", "save", "saved", "emergency", "testsNeeded", "test.ecg", "test.liver", "test.kidney", "test.cbc",
        ];

        Assert.All(words, w => Assert.Equal([("/words", $"The key \"{w}\" is missing.")], Faults(json => json["words"]!.AsObject().Remove(w))));
        Assert.All(words, w => Assert.Equal([($"/words/{w}", "Text is blank, or starts or ends with a space.")], Faults(json => json["words"]![w] = " ")));
        Assert.Equal([("/words/more", "Unknown key.")], Faults(json => json["words"]!["more"] = "x"));
    }

    [Theory]
    [InlineData("week-before")]
    [InlineData("day-before")]
    [InlineData("morning-of")]
    [InlineData("bring")]
    [InlineData("visit")]
    [InlineData("after")]
    public void Every_stage_is_needed_with_a_title_and_steps(string stage)
    {
        Assert.Equal([("/stages", $"The key \"{stage}\" is missing.")], Faults(json => json["stages"]!.AsObject().Remove(stage)));
        Assert.Equal([($"/stages/{stage}", "The key \"title\" is missing.")], Faults(json => json["stages"]![stage]!.AsObject().Remove("title")));
        Assert.Equal([($"/stages/{stage}", "The key \"steps\" is missing.")], Faults(json => json["stages"]![stage]!.AsObject().Remove("steps")));
        Assert.Equal([($"/stages/{stage}/steps", "The list is empty.")], Faults(json => json["stages"]![stage]!["steps"] = new JsonArray()));
        Assert.Equal([($"/stages/{stage}/extra", "Unknown key.")], Faults(json => json["stages"]![stage]!["extra"] = 1));
    }

    [Theory]
    [InlineData("language")]
    [InlineData("words")]
    [InlineData("stages")]
    public void Every_part_of_the_document_is_needed(string part) => Assert.Equal([("/", $"The key \"{part}\" is missing.")], Faults(json => json.AsObject().Remove(part)));

    [Fact]
    public void What_no_part_knows_is_told_with_its_place() => Assert.Equal(
        [("/extra", "Unknown key."), ("/stages/extra", "Unknown key."), ("/stages/bring/steps/0/extra", "Unknown key.")],
        Faults(json =>
        {
            json["extra"] = 1;
            json["stages"]!["extra"] = 1;
            Step(json)["extra"] = 1;
        }));

    [Fact]
    public void An_id_may_not_stand_twice_in_any_stage() =>
        Assert.Equal([("/stages/bring/steps/0/id", "The id stands here twice.")], Faults(json => Step(json)["id"] = "ride"));

    [Theory]
    [InlineData("warfarin")]
    [InlineData("Insulin")]
    [InlineData("insulin ")]
    public void A_step_is_only_for_what_a_clinician_can_order(string only) =>
        Assert.Contains(Faults(json => Step(json)["only"] = only), f => f.Path == "/stages/bring/steps/0/only");

    [Theory]
    [InlineData("benzodiazepine")]
    [InlineData("lamotrigine")]
    [InlineData("call-first")]
    [InlineData("unless-call-first")]
    [InlineData("unless-alcohol-is-planned")]
    [InlineData("private-room")]
    [InlineData("consent-form")]
    public void Each_of_these_can_be_ordered(string only) => Assert.Empty(Faults(json => Step(json)["only"] = only));

    [Theory]
    [InlineData("id", "Needs text.")]
    [InlineData("text", "Needs text.")]
    [InlineData("tick", "Needs true or false.")]
    public void A_field_of_another_kind_is_told_with_its_place(string field, string detail) =>
        Assert.Equal([($"/stages/bring/steps/0/{field}", detail)], Faults(json => Step(json)[field] = 1));

    [Theory]
    [InlineData("Bring your medicine.")]
    [InlineData("MEDICATION list")]
    [InlineData("medicamentos")]
    [InlineData("su medicina")]
    [InlineData("Insulin pump")]
    public void Whatever_is_said_about_medicines_needs_its_sentence_beside_it(string text)
    {
        Assert.Equal([("/stages/bring/steps/0/text", "Whatever is said about medicines needs this sentence beside it: " + NeverStop)], Faults(json => Step(json)["text"] = text));
        Assert.Equal(
            [("/stages/bring/steps/0/text", "Whatever is said about medicines needs this sentence beside it: " + NuncaDeje)],
            Faults(json => Step(json)["text"] = $"{text} {NeverStop}", SmsLanguage.Spanish));
        Assert.Empty(Faults(json => Step(json)["text"] = $"{text} {NeverStop}"));
        Assert.Empty(Faults(json => Step(json)["text"] = $"{NuncaDeje} {text}", SmsLanguage.Spanish));
    }

    [Theory]
    [InlineData("{foods}", "{foods} is not a known placeholder.")]
    [InlineData("{Food}", "{Food} is not a known placeholder.")]
    [InlineData("Until {food} or {}", "{} is not a known placeholder.")]
    [InlineData("{ water }", "{ water } is not a known placeholder.")]
    public void An_unknown_placeholder_is_a_fault(string text, string detail) =>
        Assert.Equal([("/stages/bring/steps/0/text", detail)], Faults(json => Step(json)["text"] = text));

    [Fact]
    public void Each_unknown_placeholder_is_told() => Assert.Equal(2, Faults(json => Step(json)["text"] = "{a} {food} {b}").Count);

    [Fact]
    public void All_known_placeholders_may_stand_in_one_text() => Assert.Empty(Faults(json => Step(json)["text"] = "{food} {heavy} {water} {infusion} {observe} {stay}"));

    [Theory]
    [InlineData("No alcohol.")]
    [InlineData("From {alcohol} on nothing.")]
    public void Whoever_must_not_stop_drinking_at_once_never_reads_of_alcohol(string text)
    {
        Assert.Equal("/stages/bring/steps/0/text", Assert.Single(Faults(json => Step(json)["text"] = text)).Path);
        Assert.Empty(Faults(json =>
        {
            Step(json)["text"] = text;
            Step(json)["only"] = "unless-alcohol-is-planned";
        }));
    }

    private static List<string> Outline(PreparationGuide guide) => [.. guide.Stages.SelectMany(s => s.Steps.Select(p => $"{s.Id} {p.Id} {p.CanBeTicked} {p.Only}"))];

    private static JsonNode Step(JsonNode json) => json["stages"]!["bring"]!["steps"]![0]!;

    private static ReadOnlyMemory<byte> Document(SmsLanguage language) => SmallClinic.Document(language == SmsLanguage.Spanish ? "preparation.es.json" : "preparation.en.json");

    private static List<(string Path, string Detail)> Faults(Action<JsonNode> change, SmsLanguage language = SmsLanguage.English)
    {
        var json = JsonNode.Parse(Document(language).Span)!;
        change(json);
        return Read(Encoding.UTF8.GetBytes(json.ToJsonString()), language).Faults;
    }

    private static (PreparationGuide Guide, List<(string Path, string Detail)> Faults) Read(ReadOnlyMemory<byte> json, SmsLanguage language)
    {
        var faults = new FaultList();
        var guide = PreparationGuideReader.Read(DocumentReader.Root("preparation.json", json, faults), language);
        return (guide, [.. faults.All.Select((ProtocolFault f) => (f.Path, f.Detail))]);
    }
}
