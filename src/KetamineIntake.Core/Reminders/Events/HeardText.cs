using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Events;

/// <summary>What a patient's text does to one clinic's records of the number, before anything is stored.</summary>
/// <param name="Ledger">After the text.</param>
/// <param name="Doubt">What somebody has to decide now; null when nothing.</param>
/// <param name="NoteId">Of the note about the text, if one is written.</param>
internal sealed record HeardText(SmsEvent.Received Text, Reply Reply, KnownNumber Number, ConsentLedger Ledger, ConsentDoubt? Doubt, string NoteId)
{
    /// <param name="decideBy">The end of the clinic's next business day.</param>
    public static HeardText Of(SmsEvent.Received text, Reply reply, KnownNumber number, string noteId, Instant decideBy, Instant now)
    {
        var said = ConsentEntry.Credible(text.At, now) ?? now;
        var ledger = reply.OptsOut || reply.Kind == ReplyKind.Start
            ? number.Ledger.With(ConsentEntry.OfReply(!reply.OptsOut, text.At, Hash(text.Message), text.To, now))
            : reply.Kind == ReplyKind.MayStop && !number.Ledger.IsOptedOut()
                ? number.Ledger.With(new ConsentDoubt(noteId, said, decideBy))
                : number.Ledger;
        return new HeardText(text, reply, number, ledger, ledger.DoubtOf(noteId), noteId);
    }

    public bool ChangesLedger => Ledger != Number.Ledger;

    /// <param name="visit">What C or R found; null for any other reply.</param>
    public StaffNote Note(NoteKind? visit, Instant now) => new(NoteId, visit ?? Kind, now, Text.From, Number.PatientIds, Text.Message)
    {
        HasMorePatients = Number.HasMore ? true : null,
        Question = Doubt is { } doubt ? new OptOutQuestion(Text.To, doubt.DecideBy) : null,
    };

    private NoteKind Kind => Reply.Kind switch
    {
        ReplyKind.Crisis => NoteKind.Crisis,
        ReplyKind.Reschedule => NoteKind.Reschedule,
        ReplyKind.Stop => NoteKind.OptedOut,
        ReplyKind.MayStop when Doubt is not null => NoteKind.MayOptOut,
        _ => NoteKind.Reply,
    };

    // The words themselves may say more than we may keep.
    private static string Hash(string words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)));
}
