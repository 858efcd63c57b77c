using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>
/// A rule must not rest on an item that another answer can hide, unless the rule looks at that answer too: otherwise a wrong or missing
/// answer to the gate would switch the rule off unnoticed. Checked for every severity, because a clinic may raise any rule to absolute.
/// </summary>
internal static class GateCheck
{
    public static void Check(Node node, Condition when, Vocabulary vocabulary)
    {
        var subjects = Subjects(when).Distinct().ToList();
        var looksAt = subjects.OfType<Subject.Item>().Select(i => i.LinkId).ToHashSet(StringComparer.Ordinal);
        foreach (var (item, gate) in subjects.SelectMany(s => Gates(s, vocabulary)).Distinct().Where(g => !looksAt.Contains(g.Gate)))
        {
            node.Fault($"\"{item}\" is shown only after an answer to \"{gate}\", which this rule does not look at.");
        }
    }

    /// <summary>For each item, every question that decides whether it is shown: its own, its groups', and theirs in turn.</summary>
    public static Dictionary<string, IReadOnlySet<string>> Transitive(Questionnaire questionnaire)
    {
        var gates = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        Walk(questionnaire.Sections, []);
        return gates;

        void Walk(IEnumerable<QuestionnaireItem> items, IEnumerable<string> above)
        {
            foreach (var item in items)
            {
                var own = item.EnableWhen.Select(e => e.Question).Concat(above).ToHashSet(StringComparer.Ordinal);

                // A question stands before what it gates, so its own gates are known by now.
                own.UnionWith(own.Where(gates.ContainsKey).SelectMany(q => gates[q]).ToList());
                gates[item.LinkId] = own;
                Walk(item.Items, own);
            }
        }
    }

    public static IEnumerable<Subject> Subjects(Condition condition) => condition switch
    {
        Condition.All all => all.Of.SelectMany(Subjects),
        Condition.Any any => any.Of.SelectMany(Subjects),
        Condition.Not not => Subjects(not.Of),
        Condition.Is leaf => [leaf.Subject],
        Condition.Includes leaf => [leaf.Subject],
        Condition.AtLeast leaf => [leaf.Subject],
        Condition.AtMost leaf => [leaf.Subject],
        Condition.Within leaf => [leaf.Subject],
        Condition.SaysMore leaf => [leaf.Subject],
        Condition.Unanswered leaf => [leaf.Subject],
        _ => throw new InvalidOperationException($"No subjects are known for {condition.GetType().Name}."),
    };

    private static IEnumerable<(string Item, string Gate)> Gates(Subject subject, Vocabulary vocabulary) => subject switch
    {
        Subject.Item item => Of(item.LinkId, vocabulary),

        Subject.Derived { Value: DerivedValues.BodyMassIndex } => Of(DerivedValues.Weight, vocabulary).Concat(Of(DerivedValues.Height, vocabulary)),
        // A scale's own gate means "not asked, total 0": a definite answer that the score itself takes into account.
        Subject.Scale scale => vocabulary.Scales[scale.Id].Items
            .SelectMany(i => Of(i, vocabulary)).Where(g => g.Gate != vocabulary.Scales[scale.Id].Gate),
        _ => [],
    };

    private static IEnumerable<(string Item, string Gate)> Of(string linkId, Vocabulary vocabulary) =>
        vocabulary.Gates.TryGetValue(linkId, out var gates) ? gates.Order(StringComparer.Ordinal).Select(g => (linkId, g)) : [];
}
