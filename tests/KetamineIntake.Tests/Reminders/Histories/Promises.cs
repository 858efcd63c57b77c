using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Histories;

/// <summary>What issue 4 promises about every text, judged from outside: by what arrived, when and to whom.</summary>
internal static class Promises
{
    private static readonly Duration Week = Duration.FromDays(7);

    /// <summary>Each broken promise as a sentence.</summary>
    public static async Task<IReadOnlyList<string>> BrokenByAsync(HistoryRun run, ClinicSetting clinic)
    {
        var reminders = run.Provider.Texts.Where(t => t.Reminder is not null).ToList();
        List<string> broken =
        [
            .. reminders.Where(t => !IsInHours(t, run, clinic)).Select(t => $"In quiet hours: {Show(t, run)}."),
            .. reminders.Where(t => !IsInTime(t, run, clinic)).Select(t => $"At or after its cut-off, or about a visit that is not so: {Show(t, run)}."),
            .. reminders.Where(t => !t.MayBeTexted).Select(t => $"To a number that opted out: {Show(t, run)}."),
            .. run.Provider.Texts.Where(t => SmsLength.Of(t.Text.Body).Segments != 1).Select(t => $"More than one segment: {t.Text.Body}"),
            .. reminders.GroupBy(t => t.Text.Tag).Where(g => g.Count() > 1 + run.Again.GetValueOrDefault(g.Key)).Select(g => $"Sent {g.Count()} times: {Show(g.Last(), run)}."),
            // A text that was reported as not delivered takes no place under the caps, whether it goes again or not.
            .. run.Patients.SelectMany(p => OverCaps(
                [.. reminders.Where(t => t.Reminder!.PatientId == p && !run.Undelivered.Contains(t.MessageId))], run.ZoneOf(p), clinic.Caps)),
            .. run.Patients.SelectMany(p => BeforeOptIn(run, p, reminders)),
            .. Answers(run),
        ];
        foreach (var patient in run.Patients)
        {
            broken.AddRange(Lost(run, patient, await run.Clinic.RemindersAsync(patient), reminders));
            broken.AddRange(Unprepared(run, patient, reminders, await run.Clinic.NotesAsync()));
        }

        return broken;
    }

    private static string Show(Sent sent, HistoryRun run) =>
        $"{sent.Reminder!.Template} at {sent.At.InZone(run.ZoneOf(sent.Reminder.PatientId)):uuuu-MM-dd ddd HH:mm o<g>}, visit {sent.Visit?.StartsAt.ToString() ?? "none"}, {sent.Reminder.Why}";

    private static bool IsInHours(Sent sent, HistoryRun run, ClinicSetting clinic)
    {
        var time = sent.At.InZone(run.ZoneOf(sent.Reminder!.PatientId)).TimeOfDay;
        return time >= clinic.Window.From && time < clinic.Window.Before && time.Hour is >= 9 and < 20;
    }

    // From the visit as the clinic knows it now: a text about an earlier time or a cancelled visit has no moment at all.
    private static bool IsInTime(Sent sent, HistoryRun run, ClinicSetting clinic)
    {
        var reminder = sent.Reminder!;
        var wanted = reminder.Template == ReminderTemplate.Cancelled ? AppointmentStatus.Cancelled : AppointmentStatus.Booked;
        if (sent.Visit is not { } visit || visit.Status != wanted || visit.Version != reminder.AppointmentVersion)
        {
            return false;
        }

        var zone = DateTimeZoneProviders.Tzdb[clinic.Zone];
        var day = visit.Start.Date;
        return reminder.Template switch
        {
            ReminderTemplate.Booked => sent.At < visit.StartsAt && (!reminder.Text.Contains("lcohol", StringComparison.Ordinal) || sent.At < visit.StartsAt - Duration.FromHours(clinic.AlcoholHours)),
            ReminderTemplate.Moved when visit.Kind == AppointmentKind.Infusion => sent.At < zone.AtStartOfDay(day.PlusDays(-1)).ToInstant(),
            ReminderTemplate.Moved => sent.At < visit.StartsAt,
            ReminderTemplate.MovedSoon => sent.At < visit.StartsAt - Duration.FromHours(clinic.SolidsHours),
            ReminderTemplate.Cancelled => sent.At < reminder.ActionableBy,
            ReminderTemplate.WeekBefore => sent.At < visit.StartsAt - Duration.FromHours(clinic.AlcoholHours),
            ReminderTemplate.DayBefore => sent.At < visit.StartsAt - Duration.FromHours(clinic.SolidsHours),
            ReminderTemplate.DayOf => sent.At < visit.StartsAt - Duration.FromHours(clinic.WaterHours),
            ReminderTemplate.Labs => sent.At < zone.AtStartOfDay(day).ToInstant(),
            ReminderTemplate.EveningAfter => sent.At >= visit.StartsAt && sent.At < zone.AtStartOfDay(day.PlusDays(1)).ToInstant(),
            _ => false,
        };
    }

    /// <summary>
    /// Nothing prepares for a visit before the text that says how to end texts has gone. One that is refused, or finds no room behind texts about moved visits, holds nothing back: a fast cannot wait for it. Where the last visit begins before
    /// any text may go, the evening text goes without. After an outage what is late goes by what matters most.
    /// </summary>
    private static IEnumerable<string> BeforeOptIn(HistoryRun run, string patient, IReadOnlyList<Sent> sent) => run.NothingFailed && run.IsCalm && run.NeverRefused(patient)
        && !sent.Any(t => t.Reminder!.PatientId == patient && t.Reminder.Template == ReminderTemplate.Booked && Says(t.Reminder, "are the most"))
        ? sent.Where(t => t.Reminder!.PatientId == patient).TakeWhile(t => !ReminderWords.TellsHowToStop(t.Reminder!.Template))
            .Where(t => t.Visit?.Kind == AppointmentKind.Infusion && t.Reminder!.Template is not (ReminderTemplate.EveningAfter or ReminderTemplate.Cancelled))
            .Select(t => $"Before the text that says how to stop texts: {Show(t, run)}.")
        : [];

