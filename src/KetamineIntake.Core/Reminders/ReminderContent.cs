using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Replies.Words;
using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Reminders;

/// <summary>What a protocol says about preparing for visits: when, every word, and what patients' answers mean.</summary>
public sealed record ReminderContent(
    ReminderRules Rules,
    IReadOnlyDictionary<SmsLanguage, SmsTexts> Texts,
    IReadOnlyDictionary<SmsLanguage, PreparationGuide> Guides,
    RevealingWords Revealing,
    ReplyBook Replies)
{
    private static readonly SmsLanguage[] Languages = Enum.GetValues<SmsLanguage>();

    internal static readonly IReadOnlyList<string> ReplyFileNames = [.. Languages.Select(ReplyWordsReader.FileName), CrisisWeightsReader.FileName];

    internal static readonly IReadOnlyList<string> FileNames =
        [
            ReminderRulesReader.FileName, RevealingWords.FileName,
            .. Languages.Select(SmsTextsReader.FileName), .. Languages.Select(PreparationGuideReader.FileName), .. ReplyFileNames,
        ];

    internal static ReminderContent Read(IReadOnlyDictionary<string, Node> roots, IReadOnlyCollection<string> indications)
    {
        var revealing = RevealingWords.Read(roots[RevealingWords.FileName]);
        return new ReminderContent(
            ReminderRulesReader.Read(roots[ReminderRulesReader.FileName], indications),
            Languages.ToDictionary(l => l, l => SmsTextsReader.Read(roots[SmsTextsReader.FileName(l)], l, revealing)),
            Languages.ToDictionary(l => l, l => PreparationGuideReader.Read(roots[PreparationGuideReader.FileName(l)], l)),
            revealing,
            new ReplyBook([.. Languages.Select(l => ReplyWordsReader.Read(roots[ReplyWordsReader.FileName(l)], l))], CrisisWeightsReader.Read(roots[CrisisWeightsReader.FileName])));
    }
}
