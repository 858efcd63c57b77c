using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings.Reading;

/// <summary>Which choices are points of a scale, and how each kind of value names one.</summary>
public sealed class ScaleChoiceTests
{
    private static readonly QuestionnaireItem Declinable = Item(new("0", "None", 0), new("1.5", "Some", 1.5m), new("declined", "I would rather not say", null));
    private static readonly QuestionnaireItem Graded = Item(new("mild", "Mild", 1), new("severe", "Severe", 2));
    private static readonly QuestionnaireItem Numbered = Item(new("1", "First", null), new("2", "Second", null));
    private static readonly QuestionnaireItem Mixed = Item(new("0", "None", 0), new("lots", "Lots", 9));

    [Fact]
    public void A_scale_has_at_least_one_code_that_is_a_number_with_a_value()
    {
        Assert.True(ChoiceCheck.IsScale(Declinable));
        Assert.True(ChoiceCheck.IsScale(Mixed));
        Assert.False(ChoiceCheck.IsScale(Graded));
        Assert.False(ChoiceCheck.IsScale(Numbered));
        Assert.False(ChoiceCheck.IsScale(Item()));
    }

    [Fact]
    public void A_point_of_a_scale_is_a_number_in_JSON_and_a_code_in_forms_and_FHIR()
    {
        var some = ItemReading.Of(new Answer.Number(1.5m));

        Assert.Equal(some, Parse(Declinable, new RawValue.Number(1.50m)));
        Assert.Equal(some, Parse(Declinable, new RawValue.Code("1.5")));
        Assert.Equal(some, Parse(Declinable, new RawValue.Typed("1.5")));
        Assert.Equal("must be one of the numbers 0, 1.5, or \"not-sure\"", Parse(Declinable, new RawValue.Word("1.5")).Fault);
        Assert.NotNull(Parse(Declinable, new RawValue.Code("1.50")).Fault);
    }

    [Fact]
    public void A_word_on_a_scale_stays_a_word()
    {
        var declined = ItemReading.Of(new Answer.Choice("declined"));

        Assert.Equal(declined, Parse(Declinable, new RawValue.Word("declined")));
        Assert.Equal(declined, Parse(Declinable, new RawValue.Code("declined")));
        Assert.Equal(declined, Parse(Declinable, new RawValue.Typed("declined")));
        Assert.Equal(ItemReading.Of(new Answer.Choice("lots")), Parse(Mixed, new RawValue.Word("lots")));
        Assert.Equal("must be one of the numbers 0, or \"not-sure\"", Parse(Mixed, new RawValue.Number(9)).Fault);
    }

    [Fact]
    public void Not_sure_is_an_answer_to_any_scale()
    {
        var unsure = ItemReading.Of(Answer.NotSure.Instance);

        Assert.All([new RawValue.Word("not-sure"), new RawValue.Code("not-sure"), new RawValue.Typed("not-sure"), new RawValue.AskedUnknown()],
            (RawValue raw) => Assert.Equal(unsure, Parse(Declinable, raw)));
        Assert.Equal(ItemReading.Unanswered, Parse(Declinable, new RawValue.Typed("")));
    }

    [Fact]
    public void A_choice_that_is_no_scale_takes_its_codes_as_they_are()
    {
        Assert.Equal(ItemReading.Of(new Answer.Choice("2")), Parse(Numbered, new RawValue.Word("2")));
        Assert.Equal("must be one of \"1\", \"2\"", Parse(Numbered, new RawValue.Number(2)).Fault);
        Assert.Equal(ItemReading.Of(new Answer.Choice("mild")), Parse(Graded, new RawValue.Word("mild")));
        Assert.Equal("must be one of \"mild\", \"severe\"", Parse(Graded, new RawValue.Number(1)).Fault);
        Assert.Equal("must be one of \"mild\", \"severe\"", Parse(Graded, new RawValue.AskedUnknown()).Fault);
    }

    private static QuestionnaireItem Item(params AnswerOption[] codes) => TestProtocol.Questionnaire.Find("psy.schiz")! with { Codes = codes };

    private static ItemReading Parse(QuestionnaireItem item, RawValue raw) => ItemCheck.Parse(item, raw, Sent.Today);
}
