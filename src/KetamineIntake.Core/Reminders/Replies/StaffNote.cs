using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Why a person at the clinic has to look. Stored by name: a name may be added, never changed or taken away once a note has had it.</summary>
public enum NoteKind
{
    /// <summary>A text with crisis words, or an answer to one that did not go.</summary>
    Crisis,

    /// <summary>A text that a person has to read.</summary>
    Reply,

    /// <summary>The patient asks for another time.</summary>
    Reschedule,

    /// <summary>An opt-out in words that may have meant something else.</summary>
    OptedOut,

    /// <summary>A text of ours did not go, or did not arrive.</summary>
    TextFailed,

    /// <summary>Booked visits that somebody has to call about: nothing of ours prepares the patient any more, or the page that does is locked. In our words.</summary>
    Visits,
}

/// <summary>Something about texts that a person at the clinic has to see.</summary>
/// <param name="PatientIds">Everybody who has the number; empty when nobody does.</param>
/// <param name="Words">The patient's exact words, or ours.</param>
public sealed record StaffNote(string Id, NoteKind Kind, Instant At, string Phone, IReadOnlyList<string> PatientIds, string Words)
{
    public Change Insert() => new Change.Insert(Rows.Note(true, Kind == NoteKind.Crisis, At, Id), RecordJson.Write(this));
}
