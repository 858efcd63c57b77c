using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>The visit that a text asked C or R about.</summary>
/// <param name="Reminder">The text: one that never arrived has asked nothing.</param>
/// <param name="Version">The visit's as the text named it.</param>
/// <param name="At">When it went, or was about to.</param>
public sealed record AskedVisit(string Reminder, string Appointment, int Version, Instant At);

/// <summary>A patient whom we have texted under a number. Anonymous forms can name the number, but bring nobody here.</summary>
/// <param name="At">The last text.</param>
/// <param name="Asked">Of the last text that asked for C or R; null when none has.</param>
public sealed record TextedPatient(string PatientId, Instant At, AskedVisit? Asked)
{
    /// <summary>The change that keeps that a text is about to go; it fails when another text to the patient is kept at the same moment.</summary>
    internal static async Task<Change> TextAsync(IRecordStore records, string phoneHash, Reminder sent, Instant at, CancellationToken cancellation)
    {
        var key = Rows.Texted(phoneHash, sent.PatientId);
        var row = await records.FindAsync(key, cancellation);
        var before = row is null ? null : RecordJson.Read<TextedPatient>(row);
        var body = RecordJson.Write(With(before, sent, at));
        return row is null ? new Change.Insert(key, body) : new Change.Replace(key, body, row.ETag);
    }

    /// <summary>The row as a further text leaves it, in whatever order they are heard of.</summary>
    internal static TextedPatient With(TextedPatient? before, Reminder sent, Instant at)
    {
        var asked = Asks(sent) && !(before?.Asked?.At > at) ? new AskedVisit(sent.Id, sent.AppointmentId!, sent.AppointmentVersion, at) : before?.Asked;
        return new TextedPatient(sent.PatientId, before is null ? at : Instant.Max(before.At, at), asked);
    }

    /// <summary>Whether the text's words ask for C or R about its visit.</summary>
    private static bool Asks(Reminder reminder) => ReminderWords.Asks(reminder.Template) && reminder.AppointmentId is not null;
}
