using System.Text.Json.Serialization;
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

    /// <summary>An opt-out in words that may have meant something else, or one that followed because nobody decided in time.</summary>
    OptedOut,

    /// <summary>The patient may want no more texts: somebody has to decide.</summary>
    MayOptOut,

    /// <summary>A text of ours did not go, or did not arrive.</summary>
    TextFailed,

    /// <summary>Booked visits that somebody has to call about: nothing of ours prepares the patient any more, or the page that does is locked. In our words.</summary>
    Visits,

    /// <summary>A laboratory value that holds visits, or a result that a person has to match. In our words.</summary>
    Labs,
}

/// <summary>Something about texts that a person at the clinic has to see.</summary>
/// <param name="PatientIds">Who has the number, those whom we texted first; empty when nobody does.</param>
/// <param name="Words">The patient's exact words, or ours.</param>
public sealed record StaffNote(string Id, NoteKind Kind, Instant At, string Phone, IReadOnlyList<string> PatientIds, string Words)
{
    /// <summary>More records have the number than are named; null: no.</summary>
    public bool? HasMorePatients { get; init; }

    /// <summary>Of words that may ask for no more texts; null for any other note.</summary>
    public OptOutQuestion? Question { get; init; }

    /// <summary>It cannot be closed without a decision.</summary>
    [JsonIgnore]
    public bool IsQuestion => Question is { DecidedAt: null };

    public Change Insert() => new Change.Insert(Rows.Note(true, Kind == NoteKind.Crisis, At, Id), RecordJson.Write(this));
}

/// <summary>Whether a text asks for no more of them, which somebody has to decide.</summary>
/// <param name="Sender">Our number that was written to: an opt-out counts for every clinic behind it.</param>
/// <param name="DecideBy">Undecided then, it is an opt-out.</param>
/// <param name="OptsOut">What was decided; null while nothing is.</param>
/// <param name="By">Id of the staff key that decided; null when the time was over.</param>
public sealed record OptOutQuestion(string Sender, Instant DecideBy, bool? OptsOut = null, string? By = null, Instant? DecidedAt = null);
