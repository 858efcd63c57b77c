using System.Globalization;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings.Reading;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Reminders;

/// <summary>Which page of the notes: limit and after. Anything else is refused, as in the other lists. Faults point at /query/{name}.</summary>
internal static class NoteQuery
{
    private const int DefaultLimit = 100;

    public static (int Limit, string? After, IReadOnlyList<FieldFault> Faults) Read(IQueryCollection query)
    {
        var faults = query.Keys.Where(k => k is not ("limit" or "after"))
            .Select(k => new FieldFault(JsonPointer.IsNameable(k) ? JsonPointer.Append("/query", k) : "/query", "is not a filter of this list: limit, after")).ToList();
        var limit = DefaultLimit;
        if (query.TryGetValue("limit", out var limits)
            && !(limits is [{ } text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= StaffNotes.MaximumLimit))
        {
            faults.Add(new FieldFault("/query/limit", $"must be a whole number from 1 to {StaffNotes.MaximumLimit}"));
        }

        string? after = null;
        if (query.TryGetValue("after", out var cursors))
        {
            after = cursors is [{ } cursor] && NoteCursor.TryParse(cursor) is not null ? cursor : null;
            faults.AddRange(after is null ? [new FieldFault("/query/after", "must be the \"next\" of an earlier page")] : []);
        }

        return (limit, after, faults);
    }
}
