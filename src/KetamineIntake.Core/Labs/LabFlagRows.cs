using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Labs;

/// <summary>A flag's own row and its place in the clinic's list, always written together.</summary>
internal static class LabFlagRows
{
    public static async Task AddAsync(IRecordStore records, LabCase patient, LabFlag flag, List<Change> changes, CancellationToken cancellation)
    {
        var stored = patient.Flags.FirstOrDefault(f => f.Flag.Id == flag.Id);
        var body = RecordJson.Write(flag);
        var key = Rows.LabFlag(flag.PatientId, flag.Id);
        changes.Add(stored.Row is null ? new Change.Insert(key, body) : new Change.Replace(key, body, stored.Row.ETag));
        var place = PlaceOf(flag);
        if (stored.Row is not null && PlaceOf(stored.Flag) is var before && before != place && await records.FindAsync(before, cancellation) is { } old)
        {
            changes.Add(new Change.Delete(old.Key, old.ETag));
        }

        changes.Add(new Change.Upsert(place, RecordJson.Write(Summary(flag, patient.Patient))));
    }

    public static string NameOf(Patient patient) => patient.Name;

    public static string PlaceOf(LabFlag flag) => Rows.LabFlagEntry(flag.IsOpen, flag.VisitOn, flag.Test, flag.Id);

    public static LabFlagSummary Summary(LabFlag flag, Patient patient) => new(
        flag.Id, flag.PatientId, NameOf(patient), flag.Test, flag.Kind, flag.VisitId, flag.VisitOn, flag.ExpiresOn, flag.OpenedAt, flag.ClosedAt);
}
