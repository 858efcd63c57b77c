using NodaTime;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>What a clinician ordered for one patient's preparation. Without an order the page says nothing about these medicines.</summary>
/// <param name="FastingPlanOnFile">A clinician has planned fasting for a patient on insulin or a sulfonylurea; until then no text names fasting times.</param>
/// <param name="By">Id of the staff key.</param>
public sealed record PreparationOrders(bool Benzodiazepine, bool Lamotrigine, bool FastingPlanOnFile, string By, Instant At)
{
    public static readonly PreparationOrders None = new(false, false, false, string.Empty, Instant.MinValue);

    /// <summary>
    /// A clinician asks that fasting be planned with the patient, whatever the answers say: a medicine only written in words, kidneys, an earlier low sugar. Null in an order keeps what was
    /// ordered before; null on record is no.
    /// </summary>
    public bool? FastingPlanNeeded { get; init; }

    /// <summary>Whether no text may name fasting times.</summary>
    /// <param name="mayHarm">What the patient's answers say.</param>
    public bool CallsFirst(bool mayHarm) => !FastingPlanOnFile && (mayHarm || FastingPlanNeeded == true);
}

/// <summary>One preparation page. It expires three days after the last visit that has its token.</summary>
/// <param name="WrongTries">Wrong dates of birth; ten lock the page.</param>
/// <param name="Ticks">Ids of steps, by appointment.</param>
public sealed record PreparationLink(string PatientId, int WrongTries, IReadOnlyDictionary<string, IReadOnlyList<string>> Ticks);

/// <summary>Which clinic a link belongs to; in the global partition.</summary>
public sealed record LinkOwner(string Clinic);
