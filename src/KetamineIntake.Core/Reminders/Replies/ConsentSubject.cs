using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>What a message of the queue "consents" is about: row keys with an id behind them.</summary>
internal abstract record ConsentSubject(string PhoneHash)
{
    private const string Page = "phone";
    private const string Doubt = "consent";

    /// <summary>Everybody under the number behind <paramref name="After"/> is planned anew.</summary>
    internal sealed record Plans(string PhoneHash, string? After) : ConsentSubject(PhoneHash);

    /// <summary>The time to decide on a doubtful word is over.</summary>
    internal sealed record Deadline(string PhoneHash, string NoteId) : ConsentSubject(PhoneHash);

    public static string Everybody(string phoneHash, string? after = null) => after is null ? $"{Page}|{phoneHash}" : Rows.Phone(phoneHash, after);

    public static string Undecided(string phoneHash, string noteId) => $"{Rows.Consent(phoneHash)}|{noteId}";

    /// <summary>Null for anything else.</summary>
    public static ConsentSubject? Of(string subject) => subject.Split('|') switch
    {
        [Page, var hash] => new Plans(hash, null),
        [Page, var hash, var after] => new Plans(hash, after),
        [Doubt, var hash, var note] => new Deadline(hash, note),
        _ => null,
    };
}
