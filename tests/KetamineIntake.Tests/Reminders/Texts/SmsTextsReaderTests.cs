using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Tests.Reminders.Texts;

public class SmsTextsReaderTests
{
    [Theory]
    [InlineData("texts.sms.en.json", SmsLanguage.English)]
    [InlineData("texts.sms.es.json", SmsLanguage.Spanish)]
    public void The_shipped_texts_have_no_fault(string document, SmsLanguage language) =>
        Assert.Empty(SmsTextsReader.Read(SmallClinic.Document(document), language, SmallClinic.Revealing).Faults);

    [Fact]
    public void Every_fault_is_reported_at_once_with_its_place()
    {
        var faults = Faults(json =>
        {
            json["extra"] = 1;
            json["language"] = "fr";
            var texts = json["texts"]!.AsObject();
            texts.Remove("help");
            texts["unheard-of"] = "x";
            texts["stop"] = 7;
            texts["start"] = "{a} {food}";
            texts["labs"] = "{a}: {nonsense}";
            texts["day-of"] = "{a}: {";
            texts["week-before"] = new string('x', 161);
            texts["day-before"] = "{a}: día";
            texts["check-in"] = "{a}: your ketamine visit";
        });

        Assert.Equal(
            [
                "/extra", "/language", "/texts", "/texts/check-in", "/texts/day-before", "/texts/day-of", "/texts/labs", "/texts/start", "/texts/stop", "/texts/unheard-of", "/texts/week-before",
            ],
            faults.Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{a}: {nonsense}", "{nonsense} is not a known placeholder.")]
    [InlineData("{a}: {", "A brace belongs to no placeholder.")]
    [InlineData("{a}: día", "í is not in the GSM alphabet, so the text would cost twice as much.")]
    [InlineData("{a}: your ketamine visit", "\"ketamine\" gives away what the visit is for.")]
    public void A_fault_is_told_in_words(string text, string detail) =>
        Assert.Equal(detail, Assert.Single(Faults(json => json["texts"]!["labs"] = text)).Detail);

    [Theory]
    [InlineData(160 - 16, 0)]
    [InlineData(161 - 16, 1)]
    public void A_text_is_measured_with_the_longest_alias(int letters, int faults) =>
        Assert.Equal(faults, Faults(json => json["texts"]!["labs"] = "{a}" + new string('x', letters)).Count);

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{\"language\":\"en\",\"texts\":[]}")]
    [InlineData("{\"language\":\"en\"")]
    [InlineData("")]
    public void A_document_of_another_shape_is_a_fault(string json)
    {
        var (texts, faults) = SmsTextsReader.Read(Encoding.UTF8.GetBytes(json), SmsLanguage.English, SmallClinic.Revealing);

        Assert.Null(texts);
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void The_same_name_twice_is_a_fault()
    {
        var json = Encoding.UTF8.GetString(SmallClinic.Document("texts.sms.en.json").Span).Replace("\"texts\": {", "\"texts\": { \"help\": \"{a}\",", StringComparison.Ordinal);

        Assert.Equal("The key stands here twice.", Assert.Single(SmsTextsReader.Read(Encoding.UTF8.GetBytes(json), SmsLanguage.English, SmallClinic.Revealing).Faults).Detail);
    }

    [Fact]
    public void Texts_of_the_other_language_are_refused() =>
        Assert.Equal("/language", Assert.Single(SmsTextsReader.Read(SmallClinic.Document("texts.sms.en.json"), SmsLanguage.Spanish, SmallClinic.Revealing).Faults).Path);

    [Theory]
    [InlineData("infusion")]
    [InlineData("Infusión")]
    [InlineData("infusiones")]
    [InlineData("KETAMINA")]
    [InlineData("esketamine")]
    [InlineData("your IV")]
    [InlineData("depression")]
    [InlineData("depresión")]
    [InlineData("PTSD")]
    [InlineData("psychiatry")]
    [InlineData("psiquiatría")]
    [InlineData("treatment")]
    [InlineData("tratamiento")]
    [InlineData("therapy")]
    [InlineData("anxiety")]
    [InlineData("ansiedad")]
    [InlineData("mental health")]
    [InlineData("your meds")]
    [InlineData("medicine")]
    [InlineData("medicamento")]
    [InlineData("insulin")]
    [InlineData("diabetes")]
    [InlineData("benzodiazepine")]
    [InlineData("EKG")]
    [InlineData("blood")]
    [InlineData("pain")]
    [InlineData("clinic")]
    public void Words_that_give_the_visit_away_are_found(string text) => Assert.NotEmpty(SmallClinic.Revealing.In($"Your {text} is tomorrow"));

    [Theory]
    [InlineData("give 4 rides")]
    [InlineData("five")]
    [InlineData("painting")]
    [InlineData("paint")]
    [InlineData("ivy")]
    [InlineData("visit tomorrow, ride home, no food, no alcohol, bring ID, emergency, crisis")]
    public void Ordinary_words_are_not(string text) => Assert.Empty(SmallClinic.Revealing.In(text));

    [Theory]
    [InlineData("Northside Care", true)]
    [InlineData("WWWWWWWWWWWWWWWW", true)]
    [InlineData("WWWWWWWWWWWWWWWWW", false)]
    [InlineData("", false)]
    [InlineData(" Care", false)]
    [InlineData("Care\n1", false)]
    [InlineData("Care [1]", false)]
    [InlineData("Día", false)]
    [InlineData("Northside Pain", false)]
    [InlineData("Ketamine NYC", false)]
    public void An_alias_is_short_plain_and_says_nothing(string alias, bool usable) => Assert.Equal(usable, TextLint.IsUsableAlias(alias, SmallClinic.Revealing));

    private static IReadOnlyList<KetamineIntake.Core.Protocols.ProtocolFault> Faults(Action<JsonNode> change)
    {
        var json = JsonNode.Parse(SmallClinic.Document("texts.sms.en.json").Span)!;
        change(json);
        return SmsTextsReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), SmsLanguage.English, SmallClinic.Revealing).Faults;
    }
}
