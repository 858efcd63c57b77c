using System.Text.RegularExpressions;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Reads the required tests of labs.json.</summary>
internal static partial class LabReader
{
    internal static readonly string[] Tests = ["ecg", "liver", "kidney", "cbc"];

    public static IReadOnlyList<LabRequirement> Read(Node list, IReadOnlyList<Rule> rules)
    {
        var required = new List<LabRequirement>();
        foreach (var node in list.SomeElements())
        {
            required.Add(Requirement(node, required, rules));
        }

        foreach (var test in Tests.Where(t => !list.IsMissing && required.TrueForAll(r => r.Test != t)))
        {
            list.Fault($"The test \"{test}\" is missing.");
        }

        return required;
    }

    private static LabRequirement Requirement(Node node, List<LabRequirement> earlier, IReadOnlyList<Rule> rules)
    {
        var fields = node.Fields(["test", "title", "validMonths", "satisfiedBy", "byRisk"]);
        var test = fields["test"].Text();
        if (test.Length > 0 && (!Tests.Contains(test, StringComparer.Ordinal) || earlier.Exists(r => r.Test == test)))
        {
            fields["test"].Fault($"\"{test}\" is not one of {string.Join(", ", Tests)}, or stands here twice.");
        }

        var sets = fields["satisfiedBy"].SomeElements().Select(s => new LabCodeSet([.. s.SomeElements().Select(Code)])).ToList();
        return new LabRequirement(test, fields["title"].Text(), fields["validMonths"].Whole(1, 12), sets)
        {
            Reasons = [.. fields["byRisk"].SomeElements().Select(reason => Reason(reason, rules))],
        };
    }

    // A reason that no rule can give would leave the test out for somebody who needs it.
    private static string Reason(Node node, IReadOnlyList<Rule> rules)
    {
        var reason = node.Text();
        if (reason.Length > 0 && !rules.Any(rule => LabRequirement.Covers(reason, rule.Id)))
        {
            node.Fault($"\"{reason}\" is no rule, nor a group of rules such as CV-*.");
        }

        return reason;
    }

    private static LabCode Code(Node node)
    {
        var fields = node.Fields(["code", "display"]);
        var code = fields["code"].Text();
        if (code.Length > 0 && !IsLoinc(code))
        {
            fields["code"].Fault($"\"{code}\" is not a LOINC code: the check digit or the form is wrong.");
        }

        return new LabCode(code, fields["display"].Text());
    }

    /// <summary>LOINC's check digit (mod 10, Luhn) catches a mistyped code.</summary>
    internal static bool IsLoinc(string code)
    {
        if (!Loinc().IsMatch(code))
        {
            return false;
        }

        var sum = 0;
        var twice = true;
        foreach (var digit in code[..^2].Reverse().Select(c => c - '0'))
        {
            var counted = twice ? digit * 2 : digit;
            sum += counted > 9 ? counted - 9 : counted;
            twice = !twice;
        }

        return (10 - (sum % 10)) % 10 == code[^1] - '0';
    }

    [GeneratedRegex("^[1-9][0-9]{1,6}-[0-9]$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Loinc();
}
