using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>A day of collection, or why there is none.</summary>
/// <param name="Member">The member to blame.</param>
internal readonly record struct FhirDate(LocalDate? Day, string? Member, string? Fault, bool IsPartial)
{
    public static FhirDate Faulty(string member, string fault) => new(null, member, fault, false);
}

/// <summary>When a specimen was taken or an ECG written. <c>issued</c> is never asked: a report may be weeks younger than its blood.</summary>
internal static class FhirDates
{
    private static readonly OffsetDateTimePattern[] Instants =
    [
        OffsetDateTimePattern.ExtendedIso,
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<Z+HH:mm>"),
    ];

    // Nearer to either end of time an offset and a zone lead out of it: "9999-12-31T23:59:59-05:00" stands for no time at all.
    private static readonly LocalDate FirstDay = LocalDate.MinIsoValue.PlusDays(3);
    private static readonly LocalDate LastDay = LocalDate.MaxIsoValue.PlusDays(-3);

    private static readonly LocalDateTimePattern[] LocalTimes =
        [LocalDateTimePattern.ExtendedIso, LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm")];

    /// <summary>
    /// The earlier of effective and specimen collection, so that a date of receipt passed off as effective cannot make a result younger. The start of a
    /// period; the first day that a partial date can mean; an instant's day in the clinic's zone.
    /// </summary>
    /// <param name="specimens">Of several the oldest counts.</param>
    public static FhirDate Of(JsonElement resource, IReadOnlyList<FhirNode> specimens, DateTimeZone zone)
    {
        var effective = Effective(resource, "effective", zone);
        var collected = specimens
            .Select(s => s.Json.Member("collection") is { } collection ? Effective(collection, "collected", zone) : null)
            .Where(c => c is not null).OrderBy(c => c!.Value.Day ?? LocalDate.MaxIsoValue).FirstOrDefault();
        if (effective is not { } own)
        {
            return collected ?? FhirDate.Faulty("", "has no effective date: an unknown date is a missing result");
        }

        return own.Day is { } first && collected?.Day is { } second && second < first ? collected.Value : own;
    }

    public static Instant? InstantOf(JsonElement? element, string name) =>
        element.Text(name) is { } text && ParseInstant(text) is { } instant ? instant : null;

    private static FhirDate? Effective(JsonElement element, string prefix, DateTimeZone zone)
    {
        foreach (var member in (string[])["DateTime", "Instant"])
        {
            if (element.Member(prefix + member) is not null)
            {
                return Parse(element.Text(prefix + member), prefix + member, zone);
            }
        }

        if (element.Member(prefix + "Period") is { } period)
        {
            var member = prefix + "Period/start";
            return period.Member("start") is null
                ? FhirDate.Faulty(prefix + "Period", "has no start: an unknown date is a missing result")
                : Parse(period.Text("start"), member, zone);
        }

        return element.Member(prefix + "Timing") is null ? null : FhirDate.Faulty(prefix + "Timing", "is a plan, not a date of collection");
    }

    private static FhirDate Parse(string? text, string member, DateTimeZone zone)
    {
        if (text is null || text.Length < 4)
        {
            return FhirDate.Faulty(member, "is no date");
        }

        if (ParseInstant(text) is { } instant)
        {
            return new FhirDate(instant.InZone(zone).Date, member, null, false);
        }

        return ParseDay(text) is var (day, isPartial) ? new FhirDate(day, member, null, isPartial) : FhirDate.Faulty(member, "is no date");
    }

    private static Instant? ParseInstant(string text)
    {
        foreach (var pattern in Instants)
        {
            if (pattern.Parse(text) is { Success: true } parsed && parsed.Value.Date > FirstDay && parsed.Value.Date < LastDay)
            {
                return parsed.Value.ToInstant();
            }
        }

        return null;
    }

    private static (LocalDate Day, bool IsPartial)? ParseDay(string text)
    {
        // A time without an offset is not FHIR, but laboratories send it; its day is the day at the place of collection.
        foreach (var pattern in LocalTimes)
        {
            if (pattern.Parse(text) is { Success: true } parsed)
            {
                return (parsed.Value.Date, false);
            }
        }

        var padded = text.Length switch { 4 => text + "-01-01", 7 => text + "-01", _ => text };
        return LocalDatePattern.Iso.Parse(padded) is { Success: true } day ? (day.Value, text.Length < 10) : null;
    }
}
