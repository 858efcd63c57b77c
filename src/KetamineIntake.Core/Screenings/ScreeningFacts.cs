using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>Everything that rules may look at. Nothing else (no clock, no store) enters a verdict, so it can be replayed years later.</summary>
/// <param name="Answers">Checked against the questionnaire before; an item that is not in it is unanswered.</param>
/// <param name="Today">The day of judging in the clinic's zone; ages and periods count from it.</param>
/// <param name="Labs">Values by lab code, a number or a code; null at intake. A code that is absent is not available, which fires nothing.</param>
/// <param name="Readings">Day-of readings and statements by code; null at intake. "Not sure" given here stays unknown.</param>
public sealed record ScreeningFacts(
    AnswerSet Answers,
    LocalDate BirthDate,
    LocalDate Today,
    IReadOnlyDictionary<string, Answer>? Labs = null,
    IReadOnlyDictionary<string, Answer>? Readings = null)
{
    /// <summary>The version of the questionnaire that was answered; null: the one the rules ask. An option it did not offer is unknown, not no.</summary>
    public Version? Answered { get; init; }

    /// <summary>Completed years. Someone born on 29 February completes a year on 28 February where there is no 29th.</summary>
    public int Age => Period.Between(BirthDate, Today, PeriodUnits.Years).Years;
}
