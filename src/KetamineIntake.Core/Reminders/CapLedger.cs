using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>The texts that a patient gets, and whether one more fits under the caps.</summary>
public sealed class CapLedger(TextCaps caps, DateTimeZone patientZone, IEnumerable<Instant> texts)
{
    private readonly List<Instant> texts = [.. texts];

    /// <summary>Takes the text and returns null, or says which cap leaves no room.</summary>
    public string? TryAdd(Instant text)
    {
        if (texts.Count(t => DateOf(t) == DateOf(text)) >= caps.PerDay)
        {
            return $"{caps.PerDay} texts a day are the most";
        }

        if (texts.Append(text).Any(first => first <= text && text < SevenDaysFrom(first) && CountIn(first, SevenDaysFrom(first)) >= caps.PerSevenDays))
        {
            return $"{caps.PerSevenDays} texts in seven days are the most";
        }

        texts.Add(text);
        return null;
    }

    private int CountIn(Instant from, Instant before) => texts.Count(t => from <= t && t < before);

    // Where the clocks change, seven days of the calendar and 168 hours differ: both hold.
    private Instant SevenDaysFrom(Instant first) => Instant.Max(
        first + Duration.FromDays(7),
        first.InZone(patientZone).LocalDateTime.PlusDays(7).InZoneLeniently(patientZone).ToInstant());

    private LocalDate DateOf(Instant instant) => instant.InZone(patientZone).Date;
}
