using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>A patient's records with more results folded in.</summary>
/// <param name="New">How many of the results brought something new.</param>
internal sealed record LabFold(
    int New, IReadOnlyList<LabResult> Current, IReadOnlyDictionary<string, LabRecord> Changed, IReadOnlyDictionary<string, Row> Stored)
{
    public static LabFold Of(LabCase patient, IReadOnlyList<LabResult> results, Instant now)
    {
        var records = patient.Records.ToDictionary(r => r.Record.Id, r => r.Record, StringComparer.Ordinal);
        var changed = new Dictionary<string, LabRecord>(StringComparer.Ordinal);
        var fresh = 0;
        foreach (var result in results)
        {
            var next = records.TryGetValue(result.Id, out var known) ? known.With(result, now) : LabRecord.First(patient.Patient.Id, result, now);
            if (next is null)
            {
                continue;
            }

            fresh++;
            records[next.Id] = changed[next.Id] = next;
            foreach (var holder in result.TakesBack ? records.Values.ToList() : [])
            {
                if (holder.Without(result.Id, now) is { } less)
                {
                    records[less.Id] = changed[less.Id] = less;
                }
            }
        }

        return new LabFold(
            fresh, [.. records.Values.Select(r => r.Current)], changed, patient.Records.ToDictionary(r => r.Record.Id, r => r.Row, StringComparer.Ordinal));
    }

    public IEnumerable<Change> Changes() => Changed.Values.Select(Change (record) => Stored.TryGetValue(record.Id, out var row)
        ? new Change.Replace(row.Key, RecordJson.Write(record), row.ETag)
        : new Change.Insert(Rows.Lab(record.PatientId, record.Id), RecordJson.Write(record)));
}
