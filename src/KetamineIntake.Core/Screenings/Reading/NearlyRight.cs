using System.Text.Json;
using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>
/// Hears in a refused body what is said of our questions under a name or in a form that is nearly right ("asq_5", "ASQ.5", {"answer": "yes"}): it is stored nowhere, and must not be overheard
/// where it tells of danger. Only what can mean one thing is taken for an answer; what cannot is unclear, as it is under the right name.
/// </summary>
internal static class NearlyRight
{
    /// <param name="heard">What was read under the right names.</param>
    public static HeardForm Hear(HeardForm heard, JsonElement root, Questionnaire questionnaire, LocalDate today)
    {
        var answers = heard.Answers.All.ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        var unclear = heard.Unclear.ToHashSet(StringComparer.Ordinal);
        foreach (var said in NearlyNamed.In(root, questionnaire).GroupBy(s => s.Item))
        {
            var item = said.Key;
            var values = said.Select(s => LooseValue.Read(item, s.Value, questionnaire.Reading.Coded, today)).ToList();
            var read = values.OfType<Answer>().Concat(answers.TryGetValue(item.LinkId, out var strict) ? [strict] : []).Distinct().ToList();
            var isWordMissed = item.Type == ItemType.Choice && said.Zip(values).Any(p => p.First.Value.ValueKind == JsonValueKind.String && p.Second is null);
            if (read is not [var only] || isWordMissed || (strict is null && values.Contains(null)))
            {
                unclear.Add(item.LinkId);
            }
            else if (strict is null)
            {
                answers[item.LinkId] = only;
                unclear.Remove(item.LinkId);
            }
        }

        unclear.UnionWith(AnswerReader.UnaskedAndTold(answers, questionnaire));
        return heard with { Answers = new AnswerSet(answers), Unclear = unclear };
    }
}
