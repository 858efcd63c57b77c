using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>Why a patient gets no texts, or not all.</summary>
public enum TextBar
{
    /// <summary>The patient did not agree to texts at intake.</summary>
    NotConsented,

    /// <summary>The latest word about the number was to stop. A number may be shared, so that it need not have been the patient's.</summary>
    OptedOut,

    /// <summary>The same, and it was said before the form that agrees to texts: whoever filled it in may not know that only START brings them back.</summary>
    StoppedBefore,

    /// <summary>No clinician has accepted the patient.</summary>
    NotAccepted,

    /// <summary>The patient may want no more texts and nobody has decided yet: only those that a visit's safety needs go.</summary>
    InDoubt,
}

internal static class TextBars
{
    /// <summary>Null when the patient may get every text.</summary>
    /// <param name="formAt">When the form was received.</param>
    public static TextBar? Of(ConsentLedger ledger, bool consentAtIntake, bool isAccepted, Instant formAt) =>
        !consentAtIntake ? TextBar.NotConsented
        : !ledger.Allows(consentAtIntake) ? (ledger.StoppedAt() < formAt ? TextBar.StoppedBefore : TextBar.OptedOut)
        : !isAccepted ? TextBar.NotAccepted
        : ledger.IsInDoubt() ? TextBar.InDoubt
        : null;
}
