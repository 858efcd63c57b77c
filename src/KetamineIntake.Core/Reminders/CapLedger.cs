using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>
/// The texts that a patient gets, and whether one more fits under the caps. Texts that go whatever the caps say count all the same; what the caps bind is never behind so many others on a
/// day or in seven days, whichever of them goes first.
/// </summary>
public sealed class CapLedger(TextCaps caps, DateTimeZone patientZone, IEnumerable<Instant> texts)
{
    private readonly List<Text> texts = [.. texts.Select(t => new Text(t, true))];

    /// <summary>A text that goes in any case.</summary>
    public void Add(Instant text) => texts.Add(new Text(text, false));

    /// <summary>Takes the text and returns null, or says which cap leaves no room.</summary>
    public string? TryAdd(Instant text)
    {
        var added = new Text(text, true);

        // Of two at one moment the one that the caps bind may be handled last.
        List<Text> all = [.. texts.Append(added).OrderBy(t => t.At).ThenBy(t => t.IsBound)];
        for (var index = all.IndexOf(added); index < all.Count; index++)
        {
            if (all[index].IsBound && Full(all[index].At, all.Take(index)) is { } full)
            {
                return full;
            }
        }

        texts.Add(added);
        return null;
    }

    private string? Full(Instant text, IEnumerable<Text> before)
    {
        var earlier = before.Select(t => t.At).ToList();
        return earlier.Count(t => DateOf(t) == DateOf(text)) >= caps.PerDay ? $"{caps.PerDay} texts a day are the most"
            : earlier.Count(t => text < SevenDaysFrom(t)) >= caps.PerSevenDays ? $"{caps.PerSevenDays} texts in seven days are the most"
            : null;
    }

    // Where the clocks change, seven days of the calendar and 168 hours differ: both hold.
    private Instant SevenDaysFrom(Instant first) => Instant.Max(
        first + Duration.FromDays(7),
        first.InZone(patientZone).LocalDateTime.PlusDays(7).InZoneLeniently(patientZone).ToInstant());

    private LocalDate DateOf(Instant instant) => instant.InZone(patientZone).Date;

    private sealed class Text(Instant at, bool isBound)
    {
        public Instant At => at;

        public bool IsBound => isBound;
    }
}
