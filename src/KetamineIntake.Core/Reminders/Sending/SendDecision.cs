using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Sending;

/// <summary>What to do with a reminder whose message has arrived.</summary>
public abstract record SendDecision
{
    /// <summary>So often the provider is asked without an answer. A text may have gone each time, so a person takes over then.</summary>
    public const int MostUnanswered = 3;

    private SendDecision()
    {
    }

    public sealed record Send : SendDecision;

    /// <summary>Nothing to do: it is done, or another message will come for it.</summary>
    public sealed record Leave : SendDecision;

    /// <summary>Another handler may have it in hand: look again then.</summary>
    public sealed record LookAgain(Instant At) : SendDecision;

    /// <summary>Not now but then; the reason goes on record.</summary>
    public sealed record Wait(Instant Until, string Why) : SendDecision;

    /// <summary>Never; the reason goes on record.</summary>
    public sealed record Drop(ReminderStatus Status, string Why) : SendDecision
    {
        /// <summary>Its moment has passed, by a clock that may be ahead, and the provider never had it.</summary>
        public bool IsLate { get; init; }
    }

    /// <summary>Decides by what is stored now, not by what was true when the message was written: it may be old, late, or here for the second time.</summary>
    /// <param name="otherTexts">When the patient's other texts were sent, or handed to the provider.</param>
    /// <param name="mayBeTexted">Consent is recorded, and the protocol may be used.</param>
    public static SendDecision Of(
        Reminder reminder, IReadOnlyList<Appointment> appointments, bool mayBeTexted, IEnumerable<Instant> otherTexts, SendRules rules, Instant now)
    {
        switch (reminder.Status)
        {
            case ReminderStatus.Sending when reminder.SendingUntil > now:
                return new LookAgain(reminder.SendingUntil.Value);
            case ReminderStatus.Planned when reminder.SendAt > now:
            case not (ReminderStatus.Planned or ReminderStatus.Sending):
                return new Leave();
        }

        if (!ReminderChanges.IsCurrent(reminder, appointments))
        {
            return new Drop(ReminderStatus.Cancelled, "the visit was moved or cancelled");
        }

        if (!mayBeTexted)
        {
            return new Drop(ReminderStatus.Dropped, rules.NoTexts);
        }

        if (reminder.Status == ReminderStatus.Sending && reminder.Tries >= MostUnanswered)
        {
            return new Drop(ReminderStatus.Failed, $"no answer to {reminder.Tries} tries, each of which may have reached the patient");
        }

        return now < reminder.ActionableBy ? InTime(reminder, otherTexts, rules, now) : Late(reminder);
    }

    private static SendDecision InTime(Reminder reminder, IEnumerable<Instant> otherTexts, SendRules rules, Instant now)
    {
        var next = rules.Window.NextInside(Instant.Max(now, rules.PausedUntil ?? now), rules.PatientZone);
        if (next > now)
        {
            return next < reminder.ActionableBy
                ? new Wait(next, rules.PausedUntil > now ? "the sender is paused" : "late, and now quiet hours")
                : Late(reminder);
        }

        return ReminderWords.MayExceedCaps(reminder.Template) || Full(otherTexts, rules, now) is not { } full ? new Send() : Over(reminder, full, rules, now);
    }

    private static string? Full(IEnumerable<Instant> otherTexts, SendRules rules, Instant now)
    {
        var ledger = new CapLedger(rules.Caps, rules.PatientZone, otherTexts.Concat(rules.Reserved));
        foreach (var text in rules.GoesInAnyCase)
        {
            ledger.Add(text);
        }

        return ledger.TryAdd(now);
    }

    // Texts must not go on without the one that says how to end them, and it names no time that passes: where a cap leaves no room today, it goes on a later day.
    private static SendDecision Over(Reminder reminder, string full, SendRules rules, Instant now)
    {
        var tomorrow = rules.Window.NextInside(rules.PatientZone.AtStartOfDay(now.InZone(rules.PatientZone).Date.PlusDays(1)).ToInstant(), rules.PatientZone);
        return ReminderWords.TellsHowToStop(reminder.Template) && tomorrow < reminder.ActionableBy ? new Wait(tomorrow, full) : new Drop(ReminderStatus.Dropped, full);
    }

    // Tried before: the clinic must learn that the patient was not reached.
    private static Drop Late(Reminder reminder) => reminder.Tries > 0
        ? new Drop(ReminderStatus.Failed, "could not be sent before its moment passed")
        : new Drop(ReminderStatus.Dropped, "late: its moment has passed") { IsLate = true };
}

/// <param name="PausedUntil">Null: the sender is not paused.</param>
public sealed record SendRules(TextWindow Window, DateTimeZone PatientZone, TextCaps Caps, Instant? PausedUntil)
{
    /// <summary>What goes on record when the patient may not be texted.</summary>
    public string NoTexts { get; init; } = "no consent to texts";

    /// <summary>When planned texts go that matter more than this one: their place is kept free.</summary>
    public IReadOnlyList<Instant> Reserved { get; init; } = [];

    /// <summary>The same for texts that go whatever the caps say.</summary>
    public IReadOnlyList<Instant> GoesInAnyCase { get; init; } = [];
}
