using System.Globalization;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Screenings.Reading;
using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Problems;

/// <summary>Which page of a list without filters: limit and after. Anything else is refused, as in the other lists. Faults point at /query/{name}.</summary>
internal static class PageQuery
{
    private const int DefaultLimit = 100;

    public static (int Limit, string? After, IReadOnlyList<FieldFault> Faults) Read(IQueryCollection query, RowRange list, int most)
    {
        var faults = query.Keys.Where(k => k is not ("limit" or "after"))
            .Select(k => new FieldFault(JsonPointer.IsNameable(k) ? JsonPointer.Append("/query", k) : "/query", "is not a filter of this list: limit, after")).ToList();
        var limit = DefaultLimit;
        if (query.TryGetValue("limit", out var limits)
            && !(limits is [{ } text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1 && limit <= most))
        {
            faults.Add(new FieldFault("/query/limit", $"must be a whole number from 1 to {most}"));
        }

        string? after = null;
        if (query.TryGetValue("after", out var cursors))
        {
            after = cursors is [{ } cursor] && RowCursor.TryParse(cursor, list) is not null ? cursor : null;
            faults.AddRange(after is null ? [new FieldFault("/query/after", "must be the \"next\" of an earlier page")] : []);
        }

        return (limit, after, faults);
    }
}