    /// <summary>Nothing but texts about moved and cancelled visits and about the evening is ever one too many on a day or in seven days.</summary>
    private static IEnumerable<string> OverCaps(IReadOnlyList<Sent> sent, DateTimeZone zone, TextCaps caps)
    {
        for (var index = 0; index < sent.Count; index++)
        {
            var (text, before) = (sent[index], sent.Take(index).Select(s => s.At).ToList());
            if (text.Reminder!.Template is ReminderTemplate.Moved or ReminderTemplate.MovedSoon or ReminderTemplate.Cancelled or ReminderTemplate.EveningAfter)
            {
                continue;
            }

            if (before.Count(s => s.InZone(zone).Date == text.At.InZone(zone).Date) >= caps.PerDay)
            {
                yield return $"{text.Reminder.Template} is behind {caps.PerDay} others on its day, {text.At}.";
            }

            if (before.Count(s => text.At < Instant.Max(s + Week, s.InZone(zone).LocalDateTime.PlusDays(7).InZoneLeniently(zone).ToInstant())) >= caps.PerSevenDays)
            {
                yield return $"{text.Reminder.Template} is behind {caps.PerSevenDays} others in seven days, {text.At}.";
            }
        }
    }

    /// <summary>Whoever wrote gets at most one answer, to the number that asked, after it asked; a call for help always gets one.</summary>
    private static IEnumerable<string> Answers(HistoryRun run)
    {
        foreach (var number in run.Asked.Where(a => a.Wish == Wish.Answer).GroupBy(a => a.Number))
        {
            if (run.IsCalm && run.Provider.Texts.Count(t => t.Reminder is null && t.Text.To == number.Key) < number.Count())
            {
                yield return $"A call for help was not answered: {number.Key}.";
            }
        }

        foreach (var number in run.Provider.Texts.Where(t => t.Reminder is null).GroupBy(t => t.Text.To))
        {
            foreach (var (text, index) in number.Select((t, i) => (t, i)))
            {
                if (run.Asked.Count(a => a.Number == number.Key && a.At <= text.At) <= index)
                {
                    yield return $"An answer that nobody asked for: {text.Text.Body}";
                }
            }
        }
    }

    private static IEnumerable<string> Lost(HistoryRun run, string patient, IReadOnlyList<Reminder> stored, List<Sent> sent)
    {
        foreach (var gone in run.Promised.Where(p => p.Patient == patient && stored.All(r => r.Id != p.Reminder)))
        {
            yield return $"A reminder that was planned is not on record: {gone.Reminder}.";
        }

        foreach (var reminder in stored.Where(r => !IsAccountedFor(r, sent)))
        {
            yield return $"{reminder.Template} is {reminder.Status}, due {reminder.SendAt}: {reminder.Why}";
        }

        // Somebody who never refused texts has a text with food and water on record for every visit, whatever became of it.
        if (run.SettingOf(patient).Consents && run.NeverRefused(patient))
        {
            foreach (var visit in run.Visits.Where(v => v.PatientId == patient && v is { Kind: AppointmentKind.Infusion, Status: AppointmentStatus.Booked }))
            {
                if (!stored.Any(r => ReminderWords.Prepares(r.Template) && r.AppointmentId == visit.Id && (r.AppointmentVersion == visit.Version || r.VisitStart == visit.Start)))
                {
                    yield return $"Nothing is on record for the visit at {visit.StartsAt}.";
                }
            }
        }
    }

    /// <summary>However visits were moved and whatever the caps took: food and water reach the patient by text before the visit, or a person is asked to call; after an outage, as soon as anything is handled again.</summary>
    private static IEnumerable<string> Unprepared(HistoryRun run, string patient, IReadOnlyList<Sent> sent, IReadOnlyList<StaffNote> notes) =>
        run.Visits.Where(v => v.PatientId == patient && v is { Kind: AppointmentKind.Infusion, Status: AppointmentStatus.Booked })
            .Where(v => !sent.Any(t => t.Visit?.Id == v.Id && t.Visit.Version == v.Version && t.Reminder!.Template is ReminderTemplate.DayBefore or ReminderTemplate.MovedSoon or ReminderTemplate.DayOf))
            .Where(v => !notes.Any(n => (n.At < v.StartsAt || !run.IsCalm) && n.PatientIds.Contains(patient, StringComparer.Ordinal)))
            .Select(v => $"Nobody tells about food and water before {v.StartsAt.InZone(run.ZoneOf(patient))}, and nobody is asked to call.");

    private static bool IsAccountedFor(Reminder reminder, List<Sent> sent)
    {
        var times = sent.Count(t => t.Reminder!.Id == reminder.Id);
        return reminder.Status switch
        {
            ReminderStatus.Sent or ReminderStatus.Delivered => times > 0,
            ReminderStatus.Failed => Says(reminder, "failed (") || Says(reminder, "not sent: ") || Says(reminder, "given up: "),
            ReminderStatus.Dropped or ReminderStatus.Cancelled => Says(reminder, "not sent: "),
            _ => false,
        };
    }

    private static bool Says(Reminder reminder, string words) => reminder.Why.Contains(words, StringComparison.Ordinal);
}
