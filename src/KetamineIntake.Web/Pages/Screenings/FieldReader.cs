using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Reads one item's answer from the fields of a form: the check that every door shares, with its faults in a patient's words.</summary>
internal static class FieldReader
{
    /// <param name="today">The clinic's day: no date may lie after it.</param>
    public static ItemReading Read(QuestionnaireItem item, FormFields fields, LocalDate today)
    {
        if (Measure.Is(item))
        {
            return Measure.Read(item, fields, today);
        }

        var typed = Typed(item, fields);
        if (Unsure(item, fields) && typed.Values.Any(v => !string.IsNullOrWhiteSpace(v)))
        {
            return ItemReading.Faulty(new FaultWords("choice.unsureToo"));
        }

        var reading = ItemCheck.Parse(item, Unsure(item, fields) ? new RawValue.Typed(FieldName.NotSure) : typed, today);
        return reading.Fault is null ? reading : ItemReading.Faulty(FieldFaults.Words(item, fields, today));
    }

    /// <summary>What stands in the item's field or fields, as one value.</summary>
    public static RawValue.Typed Typed(QuestionnaireItem item, FormFields fields) => item switch
    {
        { Type: ItemType.Date } => new RawValue.Typed(DateFieldsText.Join(item, fields)),
        { Repeats: true } => new RawValue.Typed([.. fields.All(item.LinkId).Distinct(StringComparer.Ordinal)]),
        _ => new RawValue.Typed(fields.Text(item.LinkId)),
    };

    private static bool Unsure(QuestionnaireItem item, FormFields fields) =>
        Widgets.OffersUnsure(item) && fields.Text(FieldName.Unsure(item.LinkId)).Length > 0;
}

/// <summary>The three fields of a question about a date.</summary>
internal static class DateFieldsText
{
    public static string Join(QuestionnaireItem item, FormFields fields) => TypedDateParts.Join(
        fields.Text(FieldName.Year(item.LinkId)), fields.Text(FieldName.Month(item.LinkId)), fields.Text(FieldName.Day(item.LinkId)));
}
