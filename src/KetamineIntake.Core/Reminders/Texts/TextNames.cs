using KetamineIntake.Core.Appointments;

namespace KetamineIntake.Core.Reminders.Texts;

/// <summary>What decides between the texts of one kind.</summary>
/// <param name="CallsFirst">The patient's fasting must be planned by a clinician and no plan is on file: no text names fasting times.</param>
/// <param name="PlansAlcohol">Drinking is among what has to be planned, whether or not a plan is on file.</param>
/// <param name="IsTold">The patient has had a text that says how to stop texts.</param>
public readonly record struct TextChoice(bool CallsFirst, bool PlansAlcohol = false, bool IsTold = false)
{
    /// <summary>Booked too late for a week-before text.</summary>
    public bool IsBookedLate { get; init; }

    /// <summary>"No alcohol" comes too late.</summary>
    public bool IsPastAlcoholCutOff { get; init; }
}

/// <summary>Which of the protocol's texts a reminder is.</summary>
public static class TextNames
{
    public static string Of(ReminderTemplate template, AppointmentKind kind, TextChoice choice) => template switch
    {
        ReminderTemplate.Booked => Booked(choice),
        ReminderTemplate.CallFirst => SmsTextNames.WeekBefore + SmsTextNames.CallFirst,
        ReminderTemplate.WeekBefore => WeekBefore(choice),
        ReminderTemplate.DayBefore or ReminderTemplate.DayOf => ReminderWords.Of(template) + (choice.CallsFirst ? SmsTextNames.CallFirst : ""),
        ReminderTemplate.EveningAfter => ReminderWords.Of(template) + (choice.PlansAlcohol ? SmsTextNames.NoAlcoholWords : ""),
        ReminderTemplate.Moved or ReminderTemplate.Cancelled when kind != AppointmentKind.Infusion => ReminderWords.Of(template) + SmsTextNames.Plain,
        ReminderTemplate.MovedSoon when choice.CallsFirst => SmsTextNames.Moved,
        _ => ReminderWords.Of(template),
    };

    // A late booking says what the week-before text would have said, and to whoever knows how to stop texts nothing but that.
    private static string Booked(TextChoice choice) => choice switch
    {
        { IsBookedLate: false } => SmsTextNames.Booked,
        { IsTold: true, CallsFirst: true } => WeekBefore(choice),
        { CallsFirst: true } => SmsTextNames.Booked + SmsTextNames.CallFirst,
        { IsPastAlcoholCutOff: true } => SmsTextNames.Booked,
        { IsTold: true } => WeekBefore(choice),
        { PlansAlcohol: true } => SmsTextNames.Booked,
        _ => SmsTextNames.BookedSoon,
    };

    private static string WeekBefore(TextChoice choice) => SmsTextNames.WeekBefore + choice switch
    {
        { CallsFirst: true } => SmsTextNames.CallFirst,
        { PlansAlcohol: true } => SmsTextNames.NoAlcoholWords,
        _ => "",
    };
}
