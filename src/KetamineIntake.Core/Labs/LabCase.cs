using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Everything stored that one patient's laboratory tests are judged by.</summary>
/// <param name="Referral">The one that visits are booked on (<see cref="BookableReferral"/>), else that of the newest screening; null when the patient has none.</param>
/// <param name="Visits">Booked infusions.</param>
/// <param name="LedgerRow">Null before the first judgement.</param>
internal sealed record LabCase(
    Patient Patient,
    Referral? Referral,
    StoredScreening? Screening,
    IReadOnlyList<(Row Row, LabRecord Record)> Records,
    IReadOnlyList<(Row Row, LabFlag Flag)> Flags,
    IReadOnlyList<LabVisit> Visits,
    Row? LedgerRow)
{
    /// <summary>Results that wait for a person.</summary>
    public IReadOnlyList<UnplacedLab> Unplaced { get; init; } = [];

    public LabLedger Ledger { get; init; } = LedgerRow is null ? LabLedger.Empty(Patient.Id) : RecordJson.Read<LabLedger>(LedgerRow);

    /// <summary>Only patients whom a clinician has accepted are flagged.</summary>
    public bool IsTreated => Referral?.Status is ReferralStatus.Accepted or ReferralStatus.Overridden;

    /// <summary>With a screening that left questions open nothing can be ruled out: what goes by risk is required.</summary>
    public IReadOnlyList<LabRequirement> Requirements(ClinicContext clinic) =>
        IsTreated ? LabSettings.For(clinic.Protocol.Labs, clinic.Clinic.Overrides.Labs, Screening?.Result is { Missing.Count: 0 } result ? result.Findings : null) : [];

    /// <summary>Null when the clinic has no such patient.</summary>
    public static async Task<LabCase?> LoadAsync(ClinicContext clinic, string patientId, CancellationToken cancellation)
    {
        var records = clinic.Records;
        if (!RowId.IsValid(patientId) || await records.FindAsync(Rows.Patient(patientId), cancellation) is not { } patient)
        {
            return null;
        }

        // The ledger first: whoever changes anything behind it makes its ETag stale, and the commit is refused.
        var ledger = await records.FindAsync(Rows.LabLedger(patientId), cancellation);
        var screenings = (await ListAsync<StoredScreening>(records, Rows.PatientScreenings(patientId), cancellation)).ConvertAll(s => s.Value);
        var screening = screenings.MaxBy(s => s.ReceivedAt);
        var referral = await BookableReferral.FindAsync(clinic, screenings, cancellation)
            ?? (screening is not null && await records.FindAsync(Rows.Referral(screening.ReferralId), cancellation) is { } newest ? RecordJson.Read<Referral>(newest) : null);
        var appointments = await ListAsync<Appointment>(records, Rows.PatientAppointments(patientId), cancellation);
        return new LabCase(
            RecordJson.Read<Patient>(patient),
            referral,
            screening,
            await ListAsync<LabRecord>(records, Rows.PatientLabs(patientId), cancellation),
            await ListAsync<LabFlag>(records, Rows.PatientLabFlags(patientId), cancellation),
            LabVisit.Of(appointments.Select(a => a.Value)),
            ledger)
        {
            Unplaced = (await ListAsync<UnplacedLab>(records, Rows.PatientUnplacedLabs(patientId), cancellation)).ConvertAll(u => u.Value),
        };
    }

    private static async Task<List<(Row Row, T Value)>> ListAsync<T>(IRecordStore records, RowRange range, CancellationToken cancellation)
    {
        var rows = new List<(Row, T)>();
        await foreach (var row in records.ListAsync(range, cancellation))
        {
            rows.Add((row, RecordJson.Read<T>(row)));
        }

        return rows;
    }
}
