using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Who the patient is, from a page's fields. Null with any error: half a name is nobody to call.</summary>
internal sealed record IdentityReading(PatientDetails? Patient, IReadOnlyList<FieldError> Errors);

internal static class IdentityReader
{
    public static IdentityReading Read(QuestionnaireItem section, FormFields fields, LocalDate today)
    {
        var items = Enablement.Inside(section).Where(i => i.Identity).ToDictionary(i => i.LinkId, StringComparer.Ordinal);
        var typed = items.Values.ToDictionary(i => PatientReader.FieldOfItem[i.LinkId], RawValue (i) => FieldReader.Typed(i, fields), StringComparer.Ordinal);
        var linkIds = PatientReader.FieldOfItem.ToDictionary(f => f.Value, f => f.Key, StringComparer.Ordinal);
        var reading = PatientReader.Read(typed, name => linkIds[name], today);
        var order = items.Keys.ToList();
        return new IdentityReading(reading.Patient, [.. reading.Faults.OrderBy(f => order.IndexOf(f.Pointer)).Select(f => Error(items[f.Pointer], f))]);
    }

    private static FieldError Error(QuestionnaireItem item, FieldFault fault) =>
        new(item.LinkId, FieldName.FocusId(item), fault.Words ?? new("choice.one"));
}
