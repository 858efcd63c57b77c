using System.Text.Json;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Protocols.Loading;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>One element of an item's "answer": a value[x], or the reason why there is none.</summary>
internal static class FhirAnswer
{
    internal const string DataAbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    private static readonly Dictionary<string, JsonValueKind> Types = new(StringComparer.Ordinal)
    {
        ["valueCoding"] = JsonValueKind.Object,
        ["valueInteger"] = JsonValueKind.Number,
        ["valueDecimal"] = JsonValueKind.Number,
        ["valueDate"] = JsonValueKind.String,
        ["valueString"] = JsonValueKind.String,
        ["valueQuantity"] = JsonValueKind.Object,
        ["valueBoolean"] = JsonValueKind.True,
    };

    /// <summary>The value as the checks understand it; null when it is unreadable and named in the faults.</summary>
    public static RawValue? Read(QuestionnaireItem question, JsonElement answer, string pointer, List<FieldFault> faults, FhirItems items)
    {
        if (FhirElement.Members(answer, pointer, faults, ["id", "extension", "item", .. Types.Keys]) is not { } members)
        {
            return null;
        }

        if (members.TryGetValue("item", out var nested))
        {
            items.Collect(nested, JsonPointer.Append(pointer, "item"));
        }

        if (members.TryGetValue("extension", out var extensions) && IsConfirmed(extensions))
        {
            items.Confirmed.Add(question.LinkId);
        }

        // A value with a reason why there is none contradicts itself: "no, and I do not know" is not a no.
        var values = members.Where(m => Types.ContainsKey(m.Key)).ToList();
        var value = (values, AbsentReasons(members)) switch
        {
            ([], var reasons) => AbsentValue(reasons),
            ([var only], []) when Takes(question).Contains(only.Key, StringComparer.Ordinal) => ValueOf(question, only.Key, only.Value, pointer, faults),
            _ => null,
        };
        if (value is null)
        {
            faults.Add(new FieldFault(pointer, Expected(question)));
        }

        if (value is not null && values is [{ Key: "valueCoding", Value: var coding }] && CodingCheck.Fault(question, coding, items.Words) is var (member, detail))
        {
            faults.Add(new FieldFault(JsonPointer.Append(JsonPointer.Append(pointer, "valueCoding"), member), detail));
            return null;
        }

        return value;
    }

    /// <summary>Renderers differ: some send a yes/no choice as a boolean and a point of a scale as a number, and neither can be misread.</summary>
    private static string[] Takes(QuestionnaireItem question) => question.Type switch
    {
        ItemType.Choice => ["valueCoding", "valueBoolean", "valueInteger", "valueDecimal"],
        ItemType.Integer or ItemType.Decimal when question.UnitCode is not null => ["valueInteger", "valueDecimal", "valueQuantity"],
        ItemType.Integer or ItemType.Decimal => ["valueInteger", "valueDecimal"],
        ItemType.Date => ["valueDate"],
        ItemType.Text when question.Codes.Count > 0 => ["valueString", "valueCoding"],
        ItemType.Text => ["valueString"],
        _ => [],
    };

    private static string Expected(QuestionnaireItem question) => Takes(question) is { Length: > 0 } values
        ? $"must hold exactly one of {string.Join(", ", values)}, or the data-absent-reason asked-unknown"
        : ItemCheck.Heading;

    private static RawValue? ValueOf(QuestionnaireItem question, string name, JsonElement value, string pointer, List<FieldFault> faults)
    {
        var kind = value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
        return kind != Types[name] ? null
            : name == "valueCoding" ? CodeOf(question, value, JsonPointer.Append(pointer, name), faults)
            : name == "valueQuantity" ? FhirQuantity.Read(question, value, JsonPointer.Append(pointer, name), faults)
            : JsonValues.Of(value);
    }

    private static RawValue? CodeOf(QuestionnaireItem question, JsonElement coding, string pointer, List<FieldFault> faults)
    {
        var members = FhirElement.Members(coding, pointer, faults, "id", "extension", "system", "version", "code", "display", "userSelected");
        if (members is null || TextOf(members, "code") is not { } code)
        {
            // Renderers write what was typed into an open choice as words without a code.
            return question.Type == ItemType.Text && members is not null && TextOf(members, "display") is { } words ? new RawValue.Word(words) : null;
        }

        var same = question.Codes.FirstOrDefault(c => c.SameAs is { } other && other == (TextOf(members, "system"), code));
        return new RawValue.Code(same?.Code ?? code);
    }

    private static string? TextOf(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsConfirmed(JsonElement extensions) => extensions.ValueKind == JsonValueKind.Array && extensions.EnumerateArray().Any(e =>
        e.ValueKind == JsonValueKind.Object
        && e.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String && url.GetString() == FhirTerms.Confirmed
        && e.TryGetProperty("valueBoolean", out var yes) && yes.ValueKind == JsonValueKind.True);

    /// <summary>The extension may stand on the answer or on the missing value itself.</summary>
    private static List<string> AbsentReasons(Dictionary<string, JsonElement> members) =>
        [.. members.Select(ExtensionOf).Where(e => e.ValueKind == JsonValueKind.Array).SelectMany(e => e.EnumerateArray()).Select(ReasonOf).OfType<string>()];

    private static JsonElement ExtensionOf(KeyValuePair<string, JsonElement> member) => member switch
    {
        { Key: "extension" } => member.Value,
        { Key: ['_', ..], Value.ValueKind: JsonValueKind.Object } when member.Value.TryGetProperty("extension", out var inner) => inner,
        _ => default,
    };

    private static RawValue? AbsentValue(List<string> reasons) => reasons switch
    {
        ["asked-unknown"] => new RawValue.AskedUnknown(),
        ["asked-declined"] => new RawValue.Code("declined"),
        _ => null,
    };

    private static string? ReasonOf(JsonElement extension) =>
        extension.ValueKind == JsonValueKind.Object
        && extension.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String && url.GetString() == DataAbsentReason
        && extension.TryGetProperty("valueCode", out var code) && code.ValueKind == JsonValueKind.String
            ? code.GetString()
            : null;
}

/// <summary>Members of a FHIR element, those we know and no others.</summary>
internal static class FhirElement
{
    /// <summary>
    /// The members by name; null (and a fault) when the element is no object. Anything outside <paramref name="known"/> is a fault, modifierExtension
    /// above all: FHIR forbids to go on without understanding it.
    /// </summary>
    public static Dictionary<string, JsonElement>? Members(JsonElement element, string pointer, List<FieldFault> faults, params string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new FieldFault(pointer, "must be an object"));
            return null;
        }

        var members = JsonValues.Members(element, pointer, faults).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        faults.AddRange(members.Keys.Where(n => !known.Contains(n, StringComparer.Ordinal) && !(n[0] == '_' && known.Contains(n[1..], StringComparer.Ordinal)))
            .Select(n => new FieldFault(JsonPointer.Append(pointer, n), "is not understood here")));
        return members;
    }
}
