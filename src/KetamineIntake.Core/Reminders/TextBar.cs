using KetamineIntake.Core.Reminders.Replies;

namespace KetamineIntake.Core.Reminders;

/// <summary>Why a patient gets no texts at all.</summary>
public enum TextBar
{
    /// <summary>The patient did not agree to texts at intake.</summary>
    NotConsented,

    /// <summary>The latest word about the number was to stop. A number may be shared, so that it need not have been the patient's.</summary>
    OptedOut,

    /// <summary>No clinician has accepted the patient.</summary>
    NotAccepted,
}

internal static class TextBars
{
    /// <summary>Null when the patient may be texted.</summary>
    public static TextBar? Of(ConsentLedger ledger, bool consentAtIntake, bool isAccepted) =>
        !consentAtIntake ? TextBar.NotConsented
        : !ledger.Allows(consentAtIntake) ? TextBar.OptedOut
        : !isAccepted ? TextBar.NotAccepted
        : null;
}
