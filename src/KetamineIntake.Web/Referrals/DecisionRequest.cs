using System.Text.Json;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Web.Referrals;

/// <summary>{"decision":"accept|decline|request-info|override","reason","note"?,"seen"?}</summary>
/// <param name="Seen">The member of that name of the referral as it was looked at; null when it is left out.</param>
internal sealed record DecisionRequest(DecisionKind Kind, string Reason, string? Note, string? Seen)
{
    private const int LongestSeen = 100;

    /// <summary>The request, or what is wrong with it.</summary>
    public static (DecisionRequest? Request, IReadOnlyList<FieldFault> Faults) Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, [new FieldFault("", "must be an object with \"decision\" and \"reason\"")]);
        }

        var faults = new List<FieldFault>();
        var members = JsonValues.Members(root, "", faults).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        faults.AddRange(members.Keys.Where(n => n is not ("decision" or "reason" or "note" or "seen"))
            .Select(n => new FieldFault(JsonPointer.Append("", n), "is not part of a decision")));
        var kind = Words.Parse<DecisionKind>(TextOf(members, "decision"), Words.Of);
        if (kind is null)
        {
            faults.Add(new FieldFault("/decision", "must be one of " + string.Join(", ", Enum.GetValues<DecisionKind>().Select(Words.Of))));
        }

        var reason = Plain(members, "reason", Decision.LongestReason, faults, isRequired: true);
        var note = Plain(members, "note", Decision.LongestNote, faults, isRequired: false);
        var seen = Plain(members, "seen", LongestSeen, faults, isRequired: false);
        return faults.Count > 0 ? (null, faults) : (new DecisionRequest(kind!.Value, reason!, note, seen), faults);
    }

    private static string? Plain(Dictionary<string, JsonElement> members, string name, int maximum, List<FieldFault> faults, bool isRequired)
    {
        if (!isRequired && (!members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null))
        {
            return null;
        }

        if (TextOf(members, name) is { } text && TextCheck.IsPlain(text, maximum))
        {
            return text.Trim();
        }

        faults.Add(new FieldFault("/" + name, $"must be text of 1 to {maximum} characters without control characters"));
        return null;
    }

    private static string? TextOf(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
