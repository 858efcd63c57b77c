using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>A plan in the making: what was taken first has its place under the caps.</summary>
internal sealed class PlanUnderCaps(PlanInput input)
{
    private const int DaysToTry = 8;
    private static readonly Duration Minute = Duration.FromMinutes(1);

    private readonly CapLedger caps = new(input.Rules.Caps.AsTold(input.Past), input.PatientZone, input.Past.Select(p => p.SentAt).OfType<Instant>());
    private readonly HashSet<string> known = input.Past.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
    private readonly List<PlannedReminder> taken = [];

    public IReadOnlyList<PlannedReminder> InOrder => [.. taken.OrderBy(r => r.SendAt).ThenBy(r => !ReminderWords.TellsHowToStop(r.Template)).ThenBy(r => r.Template).ThenBy(r => r.Id, StringComparer.Ordinal)];

    public PlannedReminder? Find(Appointment visit, ReminderTemplate template) => taken.Find(r => r.Template == template && r.Visit?.Id == visit.Id);

    public void Replace(PlannedReminder old, PlannedReminder reminder) => taken[taken.IndexOf(old)] = reminder;

    /// <summary>What went or was given up before is not planned again, nor what is planned already.</summary>
    public void TakeAll(IEnumerable<PlannedReminder> reminders)
    {
        foreach (var reminder in reminders)
        {
            if (known.Add(reminder.Id))
            {
                taken.Add(reminder.IsDropped ? reminder : UnderCaps(reminder));
            }
        }
    }

    private PlannedReminder UnderCaps(PlannedReminder reminder)
    {
        if (ReminderWords.MayExceedCaps(reminder.Template))
        {
            caps.Add(reminder.SendAt);
            return reminder;
        }

        if (caps.TryAdd(reminder.SendAt) is not { } full)
        {
            return reminder;
        }

        if (ReminderWords.TellsHowToStop(reminder.Template) && LaterDay(reminder) is { } later)
        {
            return reminder with { SendAt = later, Why = $"{reminder.Why}; waits: {full}" };
        }

        // A text that goes whatever the caps say may stand in its way only because it goes first.
        return reminder.Template == ReminderTemplate.DayBefore && Earlier(reminder) is { } earlier
            ? reminder with { SendAt = earlier, Why = $"{reminder.Why}; earlier than that, so that it stands before another text of the day" }
            : reminder with { IsDropped = true, Why = $"{reminder.Why}; not sent: {full}, and other texts matter more" };
    }

    // It names no time that passes, and whoever has not been told how to stop texts must be.
    private Instant? LaterDay(PlannedReminder reminder) => Enumerable.Range(1, DaysToTry)
        .Select(days => DateOf(reminder.SendAt).PlusDays(days).AtStartOfDayInZone(input.PatientZone).ToInstant())
        .Select(day => (Instant?)input.Rules.Window.NextInside(day, input.PatientZone))
        .FirstOrDefault(at => at < reminder.ActionableBy && caps.TryAdd(at.Value) is null);

    private Instant? Earlier(PlannedReminder reminder) => taken
        .Where(r => !r.IsDropped && ReminderWords.MayExceedCaps(r.Template) && r.SendAt <= reminder.SendAt)
        .Select(r => r.SendAt - Minute)
        .Where(at => at >= input.Now && input.Rules.Window.Contains(at, input.PatientZone) && DateOf(at) == DateOf(reminder.SendAt))
        .OrderDescending()
        .Select(at => (Instant?)at)
        .FirstOrDefault(at => caps.TryAdd(at!.Value) is null);

    private LocalDate DateOf(Instant instant) => instant.InZone(input.PatientZone).Date;
}
