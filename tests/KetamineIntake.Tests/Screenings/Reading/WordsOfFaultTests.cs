using System.Globalization;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Screenings.Reading;

/// <summary>A fault says, to the word, what would be right.</summary>
public sealed class WordsOfFaultTests
{
    private const string YesNo = "must be one of \"yes\", \"no\", \"not-sure\"";
    private const string Scale = "must be one of the numbers 0, 1, 2, 3, or \"not-sure\"";
    private const string Codes = "must be one of \"benzodiazepine\", \"opioid\", \"none\"; or [\"none\"] or [\"not-sure\"] alone";
    private const string Date = "must be a real date, YYYY, YYYY-MM or YYYY-MM-DD, from 1900 and not in the future, or \"not-sure\"";

    public static TheoryData<string, RawValue, string> Wrong => new()
    {
        { "psy.schiz", new RawValue.Word("maybe"), YesNo },
        { "psy.schiz", new RawValue.Typed("maybe"), YesNo },
        { "psy.schiz", new RawValue.Typed(["yes", "no"]), YesNo },
        { "psy.schiz", new RawValue.Typed(["", "yes"]), YesNo },
        { "psy.schiz", new RawValue.Sequence([]), YesNo },
        { "psy.schiz", new RawValue.Null(), "null is not an answer; leave an unanswered question out" },
        { "psy", new RawValue.Word("yes"), "is a heading, not a question" },
        { "psy.intro", new RawValue.Typed(""), "is a heading, not a question" },
        { "phq9.9", new RawValue.Number(4), Scale },
        { "phq9.9", new RawValue.Number(null), Scale },
        { "phq9.9", new RawValue.Word("2"), Scale },
        { "phq9.9", new RawValue.Code("4"), Scale },
        { "phq9.9", new RawValue.Flag(false), Scale },
        { "med.classes", new RawValue.Word("opioid"), "must be an array of codes" },
        { "med.classes", new RawValue.Flag(true), "must be an array of codes" },
        { "med.classes", new RawValue.Sequence([new RawValue.Word("opioid"), new RawValue.Number(1)]), "must be an array of codes" },
        { "med.classes", new RawValue.Typed(["opioid", "magic"]), Codes },
        { "med.classes", new RawValue.Typed(["magic"]), Codes },
        { "med.classes", new RawValue.Typed(["Opioid"]), Codes },
        { "med.classes", new RawValue.Typed(["opioid", "opioid"]), "names a code twice" },
        { "med.classes", new RawValue.Typed(["none", "none"]), "names a code twice" },
        { "med.classes", new RawValue.Typed(["none", "opioid"]), "\"none\" and \"not-sure\" stand alone: with another code they contradict it" },
        { "med.classes", new RawValue.Typed(["opioid", "not-sure"]), "\"none\" and \"not-sure\" stand alone: with another code they contradict it" },
        { "med.classes", new RawValue.Typed(["not-sure", "none"]), "\"none\" and \"not-sure\" stand alone: with another code they contradict it" },
        { "psy.psychosisLast", new RawValue.Word(""), Date + ". The year is missing." },
        { "psy.psychosisLast", new RawValue.Number(2020), Date },
        { "psy.psychosisLast", new RawValue.Word("1899-12-31"), Date + ". This date is before 1900." },
        { "psy.psychosisLast", new RawValue.Word("1899"), Date + ". This date is before 1900." },
        { "cv.bpSys", new RawValue.Word("120"), "must be a whole number from 60 to 260 mmHg, or \"not-sure\"" },
        { "med.list", new RawValue.AskedUnknown(), "must be text of 1 to 200 characters without control characters; leave an unanswered question out" },
        { "med.list", new RawValue.Code("x"), "must be text of 1 to 200 characters without control characters; leave an unanswered question out" },
        { "med.list", new RawValue.Typed(["a", "b"]), "must be text of 1 to 200 characters without control characters; leave an unanswered question out" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_fault_says_what_would_be_right(string linkId, RawValue raw, string detail) =>
        Assert.Equal(ItemReading.Faulty(detail), Parse(Item(linkId), raw));

    [Theory]
    [InlineData(ItemType.Integer, null, null, null, "a whole number")]
    [InlineData(ItemType.Decimal, null, null, null, "a number")]
    [InlineData(ItemType.Integer, 1.0, null, null, "a whole number of at least 1")]
    [InlineData(ItemType.Decimal, null, 1234.5, null, "a number of at most 1234.5")]
    [InlineData(ItemType.Decimal, 0.5, 1234.5, null, "a number from 0.5 to 1234.5")]
    [InlineData(ItemType.Decimal, -0.5, null, null, "a number of at least -0.5")]
    [InlineData(ItemType.Decimal, null, null, "kg", "a number kg")]
    [InlineData(ItemType.Integer, 60.0, 260.0, "mmHg", "a whole number from 60 to 260 mmHg")]
    public void A_number_is_described_by_kind_range_and_unit_on_any_machine(ItemType type, double? minimum, double? maximum, string? unit, string words)
    {
        var item = Item("cv.bpSys") with { Type = type, Minimum = (decimal?)minimum, Maximum = (decimal?)maximum, Unit = unit };
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Cultures.CommaForPoint;
        try
        {
            Assert.Equal($"must be {words}, or \"not-sure\"", Parse(item, new RawValue.Word("many")).Fault);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(59.999, false)]
    [InlineData(60, true)]
    [InlineData(60.5, false)]
    [InlineData(260, true)]
    [InlineData(260.001, false)]
    [InlineData(261, false)]
    public void The_ends_of_a_range_belong_to_it(double value, bool isRight) =>
        Assert.Equal(isRight, Parse(Item("cv.bpSys"), new RawValue.Number((decimal)value)).Answer is not null);

    [Theory]
    [InlineData(-1000000, true)]
    [InlineData(1000000, true)]
    public void A_range_that_is_open_has_no_end(double value, bool isRight)
    {
        var item = Item("dem.weightKg") with { Minimum = null, Maximum = null };

        Assert.Equal(isRight, Parse(item, new RawValue.Number((decimal)value)).Answer is not null);
    }

    [Theory]
    [InlineData("72", "72")]
    [InlineData("72.0", "72")]
    [InlineData("72.50", "72.5")]
    [InlineData("72.500000000000000000000000", "72.5")]
    public void A_number_keeps_no_zeros_that_say_nothing(string typed, string kept)
    {
        var number = Assert.IsType<Answer.Number>(Parse(Item("dem.weightKg"), new RawValue.Typed(typed)).Answer);

        Assert.Equal(kept, number.Value.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_typed_number_is_read_alike_on_any_machine()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Cultures.CommaForPoint;
        try
        {
            Assert.Equal(new Answer.Number(72.5m), Parse(Item("dem.weightKg"), new RawValue.Typed("72.5")).Answer);
            Assert.Null(Parse(Item("dem.weightKg"), new RawValue.Typed("72,5")).Answer);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_kind_of_question_that_nobody_can_check_is_a_bug()
    {
        var bug = Assert.Throws<InvalidOperationException>(() => Parse(Item("cv.bpSys") with { Type = (ItemType)99 }, new RawValue.Number(1)));

        Assert.Equal("No check for item type 99.", bug.Message);
    }

    [Fact]
    public void A_box_that_was_not_ticked_is_an_empty_word()
    {
        Assert.Empty(new RawValue.Typed((string?)null).Values);
        Assert.Equal("", ItemCheck.WordOf(new RawValue.Typed([])));
        Assert.Equal("yes", ItemCheck.WordOf(new RawValue.Typed(" yes ")));
        Assert.Null(ItemCheck.WordOf(new RawValue.Typed(["yes", "yes"])));
        Assert.Null(ItemCheck.WordOf(new RawValue.Number(1)));
        Assert.Equal(ItemReading.Unanswered, Parse(Item("psy.schiz"), new RawValue.Typed(["", " "])));
        Assert.Equal(new Answer.Choices(["opioid"]), Parse(Item("med.classes"), new RawValue.Typed(["", " opioid "])).Answer);
    }

    private static QuestionnaireItem Item(string linkId) => TestProtocol.Questionnaire.Find(linkId)!;

    private static ItemReading Parse(QuestionnaireItem item, RawValue raw) => ItemCheck.Parse(item, raw, Sent.Today);
}
