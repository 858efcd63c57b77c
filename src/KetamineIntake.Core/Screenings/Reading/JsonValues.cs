using System.Text.Json;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>JSON as sent, turned into values that the checks understand. Strings must hold whole Unicode characters.</summary>
public static class JsonValues
{
    public static RawValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new RawValue.Word(element.GetString()!),
        JsonValueKind.Number => new RawValue.Number(element.TryGetDecimal(out var value) ? value : null),
        JsonValueKind.True or JsonValueKind.False => new RawValue.Flag(element.GetBoolean()),
        JsonValueKind.Array => new RawValue.Sequence([.. element.EnumerateArray().Select(Of)]),
        JsonValueKind.Null => new RawValue.Null(),
        _ => new RawValue.Composite(),
    };

    /// <summary>The members of "answers". A boolean is no answer in JSON: the contract's words are "yes" and "no".</summary>
    public static IReadOnlyList<RawAnswer> Answers(JsonElement answers, string pointer, List<FieldFault> faults) =>
        [.. Members(answers, pointer, faults).Select(m => new RawAnswer(m.Name, JsonPointer.Append(pointer, m.Name), Strict(Of(m.Value))))];

    /// <summary>The members of an object, each name once; a repeated name or one too odd to repeat is a fault.</summary>
    public static IReadOnlyList<JsonProperty> Members(JsonElement element, string pointer, List<FieldFault> faults)
    {
        var members = new List<JsonProperty>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (!JsonPointer.IsNameable(member.Name))
            {
                faults.Add(new FieldFault(pointer, "has a member whose name is empty, too long, or holds control characters"));
            }
            else if (!names.Add(member.Name))
            {
                faults.Add(new FieldFault(JsonPointer.Append(pointer, member.Name), "stands here twice"));
            }
            else
            {
                members.Add(member);
            }
        }

        return members;
    }

    private static RawValue Strict(RawValue value) => value is RawValue.Flag ? new RawValue.Composite() : value;
}
