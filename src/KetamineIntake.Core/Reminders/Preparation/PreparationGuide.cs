using System.Text.Json;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>The words of the preparation page in one language. Behind the link and the date of birth, so it may speak plainly.</summary>
/// <param name="Words">Headings and labels by name.</param>
public sealed record PreparationGuide(SmsLanguage Language, IReadOnlyDictionary<string, string> Words, IReadOnlyList<PreparationStage> Stages)
{
    /// <summary>The name of the words for what is wrong with a date.</summary>
    public static string DateWord(DateFault fault) => "date." + JsonNamingPolicy.CamelCase.ConvertName(fault.ToString());
}

/// <summary>One part of the preparation, for example the day before.</summary>
public sealed record PreparationStage(string Id, string Title, IReadOnlyList<PreparationStep> Steps);

/// <summary>One thing to do or to know.</summary>
/// <param name="Id">Permanent: patients' ticks are kept under it.</param>
/// <param name="Text">With its placeholders, such as {food}, filled in for the visit.</param>
/// <param name="CanBeTicked">Something to do, rather than to know.</param>
/// <param name="Only">For whom it is shown; null: for everybody.</param>
public sealed record PreparationStep(string Id, string Text, bool CanBeTicked, StepCondition? Only);

/// <summary>For whom a step of the preparation page is true.</summary>
public enum StepCondition
{
    /// <summary>A clinician has given an order about it.</summary>
    Benzodiazepine,

    /// <summary>A clinician has given an order about it.</summary>
    Lamotrigine,

    /// <summary>Food and drink have to be planned by a clinician, and no plan is on file.</summary>
    CallFirst,

    /// <summary>Everybody else.</summary>
    UnlessCallFirst,

    /// <summary>Whoever's drinking is not among what has to be planned.</summary>
    UnlessAlcoholIsPlanned,

    /// <summary>Patients of a clinic that has private rooms.</summary>
    PrivateRoom,

    /// <summary>Patients of a clinic that gives out the consent form before the visit.</summary>
    ConsentForm,
}
