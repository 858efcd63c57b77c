using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings;

/// <summary>One unambiguous text of a rule book: every name is written with its length before it, so no two books share a text.</summary>
internal static class RuleSetText
{
    public static string Hash(RuleBook book, IReadOnlyList<Scale> scales) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(book, scales))));

    public static string Of(RuleBook book, IReadOnlyList<Scale> scales)
    {
        var lines = scales.Select(Line).Concat(book.Rules.Select(Line)).Prepend(Words("book", book.Version) + Meaning(book.Semantics));
        return string.Join('\n', lines);
    }

    // Nothing for sets from before there was a number, which keep their hash.
    private static string Meaning(int semantics) =>
        semantics == Semantics.First ? "" : Words("semantics", semantics.ToString(CultureInfo.InvariantCulture));

    private static string Line(Rule rule) => Words(
        "rule", rule.Id, rule.Severity.ToString(), rule.Hold ? "hold" : "", rule.Stage.ToString(), rule.Urgency.ToString(), rule.Floor ? "floor" : "",
        Of(rule.When), rule.Reason, rule.PatientText ?? "", rule.Source) + Flags(rule);

    // Nothing for a rule without flags, so that sets from before there were any keep their hash.
    private static string Flags(Rule rule) =>
        (rule.Emergency is { } emergency ? Words("emergency", emergency) : "") + (rule.CallFirst ? Words("callFirst") : "")
        + (rule.OpenAs is { } open ? Words("open", open.ToString()) : "");

    private static string Line(Scale scale) => Words(
        "scale", scale.Id, Words([.. scale.Items]), scale.MaximumMissing.ToString(CultureInfo.InvariantCulture), scale.Gate ?? "", scale.GateCode ?? "",
        Words([.. scale.Bands.Select(b => Words(AnswerText.Of(b.From), b.Name))]), scale.Loaded ? "loaded" : "");

    private static string Of(Condition condition) => condition switch
    {
        Condition.All all => Words(["all", .. all.Of.Select(Of)]),
        Condition.Any any => Words(["any", .. any.Of.Select(Of)]),
        Condition.Not not => Words("not", Of(not.Of)),
        Condition.Is leaf => Words(["is", Of(leaf.Subject), .. leaf.Codes]),
        Condition.Includes leaf => Words(["includes", Of(leaf.Subject), .. leaf.Codes]),
        Condition.AtLeast leaf => Words("atLeast", Of(leaf.Subject), AnswerText.Of(leaf.Value)),
        Condition.AtMost leaf => Words("atMost", Of(leaf.Subject), AnswerText.Of(leaf.Value)),
        Condition.Within leaf => Words("within", Of(leaf.Subject), leaf.Period.ToString()),
        Condition.SaysMore leaf => Words("saysMore", Of(leaf.Subject), Words([.. leaf.List.Words]), Words([.. leaf.List.Between])),
        Condition.Unanswered leaf => Words(leaf.Expected ? "unanswered" : "answered", Of(leaf.Subject)),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private static string Of(Subject subject) => Words(subject.GetType().Name, subject.Name);

    private static string Words(params string[] words) =>
        string.Concat(words.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Length}:{w}")));
}
