using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>What a patient's text is answered with. An answer never says more than what has really happened.</summary>
internal static class TextReplies
{
    // Carriers of toll-free numbers answer STOP and START themselves, and nobody can turn that off (domain 4d).
    private static readonly string[] TollFree = ["800", "833", "844", "855", "866", "877", "888"];

    /// <summary>The name of the text, or null for no answer. A stop is confirmed once: not when the number had opted out before. What was meant is asked once as long as it is in doubt.</summary>
    /// <param name="sender">Our number, E.164.</param>
    /// <param name="isWanted">Somebody under the number agreed to texts at intake.</param>
    public static string? NameOf(Reply reply, ConsentLedger before, ConsentLedger after, bool isWanted, string sender) => reply.Kind switch
    {
        ReplyKind.Crisis => SmsTextNames.Crisis,
        ReplyKind.Help => SmsTextNames.Help,
        ReplyKind.Stop when after.IsOptedOut() && !before.IsOptedOut() && !CarrierAnswers(sender) => SmsTextNames.Stop,
        ReplyKind.MayStop when after.IsInDoubt() && !before.IsInDoubt() => SmsTextNames.Clarify,
        ReplyKind.Start when !StartsNothing(reply, after, isWanted) && !CarrierAnswers(sender) => SmsTextNames.Start,
        _ => null,
    };

    /// <summary>Somebody wants texts and gets none all the same: a later stop, or consent that was refused at intake. A person has to ask.</summary>
    public static bool StartsNothing(Reply reply, ConsentLedger after, bool isWanted) => reply.Kind == ReplyKind.Start && !after.Allows(isWanted);

    private static bool CarrierAnswers(string sender) =>
        sender is ['+', '1', ..] && sender.Length == 12 && TollFree.Contains(sender[2..5], StringComparer.Ordinal);
}
