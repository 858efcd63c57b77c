using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Which flags, from where in the list.</summary>
/// <param name="Open">Null: open and closed.</param>
/// <param name="VisitFrom">Inclusive. With either end given, flags without a visit are left out.</param>
/// <param name="VisitTo">Inclusive.</param>
/// <param name="Limit">1 to <see cref="MaximumLimit"/>.</param>
public sealed record LabFlagFilter(bool? Open, string? Test, LocalDate? VisitFrom, LocalDate? VisitTo, int Limit, string? After)
{
    public const int MaximumLimit = 200;

    public bool Admits(LabFlagSummary flag) =>
        (Test is null || Test == flag.Test)
        && (VisitFrom is null || flag.VisitOn >= VisitFrom)
        && (VisitTo is null || flag.VisitOn <= VisitTo);

    internal RowRange Range => Open switch { true => Rows.LabFlagsOpen, false => Rows.LabFlagsClosed, null => Rows.LabFlags };
}

/// <summary>A page of the clinic's list.</summary>
/// <param name="Items">In the order of the list; <see cref="LabFlagFilter.Limit"/> at most.</param>
/// <param name="Next">Cursor of the next page; null when this is the last.</param>
public sealed record LabFlagPage(IReadOnlyList<LabFlagSummary> Items, string? Next);

/// <summary>Where a page of the list ended, as an opaque text that carries no patient data.</summary>
public static class LabFlagCursor
{
    public static string Of(string key) => RowCursor.Of(key);

    /// <summary>The key to go on behind, or null when the text is no cursor.</summary>
    public static string? TryParse(string cursor) => RowCursor.TryParse(cursor, Rows.LabFlags);
}

/// <summary>The clinic's list of flags: open before closed, the nearest visit first.</summary>
public sealed class ListLabFlags(IClock clock)
{
    /// <exception cref="ArgumentException">The filter's cursor is none.</exception>
    public async Task<LabFlagPage> RunAsync(ClinicContext clinic, LabFlagFilter filter, StaffMember by, CancellationToken cancellation)
    {
        var range = filter.Range;
        if (filter.After is { } after)
        {
            var key = LabFlagCursor.TryParse(after) ?? throw new ArgumentException("Not a cursor.", nameof(filter));
            range = string.CompareOrdinal(key, range.From) > 0 ? range.After(key) : range;
        }

        await Audit.ReadAsync(clinic.Records, new AuditEntry(clock.GetCurrentInstant(), by.Id, "lab-flags.list", "labflags"), cancellation);
        var items = new List<LabFlagSummary>();
        string? last = null;
        await foreach (var row in clinic.Records.ListAsync(range, cancellation))
        {
            var flag = RecordJson.Read<LabFlagSummary>(row);
            if (!filter.Admits(flag))
            {
                continue;
            }

            if (items.Count == filter.Limit)
            {
                return new LabFlagPage(items, LabFlagCursor.Of(last!));
            }

            items.Add(flag);
            last = row.Key;
        }

        return new LabFlagPage(items, null);
    }
}
