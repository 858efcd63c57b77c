using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Something on the page that could not be taken. <paramref name="FocusId"/> is where its link leads.</summary>
/// <param name="Question">Said before the message in the list of errors, unless the message says it itself (null).</param>
public sealed record FieldError(string LinkId, string FocusId, string Message, QuestionnaireItem? Question = null)
{
    public FieldError(string linkId, string focusId, FaultWords words, QuestionnaireItem? question = null)
        : this(linkId, focusId, words.English, question) => Words = words;

    /// <summary>The message, to be said in the patient's language.</summary>
    public FaultWords? Words { get; init; }

    public FieldError In(ProtocolTexts texts) => Words is { } words ? this with { Message = words.In(texts) } : this;
}

/// <param name="Answers">All answers of the draft with what this page says, less what no longer counts.</param>
/// <param name="Said">Each question of the page and what was said to it, counted or not.</param>
internal sealed record SectionReading(
    AnswerSet Answers, IReadOnlyList<FieldError> Errors, IReadOnlyList<(QuestionnaireItem Item, Answer? Said)> Said)
{
    /// <summary>What has to be saved: each answer that is new or another, null where one is gone.</summary>
    public IReadOnlyDictionary<string, Answer?> ChangesFrom(AnswerSet before) =>
        Answers.All.Concat(before.All).Select(a => a.Key).Distinct(StringComparer.Ordinal)
            .Where(linkId => !Equals(Answers.Find(linkId), before.Find(linkId)))
            .ToDictionary(linkId => linkId, Answers.Find, StringComparer.Ordinal);
}

/// <summary>Reads one posted page of the form. Whatever can be read is read, whatever else is wrong beside it.</summary>
internal sealed class SectionReader(Enablement enablement)
{
    /// <param name="today">The clinic's day.</param>
    /// <param name="born">The patient's date of birth; null on the page that asks for it.</param>
    public SectionReading Read(QuestionnaireItem section, FormFields fields, AnswerSet before, LocalDate today, LocalDate? born)
    {
        var shown = Shown(section, before).ToList();
        var readings = shown.Where(i => Widgets.IsQuestion(i) && !i.Identity).Select(i => (Item: i, Reading: Kept(i, FieldReader.Read(i, fields, today), before))).ToList();

        // What stands there now is not what was saved before: an unreadable field leaves the question unanswered.
        var answers = readings.Aggregate(before, (set, r) => set.With(r.Item.LinkId, r.Reading.Answer));
        answers = enablement.Prune(answers);
        var errors = new List<FieldError>();
        foreach (var group in shown.Prepend(section).Where(g => g.SelectAll && fields.Text(FieldName.None(g.LinkId)).Length > 0))
        {
            var unreadable = readings.Where(r => r.Reading.Fault is not null).Select(r => r.Item.LinkId).ToHashSet(StringComparer.Ordinal);
            (answers, var conflict) = NoneOf(group, answers, unreadable);
            errors.AddRange(conflict is null ? [] : [conflict]);
        }

        (answers, var asked) = PageChecks.AskBack(section, fields, before, answers, enablement.Questionnaire, born);
        var final = answers;
        errors.AddRange(asked);
        errors.AddRange(readings.Where(r => r.Reading.Fault is not null && enablement.IsEnabled(r.Item, final))
            .Select(r => new FieldError(r.Item.LinkId, FieldName.FocusId(r.Item), r.Reading.Words!, r.Item)));
        return new SectionReading(answers, errors, [.. readings.Select(r => (r.Item, r.Reading.Answer))]);
    }

    private static ItemReading Kept(QuestionnaireItem item, ItemReading reading, AnswerSet before) =>
        Measure.Is(item) && Measure.LooksAlike(item, reading.Answer, before.Find(item.LinkId)) ? ItemReading.Of(before.Find(item.LinkId)!) : reading;

    /// <summary>"None of these": an explicit no to each yes/no question of the group that counts and was left blank.</summary>
    private (AnswerSet Answers, FieldError? Conflict) NoneOf(QuestionnaireItem group, AnswerSet answers, HashSet<string> unreadable)
    {
        var questions = enablement.Questions(group, answers).Where(Widgets.IsYesNo).ToList();
        if (questions.Find(q => answers.Find(q.LinkId) is Answer.Choice { Code: "yes" }) is { } yes)
        {
            return (answers, new FieldError(group.LinkId, FieldName.FocusId(group), new FaultWords("choice.noneAndYes", ("question", yes.Text))));
        }

        foreach (var blank in questions.Where(q => answers.Find(q.LinkId) is null && !unreadable.Contains(q.LinkId)))
        {
            answers = answers.With(blank.LinkId, new Answer.Choice("no"));
        }

        return (enablement.Prune(answers), null);
    }

    private IEnumerable<QuestionnaireItem> Shown(QuestionnaireItem item, AnswerSet before) =>
        item.Items.Where(i => enablement.IsShown(i, before)).SelectMany(i => Shown(i, before).Prepend(i));
}
