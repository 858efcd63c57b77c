using KetamineIntake.Core.Clinics;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>What results that wait for somebody to say what they are mean until then.</summary>
internal static class WaitingLabs
{
    /// <summary>Each as values that are there and not understood, of the kinds that its words name: it satisfies no test, and no older result stands as the newest beside it.</summary>
    public static IEnumerable<LabResult> Unread(ClinicContext clinic, LabCase patient) =>
        from waiting in patient.Unplaced
        let codes = waiting.What.Kinds.Select(k => k.Codes[0]).ToList()
        where codes.Count > 0
        let sent = string.Join("; ", waiting.What.Values)
        select new LabResult(
            waiting.What.Id, DayOf(clinic, waiting), LabResultStatus.Final, codes, [.. codes.Select(code => Fhir.FhirValues.NotUnderstood(code, null, sent))], waiting.What.IssuedAt, true);

    /// <summary>The day that it says, else that of its issue or of its receipt: the latest that it can be of.</summary>
    public static LocalDate DayOf(ClinicContext clinic, UnplacedLab waiting) => waiting.What.CollectedOn ?? clinic.DayAt(waiting.What.IssuedAt ?? waiting.ReceivedAt);
}
