using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>The answers that were read, and everything that was wrong. With any fault nothing may be stored.</summary>
/// <param name="PathOf">Where the answer to a question stands, or would stand, in the submitted document.</param>
public sealed record AnswerReading(AnswerSet Answers, IReadOnlyList<FieldFault> Faults, Func<string, string> PathOf)
{
    /// <summary>Questions to which something other than a no was said that cannot be read, or that contradicts the others.</summary>
    public IReadOnlySet<string> Unclear { get; init; } = new HashSet<string>();

    /// <summary>Answers that cannot be true together, or of somebody born then.</summary>
    public IEnumerable<FieldFault> Contradictions(Questionnaire questionnaire, LocalDate? born) =>
        Contradiction.In(Answers, questionnaire, born).Select(c => new FieldFault(PathOf(c.LinkId), c.Larger is null ? "lies before the date of birth" : $"must be lower than {PathOf(c.Larger)}")
        {
            Words = c.Words(questionnaire),
        });
}

/// <summary>Checks submitted answers against the questionnaire and names every bad one.</summary>
public static class AnswerReader
{
    /// <param name="raw">One entry per answer as sent, in document order; a linkId may come twice, which is a fault.</param>
    /// <param name="today">The clinic's day.</param>
    /// <param name="pathOf">Where a gate that was not answered would stand in the submitted document.</param>
    public static AnswerReading Read(IReadOnlyList<RawAnswer> raw, Questionnaire questionnaire, LocalDate today, Func<string, string> pathOf)
    {
        var faults = new List<FieldFault>();
        var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
        var seen = new Dictionary<string, RawAnswer>(StringComparer.Ordinal);
        var faulty = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in raw)
        {
            var fault = seen.TryAdd(one.LinkId, one) ? ReadOne(one, questionnaire, today, answers) : ItemReading.Faulty("is answered twice");
            if (fault.Fault is { } detail)
            {
                faults.Add(new FieldFault(one.Pointer, detail) { Words = fault.Words });
                faulty.Add(one.LinkId);
            }
        }

        string PathOf(string linkId) => seen.TryGetValue(linkId, out var found) ? found.Pointer : pathOf(linkId);
        DropAgreeingZeros(answers, questionnaire);
        var unasked = FindUnasked(answers, faulty, questionnaire).ToList();
        faults.AddRange(unasked.Select(u => new FieldFault(PathOf(u.LinkId), $"is only asked when {Words(u.Closed, PathOf)}")));
        return new AnswerReading(new AnswerSet(answers), faults, PathOf)
        {
            Unclear = faulty.Concat(unasked.Select(u => u.LinkId).Where(linkId => !IsDenied(answers[linkId]))).ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>Of those, questions to which more than a no was said although the answers before them do not call for them.</summary>
    internal static IEnumerable<string> UnaskedAndTold(Dictionary<string, Answer> answers, Questionnaire questionnaire) =>
        FindUnasked(answers, [], questionnaire).Select(u => u.LinkId).Where(linkId => !IsDenied(answers[linkId]));

    /// <summary>"No" to what was not asked contradicts the form, and tells of nothing.</summary>
    private static bool IsDenied(Answer answer) => answer is Answer.Choice { Code: "no" } or Answer.Number { Value: 0 };

    private static ItemReading ReadOne(RawAnswer one, Questionnaire questionnaire, LocalDate today, Dictionary<string, Answer> answers)
    {
        if (questionnaire.Find(one.LinkId) is not { } item)
        {
            return ItemReading.Faulty("is not a question of this questionnaire");
        }

        if (item.Identity)
        {
            return ItemReading.Faulty("belongs in \"patient\", not in \"answers\"");
        }

        var reading = ItemCheck.Parse(item, one.Value, today);
        if (reading.Answer is not null)
        {
            answers[one.LinkId] = reading.Answer;
        }

        return reading;
    }

    /// <summary>"Never" to a question that is not asked says the same as the answer that ends the asking: whoever sends all of a scale contradicts nothing.</summary>
    private static void DropAgreeingZeros(Dictionary<string, Answer> answers, Questionnaire questionnaire)
    {
        var gates = new Gates(questionnaire);
        foreach (var linkId in answers.Where(a => a.Value is Answer.Number { Value: 0 }).Select(a => a.Key).ToList())
        {
            var item = questionnaire.Find(linkId)!;
            if (item.Codes.Count > 0 && gates.ClosedBy(item, answers.GetValueOrDefault) is { } closed && closed.EnableWhen.All(w => answers.GetValueOrDefault(w.Question) is Answer.Choice { Code: "no" }))
            {
                answers.Remove(linkId);
            }
        }
    }

    /// <summary>An answer to a question that its conditions hide contradicts the answer that hides it: the sender must say which one holds.</summary>
    private static IEnumerable<(string LinkId, QuestionnaireItem Closed)> FindUnasked(
        Dictionary<string, Answer> answers, HashSet<string> faulty, Questionnaire questionnaire)
    {
        var gates = new Gates(questionnaire);
        foreach (var linkId in answers.Keys)
        {
            var closed = gates.ClosedBy(questionnaire.Find(linkId)!, answers.GetValueOrDefault);

            // When a gate's own answer is the fault, nobody can say whether the question was asked.
            if (closed is not null && !closed.EnableWhen.Any(w => faulty.Contains(w.Question)))
            {
                yield return (linkId, closed);
            }
        }
    }

    private static string Words(QuestionnaireItem closed, Func<string, string> pathOf) =>
        string.Join(closed.EnableAll ? " and " : " or ", closed.EnableWhen.Select(w => $"{pathOf(w.Question)} is \"{w.Code}\""));
}
