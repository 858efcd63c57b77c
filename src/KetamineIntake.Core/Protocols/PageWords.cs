namespace KetamineIntake.Core.Protocols;

/// <summary>Names of the words on the pages that a patient must be able to read in their own language: help, emergencies, the ending. Every language has all of them.</summary>
public static class PageWords
{
    public const string ReadFirst = "readFirst";
    public const string TalkNow = "talkNow";
    public const string Emergency = "emergency";
    public const string NotWatched = "notWatched";
    public const string NotACall = "notACall";
    public const string DoNotWait = "doNotWait";
    public const string GoOnWhenReady = "goOnWhenReady";
    public const string GoOn = "goOn";
    public const string Sent = "sent";
    public const string SentTo = "sentTo";
    public const string About = "about";
    public const string Next = "next";
    public const string OneOpen = "oneOpen";
    public const string ManyOpen = "manyOpen";
    public const string WhoToCall = "whoToCall";
    public const string OtherDevice = "otherDevice";
    public const string Forget = "forget";
    public const string Skip = "skip";
    public const string HelpAnyTime = "helpAnyTime";
    public const string Footer = "footer";
    public const string Website = "website";
    public const string WhereTitle = "whereTitle";
    public const string WhereNote = "whereNote";
    public const string Where = "where";
    public const string Whom = "whom";
    public const string WhereSave = "whereSave";
    public const string WhereSaved = "whereSaved";

    /// <summary>To everybody who agrees to texts, whatever was said from their number before: the answer to a form must not tell whose number is a patient's.</summary>
    public const string StartAgain = "startAgain";

    /// <summary>Says, in a language that the questions are not asked in, that they are not.</summary>
    public const string LanguageNote = "languageNote";

    public static readonly IReadOnlyList<string> All =
    [
        ReadFirst, TalkNow, Emergency, NotWatched, NotACall, DoNotWait, GoOnWhenReady, GoOn, Sent, SentTo, About, Next, OneOpen, ManyOpen, WhoToCall,
        OtherDevice, Forget, Skip, HelpAnyTime, Footer, Website, WhereTitle, WhereNote, Where, Whom, WhereSave, WhereSaved, StartAgain,
    ];
}
