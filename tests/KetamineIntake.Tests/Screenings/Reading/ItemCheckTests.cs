using System.Text.Json;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Screenings.Reading;

public sealed class ItemCheckTests
{
    private static readonly LocalDate Today = new(2026, 12, 1);

    [Theory]
    [InlineData("psy.schiz", "\"yes\"", "yes")]
    [InlineData("psy.schiz", "\"not-sure\"", "not-sure")]
    [InlineData("asq.1", "\"declined\"", "declined")]
    [InlineData("phq9.9", "3", "3")]
    [InlineData("phq9.9", "3.0", "3")]
    [InlineData("phq9.9", "\"not-sure\"", "not-sure")]
    [InlineData("dem.weightKg", "20", "20")]
    [InlineData("dem.weightKg", "350.0", "350")]
    [InlineData("dem.weightKg", "7.25e1", "72.5")]
    [InlineData("dem.weightKg", "\"not-sure\"", "not-sure")]
    [InlineData("cv.bpSys", "120.00", "120")]
    [InlineData("psy.psychosisLast", "\"2019\"", "2019")]
    [InlineData("psy.psychosisLast", "\"2026-12\"", "2026-12")]
    [InlineData("psy.psychosisLast", "\"2026-12-01\"", "2026-12-01")]
    [InlineData("psy.psychosisLast", "\"not-sure\"", "not-sure")]
    [InlineData("med.classes", "[\"opioid\",\"benzodiazepine\"]", "benzodiazepine,opioid")]
    [InlineData("med.classes", "[\"none\"]", "none")]
    [InlineData("med.classes", "[\"not-sure\"]", "not-sure")]
    [InlineData("med.list", "\" line one\\r\\nline two \"", "line one\nline two")]
    public void A_right_answer_is_taken(string linkId, string json, string expected)
    {
        var reading = Parse(linkId, FromJson(json));

        Assert.Null(reading.Fault);
        Assert.Equal(expected, AnswerText.Of(reading.Answer));
    }

    [Theory]
    [InlineData("psy.schiz", "\"declined\"")]
    [InlineData("psy.schiz", "\"\"")]
    [InlineData("psy.schiz", "1")]
    [InlineData("psy.schiz", "null")]
    [InlineData("psy.schiz", "[]")]
    [InlineData("phq9.9", "\"3\"")]
    [InlineData("phq9.9", "4")]
    [InlineData("phq9.9", "-0.5")]
    [InlineData("phq9.9", "null")]
    [InlineData("dem.weightKg", "19.99")]
    [InlineData("dem.weightKg", "350.01")]
    [InlineData("dem.weightKg", "\"72\"")]
    [InlineData("dem.weightKg", "1e30")]
    [InlineData("cv.bpSys", "120.5")]
    [InlineData("cv.bpSys", "true")]
    [InlineData("psy.psychosisLast", "2019")]
    [InlineData("psy.psychosisLast", "\"2026-12-02\"")]
    [InlineData("psy.psychosisLast", "\"2027\"")]
    [InlineData("psy.psychosisLast", "\"2019-02-29\"")]
    [InlineData("psy.psychosisLast", "\"2019-00\"")]
    [InlineData("psy.psychosisLast", "\"2019-1\"")]
    [InlineData("psy.psychosisLast", "\"2019-01-01T00:00:00\"")]
    [InlineData("psy.psychosisLast", "\"-019-01-01\"")]
    [InlineData("med.classes", "\"none\"")]
    [InlineData("med.classes", "[\"none\",\"opioid\"]")]
    [InlineData("med.classes", "[\"not-sure\",\"opioid\"]")]
    [InlineData("med.classes", "[\"opioid\",\"opioid\"]")]
    [InlineData("med.classes", "[[\"opioid\"]]")]
    [InlineData("med.classes", "[null]")]
    [InlineData("med.list", "\" \"")]
    [InlineData("med.list", "\"a\\u0007b\"")]
    [InlineData("med.list", "[\"a\"]")]
    [InlineData("psy", "\"yes\"")]
    [InlineData("psy.intro", "\"yes\"")]
    public void A_wrong_answer_is_a_fault_that_does_not_repeat_it(string linkId, string json)
    {
        var reading = Parse(linkId, FromJson(json));

        Assert.Null(reading.Answer);
        Assert.False(string.IsNullOrWhiteSpace(reading.Fault));
    }

    [Fact]
    public void An_empty_list_is_unanswered() => Assert.Equal(ItemReading.Unanswered, Parse("med.classes", FromJson("[]")));

    [Theory]
    [InlineData("psy.schiz", "no", "no")]
    [InlineData("phq9.9", "2", "2")]
    [InlineData("phq9.9", "not-sure", "not-sure")]
    [InlineData("dem.weightKg", " 72.5 ", "72.5")]
    [InlineData("cv.bpSys", "120", "120")]
    [InlineData("psy.psychosisLast", "2019-05", "2019-05")]
    [InlineData("med.classes", "opioid", "opioid")]
    [InlineData("med.list", "Aspirin", "Aspirin")]
    [InlineData("psy.schiz", "", null)]
    [InlineData("phq9.9", " ", null)]
    [InlineData("dem.weightKg", "", null)]
    [InlineData("psy.psychosisLast", "", null)]
    [InlineData("med.classes", "", null)]
    [InlineData("med.list", "  ", null)]
    public void A_form_field_is_read_as_typed_and_blank_is_unanswered(string linkId, string typed, string? expected)
    {
        var reading = Parse(linkId, new RawValue.Typed(typed));

        Assert.Null(reading.Fault);
        Assert.Equal(expected, AnswerText.Of(reading.Answer));
    }

    [Theory]
    [InlineData("phq9.9", "7")]
    [InlineData("dem.weightKg", "1,200")]
    [InlineData("dem.weightKg", "seventy")]
    [InlineData("dem.weightKg", "-72")]
    [InlineData("dem.weightKg", "7e1")]
    public void What_a_form_field_cannot_mean_is_a_fault(string linkId, string typed) =>
        Assert.NotNull(Parse(linkId, new RawValue.Typed(typed)).Fault);

    [Fact]
    public void Two_values_in_a_single_form_field_are_a_fault() =>
        Assert.NotNull(Parse("psy.schiz", new RawValue.Typed(["yes", "no"])).Fault);

    [Fact]
    public void Text_may_be_as_long_as_the_item_says()
    {
        Assert.NotNull(Parse("med.list", new RawValue.Word(new string('x', 200))).Answer);
        Assert.NotNull(Parse("med.list", new RawValue.Word(new string('x', 201))).Fault);
    }

    [Fact]
    public void A_fault_lists_what_would_be_right()
    {
        Assert.Equal("must be one of \"yes\", \"no\", \"not-sure\"", Parse("psy.schiz", new RawValue.Word("maybe")).Fault);
        Assert.Equal("must be a whole number from 60 to 260 mmHg, or \"not-sure\"", Parse("cv.bpSys", new RawValue.Number(1)).Fault);
        Assert.Equal("must be one of the numbers 0, 1, 2, 3, or \"not-sure\"", Parse("phq9.9", new RawValue.Number(9)).Fault);
    }

    private static ItemReading Parse(string linkId, RawValue raw) => ItemCheck.Parse(TestProtocol.Questionnaire.Find(linkId)!, raw, Today);

    private static RawValue FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonValues.Of(document.RootElement);
    }
}
