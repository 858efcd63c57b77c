using System.Globalization;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Screenings;

/// <summary>Answers written as one line of text, read by the type of the item: "cv.mi=yes cv.mi.date=2026-05 cv.bpSys=120 med.classes=maoi,opioid".</summary>
internal static class Written
{
    public static AnswerSet Answers(Questionnaire questionnaire, string given) => With(AnswerSet.Empty, questionnaire, given);

    /// <summary>An item given as "-" is removed.</summary>
    public static AnswerSet With(AnswerSet answers, Questionnaire questionnaire, string given)
    {
        foreach (var pair in given.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (linkId, value) = (pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            var item = questionnaire.Find(linkId) ?? throw new ArgumentException($"There is no item {linkId}.", nameof(given));
            answers = answers.With(linkId, value == "-" ? null : Answer(item, value));
        }

        return answers;
    }

    public static Answer Answer(QuestionnaireItem item, string value) => (value, item) switch
    {
        ("not-sure", _) => Core.Screenings.Answer.NotSure.Instance,
        (_, { Type: ItemType.Choice, Repeats: true }) => new Answer.Choices([.. value.Split(',').Order(StringComparer.Ordinal)]),
        (_, { Type: ItemType.Choice }) when char.IsAsciiDigit(value[0]) => new Answer.Number(decimal.Parse(value, CultureInfo.InvariantCulture)),
        (_, { Type: ItemType.Choice }) => new Answer.Choice(value),
        (_, { Type: ItemType.Date }) => new Answer.Date(Date(value)),
        (_, { Type: ItemType.Text }) => new Answer.Text(value.Replace(',', ' ')),
        _ => new Answer.Number(decimal.Parse(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>A laboratory value or reading: a number or a code.</summary>
    public static Answer Value(string value) => value == "not-sure" ? Core.Screenings.Answer.NotSure.Instance
        : decimal.TryParse(value, CultureInfo.InvariantCulture, out var number) ? new Answer.Number(number)
        : new Answer.Choice(value);

    public static PartialDate Date(string value)
    {
        var parts = value.Split('-').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return new PartialDate(parts[0], parts.Length > 1 ? parts[1] : null, parts.Length > 2 ? parts[2] : null);
    }
}
