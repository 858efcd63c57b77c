using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>What travels with a text and comes back in its delivery report: the ids by which its reminder is found.</summary>
internal static class DeliveryTag
{
    public static string Of(Reminder reminder) => $"{reminder.PatientId}.{reminder.Id}";

    /// <summary>The reminder's row key, or null for a tag that is not ours.</summary>
    public static string? KeyOf(string? tag) =>
        tag?.Split('.') is [var patient, var reminder] && RowId.IsValid(patient) && RowId.IsValid(reminder) ? Rows.Reminder(patient, reminder) : null;
}
