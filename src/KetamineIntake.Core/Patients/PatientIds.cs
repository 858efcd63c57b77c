using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Patients;

/// <summary>Who a clinic's patients are, for what has to be done for each of them.</summary>
internal static class PatientIds
{
    /// <summary>From the keys, in their order: those whose record cannot be read are among them.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(IRecordStore records, CancellationToken cancellation)
    {
        var patients = new List<string>();
        RowRange? range = Rows.Patients;
        while (range is { } rest)
        {
            range = null;
            try
            {
                await foreach (var row in records.ListAsync(rest, cancellation))
                {
                    patients.Add(Rows.PatientOf(row.Key));
                }
            }
            catch (RecordIntegrityException broken)
            {
                patients.Add(Rows.PatientOf(broken.Key));
                range = rest.After(broken.Key);
            }
        }

        return patients;
    }
}
