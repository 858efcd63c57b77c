using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Replies.Words;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

/// <summary>The protocol that ships, read and compiled once for all tests.</summary>
internal static class EmbeddedProtocol
{
    public static readonly Protocol Protocol = EmbeddedProtocols.Load("iv-ketamine");

    public static readonly RuleSet RuleSet = RuleSet.Compile(Protocol, Protocol.Rules);

    public static ReplyBook Replies => Protocol.Reminders!.Replies;

    /// <summary>What a text asks for, whatever language it is in.</summary>
    public static Reply Heard(string message) => Replies.To(message) with { Language = default };

    public static RuleBook Rules => Protocol.Rules;

    public static Questionnaire Questionnaire => Protocol.Questionnaire;

    public static Rule Rule(string id) => Rules.Rules.Single(r => r.Id == id);
}
