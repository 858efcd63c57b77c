using System.Globalization;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Screenings.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Web.Labs;

/// <summary>The filters of the list of flags. An unknown or misspelt one is refused: a list that quietly shows everything, or nothing, would be read as the answer.</summary>
internal sealed class LabFlagQuery
{
    private const int DefaultLimit = 50;

    private static readonly string[] Names = ["status", "test", "visitDate", "visitFrom", "visitTo", "limit", "after"];

    private readonly List<FieldFault> faults = [];
    private readonly IQueryCollection query;

    private LabFlagQuery(IQueryCollection query) => this.query = query;

    /// <summary>Faults point at /query/{name}.</summary>
    public static (LabFlagFilter Filter, IReadOnlyList<FieldFault> Faults) Read(IQueryCollection query)
    {
        var reading = new LabFlagQuery(query);
        return (reading.Read(), reading.faults);
    }

    private LabFlagFilter Read()
    {
        foreach (var name in query.Keys.Where(k => !Names.Contains(k, StringComparer.Ordinal)))
        {
            var pointer = JsonPointer.IsNameable(name) ? JsonPointer.Append("/query", name) : "/query";
            faults.Add(new FieldFault(pointer, "is not a filter of this list: " + string.Join(", ", Names)));
        }

        var (from, to, on) = (Day("visitFrom"), Day("visitTo"), Day("visitDate"));
        return new LabFlagFilter(Status(), Test(), on ?? from, on ?? to, Limit(), After());
    }

    private bool? Status() => One("status") switch
    {
        null => null,
        "open" => true,
        "closed" => false,
        _ => Fault<bool?>("status", "must be open or closed", null),
    };

    private string? Test() =>
        One("test") is not { } test || LabTests.All.Contains(test, StringComparer.Ordinal) ? One("test") : Fault<string?>("test", "must be one of " + string.Join(", ", LabTests.All), null);

    private LocalDate? Day(string name) =>
        One(name) is not { } text ? null
        : LocalDatePattern.Iso.Parse(text) is { Success: true } day ? day.Value
        : Fault<LocalDate?>(name, "must be a date, YYYY-MM-DD", null);

    private int Limit() =>
        One("limit") is not { } text ? DefaultLimit
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LabFlagFilter.MaximumLimit ? limit
        : Fault("limit", $"must be a whole number from 1 to {LabFlagFilter.MaximumLimit}", DefaultLimit);

    private string? After() =>
        One("after") is { } cursor && LabFlagCursor.TryParse(cursor) is null ? Fault<string?>("after", "must be the \"next\" of an earlier page", null) : One("after");

    private string? One(string name)
    {
        var values = query.TryGetValue(name, out var found) ? found : StringValues.Empty;
        return values.Count > 1 ? Fault<string?>(name, "stands here twice", null) : values.Count == 0 ? null : values[0] ?? "";
    }

    private T Fault<T>(string name, string detail, T instead)
    {
        var fault = new FieldFault("/query/" + name, detail);
        if (!faults.Contains(fault))
        {
            faults.Add(fault);
        }

        return instead;
    }
}
