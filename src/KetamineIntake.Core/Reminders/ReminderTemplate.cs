namespace KetamineIntake.Core.Reminders;

/// <summary>
/// The kinds of text that are planned. The order is the order of importance (domain 9): where a cap leaves no room, the later ones give way. Stored by name, so the order may change.
/// </summary>
public enum ReminderTemplate
{
    /// <summary>Who texts, how often, and how to stop. Planned by earlier versions only: now the text about the booking says it.</summary>
    OptIn,

    /// <summary>A visit has another time; what was said about food and water no longer holds.</summary>
    Moved,

    /// <summary>The same on the day before the new time or later: with its own times, in place of the day-before and the day-of text.</summary>
    MovedSoon,
    Cancelled,
    DayBefore,
    DayOf,
    EveningAfter,

    /// <summary>In place of the week-before text while a clinician has to plan food and drink with the patient.</summary>
    CallFirst,

    /// <summary>A visit or a series is booked; who texts, how often, and how to stop.</summary>
    Booked,
    Labs,
    WeekBefore,
    CheckIn,
}

/// <summary>The contract's permanent words.</summary>
public static class ReminderWords
{
    public static string Of(ReminderTemplate template) => template switch
    {
        ReminderTemplate.OptIn => "opt-in",
        ReminderTemplate.Moved => "moved",
        ReminderTemplate.MovedSoon => "moved-soon",
        ReminderTemplate.Cancelled => "cancelled",
        ReminderTemplate.DayBefore => "day-before",
        ReminderTemplate.DayOf => "day-of",
        ReminderTemplate.EveningAfter => "evening-after",
        ReminderTemplate.CallFirst => "call-first",
        ReminderTemplate.Booked => "booked",
        ReminderTemplate.Labs => "labs",
        ReminderTemplate.WeekBefore => "week-before",
        ReminderTemplate.CheckIn => "check-in",
        _ => throw new ArgumentOutOfRangeException(nameof(template)),
    };

    /// <summary>Says how texts end, so that nothing else goes before it.</summary>
    public static bool TellsHowToStop(ReminderTemplate template) => template is ReminderTemplate.OptIn or ReminderTemplate.Booked;

    /// <summary>Goes even over a cap, and counts (domain 9).</summary>
    public static bool MayExceedCaps(ReminderTemplate template) =>
        template is ReminderTemplate.Moved or ReminderTemplate.MovedSoon or ReminderTemplate.Cancelled or ReminderTemplate.EveningAfter;

    /// <summary>Asks the patient to answer C or R about its visit.</summary>
    public static bool Asks(ReminderTemplate template) =>
        template is ReminderTemplate.DayBefore or ReminderTemplate.Moved or ReminderTemplate.MovedSoon;

    /// <summary>Carries food, water and the way home: whoever has it is prepared.</summary>
    public static bool Prepares(ReminderTemplate template) => template is ReminderTemplate.DayBefore or ReminderTemplate.MovedSoon;
}
