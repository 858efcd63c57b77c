using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>What a patient's text asks for.</summary>
public enum ReplyKind
{
    /// <summary>Words that may mean danger to life. Looked for first, in any text.</summary>
    Crisis,

    /// <summary>No more texts, at once.</summary>
    Stop,

    /// <summary>Perhaps no more texts: a person decides.</summary>
    MayStop,
    Start,
    Help,
    Confirm,
    Reschedule,

    /// <summary>For a person to read.</summary>
    ToStaff,
}

/// <summary>What a patient's text asks for, as far as its words say.</summary>
/// <param name="TellStaff">Somebody at the clinic should see the text even though it is answered or acted on.</param>
/// <param name="Language">The language of the words that were understood; English where none were.</param>
/// <param name="AlsoStops">Crisis words with a wish for no more texts: the crisis is answered, and the wish counts.</param>
public readonly record struct Reply(ReplyKind Kind, bool TellStaff, bool AlsoStops = false, SmsLanguage Language = SmsLanguage.English)
{
    /// <summary>No more texts to this number.</summary>
    public bool OptsOut => Kind == ReplyKind.Stop || AlsoStops;
}
