using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>What to do about a field that could not be read, in words for the person who filled it in.</summary>
internal static class FieldFaults
{
    public static FaultWords Words(QuestionnaireItem item, FormFields fields, LocalDate today) => item.Type switch
    {
        ItemType.Choice when item.Repeats && fields.All(item.LinkId).Count > 1 => new("choice.alone"),
        ItemType.Choice => new("choice.one"),
        ItemType.Integer or ItemType.Decimal => DecimalComma.Ask(fields.Text(item.LinkId)) ?? NumberCheck.Words(item),
        ItemType.Date => TypedDate.Read(DateFieldsText.Join(item, fields), today).Fault is { } fault ? TypedDate.Words(fault) : new("date.enter"),
        _ => TextCheck.Words(item, fields.Text(item.LinkId)),
    };
}
