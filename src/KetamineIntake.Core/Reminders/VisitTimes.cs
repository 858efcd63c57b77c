using KetamineIntake.Core.Appointments;
using NodaTime;

namespace KetamineIntake.Core.Reminders;

/// <summary>
/// What one visit asks of the patient, as instants. Fasting counts in elapsed hours, also over a night in which the clocks change: a stomach does not know of them.
/// </summary>
/// <param name="EndsAt">When the patient may be out again.</param>
public sealed record VisitTimes(Instant NoAlcoholFrom, Instant NoFoodFrom, Instant NoWaterFrom, Instant StartsAt, Instant EndsAt)
{
    public static VisitTimes Of(Appointment visit, ReminderRules rules) => new(
        visit.StartsAt - Duration.FromHours(rules.AlcoholBeforeHours),
        visit.StartsAt - Duration.FromHours(rules.SolidsHours),
        visit.StartsAt - Duration.FromHours(rules.ClearLiquidsHours),
        visit.StartsAt,
        visit.StartsAt + rules.Visits.LengthOf(visit.Kind));
}
