namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>
/// Reads when an item is shown. Only "=" is taken: renderers disagree on what "!=" means for an unanswered question. A question must stand
/// earlier in the document, which also rules out cycles.
/// </summary>
internal static class EnableWhenReader
{
    private static readonly Dictionary<string, bool> Behaviors = new(StringComparer.Ordinal) { ["any"] = false, ["all"] = true };

    public static IReadOnlyList<EnableWhen> Read(
        Node list, IReadOnlyDictionary<string, QuestionnaireItem> earlier, IReadOnlyDictionary<string, string> systems)
    {
        var gates = new List<EnableWhen>();
        foreach (var node in list.SomeElements())
        {
            var fields = node.Fields(["question", "operator", "answerCoding"]);
            var coding = fields["answerCoding"].Fields(["system", "code"], "display");
            var gate = new EnableWhen(fields["question"].Text(), coding["code"].Text());
            if (fields["operator"].Text() is var sign && sign.Length > 0 && sign != "=")
            {
                fields["operator"].Fault($"\"{sign}\" is not safe here; use one \"=\" for each answer that shows the item.");
            }

            if (gates.Contains(gate))
            {
                node.Fault("The same condition stands here twice.");
            }

            CheckQuestion(fields["question"], coding, gate, earlier, systems);
            gates.Add(gate);
        }

        return gates;
    }

    public static bool All(Node? behavior, IReadOnlyList<EnableWhen> gates)
    {
        var all = behavior?.OneOf(Behaviors) ?? false;
        if (all && gates.Select(g => g.Question).Distinct(StringComparer.Ordinal).Count() < gates.Count)
        {
            behavior!.Fault("One question cannot have two answers at once: the item would never be shown.");
        }

        return all;
    }

    private static void CheckQuestion(
        Node place, Fields coding, EnableWhen gate,
        IReadOnlyDictionary<string, QuestionnaireItem> earlier, IReadOnlyDictionary<string, string> systems)
    {
        if (gate.Question.Length == 0)
        {
            return;
        }

        if (!earlier.TryGetValue(gate.Question, out var question))
        {
            place.Fault($"No earlier item has the linkId \"{gate.Question}\".");
        }
        else if (question.Type != ItemType.Choice || question.Identity)
        {
            place.Fault($"\"{gate.Question}\" is not a question with codes as its answer.");
        }
        else if (question.Codes.All(o => o.Code != gate.Code))
        {
            coding["code"].Fault($"\"{gate.Code}\" is no answer to \"{gate.Question}\".");
        }
        else if (systems.GetValueOrDefault($"{gate.Question}|{gate.Code}") != coding["system"].Text())
        {
            coding["system"].Fault($"The answer \"{gate.Code}\" of \"{gate.Question}\" has another system.");
        }
    }
}
