using System.Globalization;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Reminders;
using NodaTime;

namespace KetamineIntake.Core.Appointments;

/// <summary>How the patient hears that a visit was moved or cancelled.</summary>
/// <param name="Words">For whoever changed it.</param>
/// <param name="MustCall">No text tells the patient, or none in time: a person has to.</param>
internal sealed record ChangeNotes(string Words, bool MustCall)
{
    /// <param name="visits">As they were before the change.</param>
    /// <param name="before">Its time then; what somebody who gets no texts was told by a call.</param>
    /// <param name="plan">As it is after it.</param>
    public static ChangeNotes Of(ClinicContext clinic, SiteAddress site, PatientVisits visits, LocalDateTime before, Appointment changed, IReadOnlyList<Reminder> plan, Instant now)
    {
        var texting = ClinicTexting.Of(clinic, site);
        var input = ReminderChanges.InputOf(clinic, texting, visits, [.. visits.Appointments.Select(a => a.Value.Id == changed.Id ? changed : a.Value)], now);
        var isTexted = visits.MayBeTexted && texting.IsSigned;
        var told = isTexted ? ToldTime.Of(changed, input.Past) : before;
        var what = changed.Status == AppointmentStatus.Cancelled ? $"that the visit on {Text(told)} is cancelled" : $"that the visit on {Text(told)} is now on {Text(changed.Start)}";
        if (!isTexted)
        {
            return new ChangeNotes($"No text tells the patient {what} ({visits.NoTexts ?? "the protocol is unsigned"}). Please call.", true);
        }

        if (plan.FirstOrDefault(r => IsAbout(r, changed)) is not { } text)
        {
            return new ChangeNotes($"The last that the patient was told is {Text(changed.Start)}: no text about the change is needed.", false);
        }

        var comesAt = told.InZoneLeniently(clinic.Zone).ToInstant();
        return text.Status == ReminderStatus.Dropped ? new ChangeNotes($"No text can tell the patient in time {what}. Please call.", true)
            : text.SendAt >= comesAt ? new ChangeNotes($"The text that tells the patient {what} goes only at {At(text, input)}. Please call before that.", true)
            : new ChangeNotes($"A text tells the patient {what}, at {At(text, input)}.", false);
    }

    // A text about the booking that has not gone yet names the new time itself.
    private static bool IsAbout(Reminder reminder, Appointment changed) => reminder.AppointmentId == changed.Id && reminder.AppointmentVersion == changed.Version
        && reminder.Template is ReminderTemplate.Moved or ReminderTemplate.MovedSoon or ReminderTemplate.Cancelled or ReminderTemplate.Booked;

    private static string At(Reminder text, PlanInput input) => $"{Text(text.SendAt.InZone(input.PatientZone).LocalDateTime)} of the patient's clock";

    private static string Text(LocalDateTime time) => time.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
