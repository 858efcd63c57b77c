using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Reminders;

/// <summary>A stored record together with its row.</summary>
internal readonly record struct Stored<T>(Row Row, T Value);

/// <summary>Everything about one patient that booking and planning look at, as it was stored at one moment.</summary>
/// <param name="Stamp">The row that serializes planning; null before the first plan.</param>
/// <param name="Labs">Texts that missing or expiring tests ask for, and visits that wait because of them.</param>
/// <param name="CallsFirst">No text may name fasting times: insulin or a sulfonylurea, and no plan on file.</param>
internal sealed record PatientVisits(
    Patient Patient,
    Row? Stamp,
    IReadOnlyList<Stored<Appointment>> Appointments,
    IReadOnlyList<Stored<Reminder>> Reminders,
    string PhoneHash,
    bool MayBeTexted,
    PreparationOrders Orders,
    bool CallsFirst,
    LabLedger Labs)
{
    // Insulin or a sulfonylurea: fasting can lower the sugar dangerously (domain 7, END-01).
    private const string FastingRule = "END-01";

    /// <summary>Null when the clinic has no such patient.</summary>
    public static async Task<PatientVisits?> LoadAsync(ClinicContext clinic, PhoneBook phones, string patientId, CancellationToken cancellation)
    {
        var records = clinic.Records;
        if (!RowId.IsValid(patientId) || await records.FindAsync(Rows.Patient(patientId), cancellation) is not { } row)
        {
            return null;
        }

        // First of all, so that whatever is planned meanwhile makes our commit fail.
        var stamp = await records.FindAsync(Rows.Plan(patientId), cancellation);
        var patient = RecordJson.Read<Patient>(row);
        var hash = await phones.HashAsync(clinic, patient.Phone, cancellation);
        var (_, ledger) = await PhoneBook.LedgerAsync(clinic, hash, cancellation);
        var orders = await records.FindAsync(Rows.Orders(patientId), cancellation) is { } ordered ? RecordJson.Read<PreparationOrders>(ordered) : PreparationOrders.None;
        var labs = await records.FindAsync(Rows.LabLedger(patientId), cancellation) is { } standing ? RecordJson.Read<LabLedger>(standing) : LabLedger.Empty(patientId);
        var needsPlan = !orders.FastingPlanOnFile && await HasFindingAsync(clinic, patientId, cancellation);
        return new PatientVisits(
            patient, stamp,
            await ReadAsync<Appointment>(records, Rows.PatientAppointments(patientId), cancellation),
            await ReadAsync<Reminder>(records, Rows.PatientReminders(patientId), cancellation),
            hash, ledger.Allows(patient.SmsConsent), orders, needsPlan, labs);
    }

    private static async Task<bool> HasFindingAsync(ClinicContext clinic, string patientId, CancellationToken cancellation)
    {
        var screenings = await ReadAsync<StoredScreening>(clinic.Records, Rows.PatientScreenings(patientId), cancellation);
        return screenings.Any(s => s.Value.Result.Findings.Any(f => f.Rule == FastingRule));
    }

    private static async Task<IReadOnlyList<Stored<T>>> ReadAsync<T>(IRecordStore records, RowRange range, CancellationToken cancellation)
    {
        var found = new List<Stored<T>>();
        await foreach (var row in records.ListAsync(range, cancellation))
        {
            found.Add(new Stored<T>(row, RecordJson.Read<T>(row)));
        }

        return found;
    }
}
