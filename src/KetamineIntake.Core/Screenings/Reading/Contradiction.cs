using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>An answer that cannot be true beside another one. It is asked back, because nobody can say which of the two is wrong.</summary>
/// <param name="LinkId">The answer to ask about.</param>
/// <param name="Larger">linkId of the number that must be larger; null for a date that lies before the patient was born.</param>
public sealed record Contradiction(string LinkId, string? Larger)
{
    /// <summary>In the order of the questionnaire.</summary>
    /// <param name="born">Null while it is not known.</param>
    public static IEnumerable<Contradiction> In(AnswerSet answers, Questionnaire questionnaire, LocalDate? born) =>
        questionnaire.All.Select(i => Of(i, answers, born)).OfType<Contradiction>();

    /// <summary>For the person who filled it in.</summary>
    public FaultWords Words(Questionnaire questionnaire) =>
        Larger is null ? new("date.beforeBirth") : new("number.notLower", ("question", questionnaire.Find(Larger)!.Text));

    private static Contradiction? Of(QuestionnaireItem item, AnswerSet answers, LocalDate? born) => answers.Find(item.LinkId) switch
    {
        // A date known to the year may still lie after the birthday of that year.
        Answer.Date date when date.Value.Latest < born => new Contradiction(item.LinkId, null),
        Answer.Number number when item.LessThan is { } larger && answers.Find(larger) is Answer.Number other && number.Value >= other.Value =>
            new Contradiction(item.LinkId, larger),
        _ => null,
    };
}
