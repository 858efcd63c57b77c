using System.Text.Json;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>A valueQuantity: a number in a unit of UCUM, brought into the unit of its question.</summary>
internal static class FhirQuantity
{
    private const string Ucum = "http://unitsofmeasure.org";

    /// <summary>Null, and a fault, for a unit that is none of the question's, or a comparator: "less than 80 kg" is no weight.</summary>
    public static RawValue? Read(QuestionnaireItem question, JsonElement quantity, string pointer, List<FieldFault> faults)
    {
        if (FhirElement.Members(quantity, pointer, faults, "id", "extension", "value", "unit", "system", "code") is not { } members
            || members.GetValueOrDefault("value") is not { ValueKind: JsonValueKind.Number } number || !number.TryGetDecimal(out var value))
        {
            return null;
        }

        var isUcum = !members.TryGetValue("system", out var system) || (system.ValueKind == JsonValueKind.String && system.GetString() == Ucum);
        var unit = isUcum ? TextOf(members, "code") ?? TextOf(members, "unit") : null;
        if (unit is not null && UnitValue.In(question, value, unit) is { } converted)
        {
            return new RawValue.Number(converted);
        }

        faults.Add(new FieldFault(pointer, $"must be in one of the units {string.Join(", ", UnitValue.Of(question))} ({Ucum})"));
        return null;
    }

    private static string? TextOf(Dictionary<string, JsonElement> members, string name) =>
        members.GetValueOrDefault(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
