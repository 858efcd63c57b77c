using System.Globalization;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KetamineIntake.Web.Referrals;

/// <summary>
/// The filters of the list. An unknown or misspelt one is refused: a list that quietly shows everything, or nothing, would be read as the answer.
/// Faults point at /query/{name}.
/// </summary>
internal sealed class ReferralQuery
{
    private const int DefaultLimit = 50;
    private readonly List<FieldFault> faults = [];
    private readonly IQueryCollection query;

    private ReferralQuery(IQueryCollection query) => this.query = query;

    public static (ReferralFilter Filter, IReadOnlyList<FieldFault> Faults) Read(IQueryCollection query)
    {
        var reading = new ReferralQuery(query);
        return (reading.Read(), reading.faults);
    }

    private ReferralFilter Read()
    {
        foreach (var name in query.Keys.Where(k => k is not ("status" or "outcome" or "urgency" or "limit" or "after")))
        {
            var pointer = JsonPointer.IsNameable(name) ? JsonPointer.Append("/query", name) : "/query";
            faults.Add(new FieldFault(pointer, "is not a filter of this list: status, outcome, urgency, limit, after"));
        }

        return new ReferralFilter(
            Word<ReferralStatus>("status", Words.Of),
            Word<Outcome>("outcome", Words.Of),
            Word<Urgency>("urgency", Words.Of),
            Limit(),
            After());
    }

    private T? Word<T>(string name, Func<T, string> of)
        where T : struct, Enum
    {
        var text = One(name);
        var value = text is null ? null : Words.Parse(text, of);
        if (text is not null && value is null)
        {
            Fault(name, "must be one of " + string.Join(", ", Enum.GetValues<T>().Select(of)));
        }

        return value;
    }

    private int Limit()
    {
        if (One("limit") is not { } text)
        {
            return DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= ReferralFilter.MaximumLimit)
        {
            return limit;
        }

        Fault("limit", $"must be a whole number from 1 to {ReferralFilter.MaximumLimit}");
        return DefaultLimit;
    }

    private string? After()
    {
        var cursor = One("after");
        if (cursor is not null && ReferralCursor.TryParse(cursor) is null)
        {
            Fault("after", "must be the \"next\" of an earlier page");
        }

        return cursor;
    }

    private string? One(string name)
    {
        var values = query.TryGetValue(name, out var found) ? found : StringValues.Empty;
        if (values.Count > 1)
        {
            Fault(name, "stands here twice");
        }

        return values.Count == 0 ? null : values[0] ?? "";
    }

    private void Fault(string name, string detail) => faults.Add(new FieldFault("/query/" + name, detail));
}
