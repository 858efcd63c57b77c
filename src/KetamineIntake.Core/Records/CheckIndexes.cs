using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Referrals;

namespace KetamineIntake.Core.Records;

/// <summary>Holds the clinics' lists against the records that they list, and on request makes the lists anew where they differ.</summary>
public sealed class CheckIndexes(IRecordStores stores)
{
    /// <summary>Every fault by clinic; with <paramref name="repair"/> each is mended.</summary>
    public async Task<IReadOnlyList<(string Clinic, IndexFault Fault)>> RunAsync(bool repair, CancellationToken cancellation)
    {
        var faults = new List<(string, IndexFault)>();
        await foreach (var clinic in ReadableRows.ListAsync(stores.Open(Rows.Global), Rows.Clinics, cancellation))
        {
            var slug = RecordJson.Read<Clinics.Clinic>(clinic).Slug;
            var records = stores.Open(slug);
            IReadOnlyList<IndexFault> found = [.. await Referrals(records).RunAsync(repair, cancellation), .. await Flags(records).RunAsync(repair, cancellation)];
            faults.AddRange(found.Select(fault => (slug, fault)));
        }

        return faults;
    }

    private static IndexCheck<ReferralSummary> Referrals(IRecordStore records) => new(records, Rows.Referrals, Rows.Inbox, async (row, cancellation) =>
    {
        var referral = RecordJson.Read<Referral>(row);
        return (ReferralInbox.KeyOf(referral), ReferralInbox.SummaryOf(referral, await PatientAsync(records, referral.PatientId, cancellation)));
    });

    private static IndexCheck<LabFlagSummary> Flags(IRecordStore records) => new(records, Rows.LabFlagRecords, Rows.LabFlags, async (row, cancellation) =>
    {
        var flag = RecordJson.Read<LabFlag>(row);
        return (LabFlagRows.PlaceOf(flag), LabFlagRows.Summary(flag, await PatientAsync(records, flag.PatientId, cancellation)));
    });

    private static async Task<Patient> PatientAsync(IRecordStore records, string id, CancellationToken cancellation) =>
        await records.FindAsync(Rows.Patient(id), cancellation) is { } row
            ? RecordJson.Read<Patient>(row)
            : throw new RecordIntegrityException(Rows.Patient(id), "it is missing.");
}
