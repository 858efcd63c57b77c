using NodaTime;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>What a clinician ordered for one patient's preparation. Without an order the page says nothing about these medicines.</summary>
/// <param name="FastingPlanOnFile">A clinician has planned food and drink with a patient who has to call first; until then no text names fasting times. For one series, and void when a medicine changes.</param>
/// <param name="By">Id of the staff key.</param>
public sealed record PreparationOrders(bool Benzodiazepine, bool Lamotrigine, bool FastingPlanOnFile, string By, Instant At)
{
    public static readonly PreparationOrders None = new(false, false, false, string.Empty, Instant.MinValue);

    /// <summary>
    /// A clinician asks that fasting be planned with the patient, whatever the answers say: a medicine only written in words, kidneys, an earlier low sugar. Null in an order keeps what was
    /// ordered before; null on record is no.
    /// </summary>
    public bool? FastingPlanNeeded { get; init; }

    /// <summary>What the patient had answered about medicines when the plan was recorded, as a fingerprint: the plan is void when that changes. Null before plans kept it.</summary>
    public string? Medicines { get; init; }
}

/// <summary>One preparation page. It expires three days after the last visit that has its token.</summary>
/// <param name="WrongTries">Wrong dates of birth; ten lock the page.</param>
/// <param name="Ticks">Ids of steps, by appointment.</param>
public sealed record PreparationLink(string PatientId, int WrongTries, IReadOnlyDictionary<string, IReadOnlyList<string>> Ticks);

/// <summary>Which clinic a link belongs to; in the global partition.</summary>
public sealed record LinkOwner(string Clinic);
