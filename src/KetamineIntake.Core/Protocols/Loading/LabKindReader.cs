using KetamineIntake.Core.Labs;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Checks what labs.json says about telling results apart: a code that two kinds claim, or one that is mistyped, would give somebody another's value.</summary>
internal static class LabKindReader
{
    private static readonly string[] Known =
    [
        LabKinds.Ecg, LabKinds.Qtc, LabKinds.EcgImpression, LabKinds.Alt, LabKinds.Ast, LabKinds.Creatinine, LabKinds.Egfr, LabKinds.Hemoglobin, LabKinds.Leukocytes,
        LabKinds.Platelets, LabKinds.Hcg,
    ];

    /// <summary>Notes every fault; true, so that it can stand before what is read besides.</summary>
    public static bool Check(Fields labs)
    {
        var (kinds, codes) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var nodes = labs["kinds"].SomeElements();
        var names = nodes.Where(n => n.IsObject && n.Json.TryGetProperty("kind", out _)).Select(n => n.Json.GetProperty("kind").ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            CheckKind(node, names, kinds, codes);
        }

        foreach (var name in Known.Where(k => !labs["kinds"].IsMissing && !kinds.Contains(k)))
        {
            labs["kinds"].Fault($"The kind \"{name}\" is missing.");
        }

        _ = labs["otherWords"].SomeElements().Select(w => w.Text()).ToList();
        foreach (var node in labs["otherCodes"].SomeElements())
        {
            var fields = node.Fields(["code", "source"]);
            fields["source"].Text();
            CheckCode(fields["code"], codes);
        }

        foreach (var node in labs["said"].SomeElements())
        {
            CheckSaid(node);
        }

        ResultWordsReader.Check(labs["resultWords"]);
        return true;
    }

    private static void CheckKind(Node node, HashSet<string> names, HashSet<string> kinds, HashSet<string> codes)
    {
        var fields = node.Fields(["kind", "measured", "tests", "codes", "words", "parts", "never", "elsewhere", "source"]);
        var name = fields["kind"].Text();
        Require(name.Length == 0 || kinds.Add(name), fields["kind"], $"\"{name}\" stands here twice.");
        fields["measured"].Flag();
        fields["source"].Text();
        _ = fields["words"].SomeElements().Select(w => w.Text()).ToList();
        _ = fields["never"].Elements().Concat(fields["elsewhere"].Elements()).Select(w => w.Text()).ToList();
        foreach (var test in fields["tests"].Elements())
        {
            Require(LabReader.Tests.Contains(test.Text(), StringComparer.Ordinal), test, $"A test is one of {string.Join(", ", LabReader.Tests)}.");
        }

        foreach (var part in fields["parts"].Elements())
        {
            Require(names.Contains(part.Text()), part, "A part is another kind of this list.");
        }

        foreach (var code in fields["codes"].SomeElements())
        {
            CheckCode(code, codes);
        }
    }

    private static void CheckCode(Node code, HashSet<string> codes)
    {
        var text = code.Text();
        Require(text.Length == 0 || LabReader.IsLoinc(text), code, $"\"{text}\" is not a LOINC code: the check digit or the form is wrong.");
        Require(text.Length == 0 || codes.Add(text), code, $"\"{text}\" is claimed twice.");
    }

    private static void CheckSaid(Node node)
    {
        var fields = node.Fields(["means", "codes", "source"]);
        Require(fields["means"].Text() is "positive" or "negative", fields["means"], "A value in codes means positive or negative.");
        fields["source"].Text();
        foreach (var code in fields["codes"].SomeElements())
        {
            var coding = code.Fields(["system", "code"]);
            coding["system"].Text();
            coding["code"].Text();
        }
    }

    private static void Require(bool holds, Node node, string detail)
    {
        if (!holds)
        {
            node.Fault(detail);
        }
    }
}
