using NodaTime;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Everything that was said about texts to one number of one clinic, oldest first. Kept; consent must be provable for years (domain 4a).</summary>
public sealed record ConsentLedger(IReadOnlyList<ConsentEntry> Entries)
{
    public static readonly ConsentLedger Empty = new([]);

    /// <summary>The latest word decides; without one, what the patient said at intake.</summary>
    public bool Allows(bool consentAtIntake) => Entries.Count == 0 ? consentAtIntake : Entries[^1].Allows;

    public bool IsOptedOut() => Entries.Count > 0 && !Entries[^1].Allows;

    public ConsentLedger With(ConsentEntry entry) => new([.. Entries, entry]);
}

/// <param name="How">"reply", or "carrier" when the provider refused a text because the number opted out there.</param>
/// <param name="WordsHash">SHA-256 (hex) of the exact words; the words themselves may say more than we may keep.</param>
/// <param name="Sender">Our number that was answered.</param>
public sealed record ConsentEntry(bool Allows, Instant At, string How, string? WordsHash, string Sender);
