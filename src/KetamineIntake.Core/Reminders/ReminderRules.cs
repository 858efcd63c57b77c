using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>The protocol's reminder plan: what a patient has to do by when, and when a text says so.</summary>
/// <param name="SolidsHours">No food from so many hours before the visit on; 4 to 12.</param>
/// <param name="ClearLiquidsHours">No water from so many hours before the visit on; 1 to 8, never more than for food.</param>
/// <param name="AlcoholBeforeHours">24 to 96.</param>
/// <param name="AlcoholAfterHours">24 to 96.</param>
/// <param name="Caps">How many texts a patient gets at most.</param>
public sealed record ReminderRules(
    string Version,
    int SolidsHours,
    int ClearLiquidsHours,
    int AlcoholBeforeHours,
    int AlcoholAfterHours,
    VisitRules Visits,
    TextWindow Window,
    TextCaps Caps,
    ReminderTimes Times)
{
    /// <summary>No fatty or heavy meal from so many hours before the visit on; never fewer than for food.</summary>
    public int HeavyMealHours { get; init; } = SolidsHours;

    /// <summary>How long a text that may ask for no more texts waits.</summary>
    public required DoubtTimes Doubts { get; init; }
}

/// <param name="AskedWithin">Later than this nobody who may want no more texts is asked; at most five minutes (47 CFR 64.1200(a)(12)).</param>
/// <param name="BusinessDayEnds">Where a clinic's hours do not say when its day ends.</param>
public sealed record DoubtTimes(Duration AskedWithin, LocalTime BusinessDayEnds);

/// <param name="PerDay">On one day of the patient's calendar.</param>
/// <param name="PerSevenDays">In any 168 hours or seven days of the patient's calendar, whichever is longer.</param>
public sealed record TextCaps(int PerDay, int PerSevenDays)
{
    // What every text said that told how to stop texts, before texts kept the number that they said.
    private const int SaidBefore = 6;

    /// <summary>Nobody gets more than they were told.</summary>
    /// <param name="past">The patient's texts.</param>
    public TextCaps AsTold(IEnumerable<PastReminder> past) =>
        past.Where(p => p.SentAt is not null && ReminderWords.TellsHowToStop(p.Template) && (p.MostPerWeek is not null || p.Template == ReminderTemplate.OptIn)).MaxBy(p => p.SentAt) is { } last
            ? this with { PerSevenDays = Math.Min(PerSevenDays, last.MostPerWeek ?? SaidBefore) }
            : this;
}

/// <summary>The clinic's local times of the plan.</summary>
/// <param name="WeekBeforeDays">Before the day of the visit.</param>
/// <param name="DayOfHours">Elapsed hours before the visit.</param>
/// <param name="DayOfMargin">Minutes that must be left until the water cut-off; with less the day-before text stands alone.</param>
/// <param name="EveningAfterLatest">The text about the evening goes at the latest then, whenever the visit ends.</param>
public sealed record ReminderTimes(int WeekBeforeDays, LocalTime WeekBeforeAt, LocalTime DayBeforeAt, int DayOfHours, int DayOfMargin, LocalTime EveningAfterLatest)
{
    /// <summary>A visit booked so many days ahead or fewer gets no week-before text: the text about the booking says it.</summary>
    public int BookedLateDays { get; init; } = 8;

    /// <summary>After the booked end.</summary>
    public int EveningAfterMinutes { get; init; } = 30;

    /// <summary>After the last change of a visit: whoever changes it once more, or back, within that time texts once or not at all.</summary>
    public int ChangeMinutes { get; init; } = 2;

    /// <summary>A missing test is texted about only when it blocks a visit that is so near; before that the page says it.</summary>
    public int LabsDays { get; init; } = 3;
}
