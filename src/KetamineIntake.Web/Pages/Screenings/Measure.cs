using System.Globalization;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>
/// A weight or height, asked in both systems at once: which box is filled says which unit is meant, so that 170 typed by an American is not 170 kg. Stored and sent in kg and cm.
/// </summary>
internal static class Measure
{
    private const decimal KilogramsPerPound = UnitValue.KilogramsPerPound;
    private const decimal CentimetersPerInch = UnitValue.CentimetersPerInch;
    private const int InchesPerFoot = 12;

    public static bool IsWeight(QuestionnaireItem item) => item is { Type: ItemType.Decimal, Unit: "kg" };

    public static bool IsHeight(QuestionnaireItem item) => item is { Type: ItemType.Decimal, Unit: "cm" };

    public static bool Is(QuestionnaireItem item) => IsWeight(item) || IsHeight(item);

    /// <summary>"170 lb (77.1 kg)", "5 ft 7 in (170.2 cm)".</summary>
    public static string Words(QuestionnaireItem item, decimal value)
    {
        var metric = $"{One(value)} {item.Unit}";
        var (feet, inches) = FeetAndInches(value);
        return IsWeight(item) ? $"{Pounds(value)} lb ({metric})" : $"{feet} ft {inches} in ({metric})";
    }

    /// <summary>The customary boxes as somebody would have filled them for this value; the metric one stays empty, or the two could come to differ.</summary>
    public static IEnumerable<(string Name, string Value)> Fields(QuestionnaireItem item, decimal value)
    {
        var (feet, inches) = FeetAndInches(value);
        return IsWeight(item)
            ? [(FieldName.Pounds(item.LinkId), Pounds(value))]
            : [(FieldName.Feet(item.LinkId), feet), (FieldName.Inches(item.LinkId), inches)];
    }

    /// <summary>Whether both stand in the boxes alike: sending a page again changes no stored answer by rounding.</summary>
    public static bool LooksAlike(QuestionnaireItem item, Answer? one, Answer? other) =>
        one is Answer.Number first && other is Answer.Number second && Fields(item, first.Value).SequenceEqual(Fields(item, second.Value));

    public static ItemReading Read(QuestionnaireItem item, FormFields fields, LocalDate today)
    {
        var metric = ItemCheck.Parse(item, new RawValue.Typed(fields.Text(item.LinkId)), today);
        var customary = Customary(item, fields, today);
        if (metric.Fault is not null || customary.Fault is not null)
        {
            return ItemReading.Faulty(Boxes(item).Select(box => DecimalComma.Ask(fields.Text(box))).FirstOrDefault(asked => asked is not null) ?? Range(item));
        }

        return (metric.Answer, customary.Answer) switch
        {
            (null, _) => customary,
            (_, null) => metric,
            _ when LooksAlike(item, metric.Answer, customary.Answer) => metric,
            _ => ItemReading.Faulty(new FaultWords("measure.twoBoxes")),
        };
    }

    private static string[] Boxes(QuestionnaireItem item) =>
        [item.LinkId, FieldName.Pounds(item.LinkId), FieldName.Feet(item.LinkId), FieldName.Inches(item.LinkId)];

    private static ItemReading Customary(QuestionnaireItem item, FormFields fields, LocalDate today)
    {
        if (IsWeight(item))
        {
            return In(item, fields.Text(FieldName.Pounds(item.LinkId)), KilogramsPerPound, today);
        }

        // Feet alone, inches alone, or both.
        var (feet, inches) = (fields.Text(FieldName.Feet(item.LinkId)).Trim(), fields.Text(FieldName.Inches(item.LinkId)).Trim());
        if (feet.Length == 0)
        {
            return In(item, inches, CentimetersPerInch, today);
        }

        var isWhole = int.TryParse(feet, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole < 10;
        var rest = 0m;
        return isWhole && (inches.Length == 0 || decimal.TryParse(inches, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rest)) && rest < InchesPerFoot
            ? In(item, AnswerWords.Plain((whole * InchesPerFoot) + rest), CentimetersPerInch, today)
            : ItemReading.Faulty("no feet and inches");
    }

    /// <summary>The typed number in the item's own unit, to two decimals, within the item's range.</summary>
    private static ItemReading In(QuestionnaireItem item, string typed, decimal factor, LocalDate today)
    {
        var widest = item with { Minimum = 0, Maximum = item.Maximum / factor };
        var reading = ItemCheck.Parse(widest, new RawValue.Typed(typed), today);
        return reading.Answer is Answer.Number number
            ? ItemCheck.Parse(item, new RawValue.Number(Math.Round(number.Value * factor, 2)), today)
            : reading;
    }

    private static FaultWords Range(QuestionnaireItem item) =>
        new("measure.range", ("least", Words(item, item.Minimum!.Value)), ("most", Words(item, item.Maximum!.Value)));

    private static string Pounds(decimal kilograms) => One(kilograms / KilogramsPerPound);

    private static (string Feet, string Inches) FeetAndInches(decimal centimeters)
    {
        var inches = Math.Round(centimeters / CentimetersPerInch, 1);
        return (((int)inches / InchesPerFoot).ToString(CultureInfo.InvariantCulture), AnswerWords.Plain(inches % InchesPerFoot));
    }

    private static string One(decimal value) => AnswerWords.Plain(Math.Round(value, 1));
}
