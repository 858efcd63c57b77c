using KetamineIntake.Core.Reminders.Texts;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>The words of the preparation page in one language. Behind the link and the date of birth, so it may speak plainly.</summary>
/// <param name="Words">Headings and labels by name.</param>
public sealed record PreparationGuide(SmsLanguage Language, IReadOnlyDictionary<string, string> Words, IReadOnlyList<PreparationStage> Stages);

/// <summary>One part of the preparation, for example the day before.</summary>
public sealed record PreparationStage(string Id, string Title, IReadOnlyList<PreparationStep> Steps);

/// <summary>One thing to do or to know.</summary>
/// <param name="Id">Permanent: patients' ticks are kept under it.</param>
/// <param name="Text">With {food}, {water}, {alcohol} filled in for the visit.</param>
/// <param name="CanBeTicked">Something to do, rather than to know.</param>
/// <param name="Only">"benzodiazepine" or "lamotrigine": shown only with a clinician's order on the patient. "insulin": only while a fasting plan is missing. Null: always.</param>
public sealed record PreparationStep(string Id, string Text, bool CanBeTicked, string? Only);
