namespace KetamineIntake.Core.Reminders;

/// <summary>The kinds of text that are planned. The order is the order of importance: where a cap leaves no room, the later ones give way.</summary>
public enum ReminderTemplate
{
    /// <summary>Who texts, how often, and how to stop; once, with the first booking.</summary>
    OptIn,
    DayBefore,
    DayOf,
    Labs,
    EveningAfter,
    WeekBefore,
    CheckIn,
}

/// <summary>The contract's permanent words.</summary>
public static class ReminderWords
{
    public static string Of(ReminderTemplate template) => template switch
    {
        ReminderTemplate.OptIn => "opt-in",
        ReminderTemplate.DayBefore => "day-before",
        ReminderTemplate.DayOf => "day-of",
        ReminderTemplate.Labs => "labs",
        ReminderTemplate.EveningAfter => "evening-after",
        ReminderTemplate.WeekBefore => "week-before",
        _ => "check-in",
    };
}
