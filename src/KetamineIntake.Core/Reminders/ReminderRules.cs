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
    ReminderTimes Times);

/// <param name="PerDay">On one day of the patient's calendar.</param>
/// <param name="PerSevenDays">In any 168 hours or seven days of the patient's calendar, whichever is longer.</param>
public sealed record TextCaps(int PerDay, int PerSevenDays);

/// <summary>The clinic's local times of the plan.</summary>
/// <param name="WeekBeforeDays">Before the day of the visit.</param>
/// <param name="DayOfHours">Elapsed hours before the visit.</param>
/// <param name="DayOfMargin">Minutes that must be left until the water cut-off; with less the day-before text stands alone.</param>
public sealed record ReminderTimes(int WeekBeforeDays, LocalTime WeekBeforeAt, LocalTime DayBeforeAt, int DayOfHours, int DayOfMargin, LocalTime EveningAfterAt);
