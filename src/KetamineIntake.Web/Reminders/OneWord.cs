using System.Text.Json;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Web.Reminders;

/// <summary>Reads a body that says one thing in one of a few words.</summary>
internal static class OneWord
{
    /// <param name="what">What the body is, for whoever sent another member.</param>
    /// <returns>Null with the faults added when it is anything else.</returns>
    public static string? Read(JsonElement root, string name, IReadOnlyCollection<string> words, string what, List<FieldFault> faults)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new FieldFault("", "must be an object"));
            return null;
        }

        var members = JsonValues.Members(root, "", faults).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        faults.AddRange(members.Keys.Where(k => k != name).Select(k => new FieldFault(JsonPointer.Append("", k), $"is not part of {what}")));
        var word = members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (word is null || !words.Contains(word, StringComparer.Ordinal))
        {
            faults.Add(new FieldFault("/" + name, "must be one of " + string.Join(", ", words)));
        }

        return faults.Count > 0 ? null : word;
    }
}
