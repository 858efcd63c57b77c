using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>
/// Everything that was said about texts to one number of one clinic, in the order in which we came to know it. Kept; consent must be provable for years (domain 4a).
/// </summary>
public sealed record ConsentLedger(IReadOnlyList<ConsentEntry> Entries)
{
    public static readonly ConsentLedger Empty = new([]);

    /// <summary>Whoever refused texts at intake gets none; who wanted them gets them until the latest word was to stop. A number may be shared: a word for it takes away, and gives back only what was there.</summary>
    public bool Allows(bool consentAtIntake) => consentAtIntake && !IsOptedOut();

    /// <summary>The latest word by the patient's clock was to stop: events come in any order. At the same moment the stop counts, and a start at an unknown time undoes none.</summary>
    public bool IsOptedOut() =>
        Entries.Where(e => !e.Allows || e.IsTimeKnown).OrderBy(e => e.At).ThenBy(e => e.Allows ? 0 : 1).LastOrDefault() is { Allows: false };

    /// <summary>When the word to stop was said that holds now; null when none does.</summary>
    public Instant? StoppedAt() => IsOptedOut() ? Entries.Where(e => !e.Allows).Max(e => e.At) : null;

    /// <summary>Words that may have asked for no more texts; null in ledgers from before any was kept.</summary>
    public IReadOnlyList<ConsentDoubt>? Doubts { get; init; }

    /// <summary>Somebody may want no more texts, and neither a later word nor a person has decided.</summary>
    public bool IsInDoubt() => !IsOptedOut() && (Doubts ?? []).Any(Stands);

    /// <summary>The doubt that a note told of, if it still waits for a decision.</summary>
    public ConsentDoubt? DoubtOf(string noteId) => (Doubts ?? []).FirstOrDefault(d => d.NoteId == noteId && Stands(d));

    public ConsentLedger With(ConsentEntry entry) => this with { Entries = [.. Entries, entry] };

    public ConsentLedger With(ConsentDoubt doubt) => this with { Doubts = [.. Doubts ?? [], doubt] };

    /// <summary>As it is once the note's doubt is decided on, whichever way.</summary>
    public ConsentLedger Without(string noteId) => this with { Doubts = Doubts?.Where(d => d.NoteId != noteId).ToList() };

    // A clear word said later says what was meant, in whatever order we hear of the two. Of a start at the same moment or at an unknown time nobody can tell.
    private bool Stands(ConsentDoubt doubt) => !Entries.Any(e => e.Allows ? e.IsTimeKnown && e.At > doubt.At : e.At >= doubt.At);
}

/// <summary>Words that may have asked for no more texts.</summary>
/// <param name="NoteId">The note by which staff decide.</param>
/// <param name="At">When the patient said so; when we heard it where that is not known.</param>
/// <param name="DecideBy">Undecided then, it is an opt-out (47 CFR 64.1200(a)(10), (12)).</param>
public sealed record ConsentDoubt(string NoteId, Instant At, Instant DecideBy);

/// <summary>One word about texts: that there be none any more, or some again.</summary>
/// <param name="Allows">False: no more texts to the number.</param>
/// <param name="At">When the patient said so; when we heard it where that is not known.</param>
/// <param name="How">"reply", "carrier" when the provider refused a text because the number opted out there, how staff were told (see RecordOptOut), "decided" when staff took a doubtful
/// text for an opt-out, or "deadline" when nobody decided on it in time.</param>
/// <param name="WordsHash">SHA-256 (hex) of the exact words; the words themselves may say more than we may keep.</param>
/// <param name="Sender">Our number that was answered; empty when staff were told.</param>
/// <param name="HeardAt">When we acted on it; null in entries from before both were kept.</param>
/// <param name="By">Id of the staff key that recorded it; null when nobody did.</param>
public sealed record ConsentEntry(
    bool Allows, Instant At, string How, string? WordsHash, string Sender, Instant? HeardAt = null, bool IsTimeKnown = true, string? By = null)
{
    // The provider's clock and ours differ a little; further ahead of ours is no time at which anybody said anything.
    private static readonly Duration MostAhead = Duration.FromMinutes(5);

    /// <param name="said">The provider's time of the text, if it gave one.</param>
    public static ConsentEntry OfReply(bool allows, Instant? said, string wordsHash, string sender, Instant now)
    {
        var known = Credible(said, now);
        return new ConsentEntry(allows, known ?? now, "reply", wordsHash, sender, now, known is not null);
    }

    /// <param name="told">When the carrier refused our text, if it says so: a report that comes late must not undo a start given since.</param>
    public static ConsentEntry OfCarrier(Instant? told, string sender, Instant now)
    {
        var known = Credible(told, now);
        return new ConsentEntry(false, known ?? now, "carrier", null, sender, now, known is not null);
    }

    /// <param name="by">The member of staff who decided; null when nobody did in time.</param>
    public static ConsentEntry OfDecision(StaffMember? by, string sender, Instant now) =>
        new(false, now, by is null ? "deadline" : "decided", null, sender, now, By: by?.Id);

    /// <summary>The provider's time of a text if it can be believed.</summary>
    public static Instant? Credible(Instant? time, Instant now) => time <= now + MostAhead ? time : null;
}
