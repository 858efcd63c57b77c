using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

public enum NoteKind
{
    /// <summary>A text with crisis words.</summary>
    Crisis,

    /// <summary>A text that a person has to read.</summary>
    Reply,
    Reschedule,
    Confirmed,
    OptedOut,

    /// <summary>A text of ours could not be delivered.</summary>
    TextFailed,
}

/// <summary>Something about texts that a person at the clinic has to see.</summary>
/// <param name="PatientIds">Everybody who has the number; empty when nobody does.</param>
/// <param name="Words">The patient's exact words, or ours.</param>
public sealed record StaffNote(string Id, NoteKind Kind, Instant At, string Phone, IReadOnlyList<string> PatientIds, string Words)
{
    public Change Insert() => new Change.Insert(Rows.Note(true, Kind == NoteKind.Crisis, At, Id), RecordJson.Write(this));
}
