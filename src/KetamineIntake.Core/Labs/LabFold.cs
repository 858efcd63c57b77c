using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>A patient's records with more results folded in.</summary>
/// <param name="New">How many of the results brought something new.</param>
/// <param name="HasStranger">A result goes by the name of another one; nothing of this may be stored.</param>
internal sealed record LabFold(
    int New, bool HasStranger, IReadOnlyList<LabResult> Current, IReadOnlyDictionary<string, LabRecord> Changed, IReadOnlyDictionary<string, Row> Stored)
{
    /// <param name="isImport">As for <see cref="LabRecord.With"/>.</param>
    public static LabFold Of(LabCase patient, IReadOnlyList<LabResult> results, Instant now, bool isImport)
    {
        var folding = new Folding(patient, now);
        var fresh = results.Count(result => folding.Add(result, isImport));
        return new LabFold(
            fresh,
            folding.HasStranger,
            [.. folding.Records.Values.Select(r => r.Current)],
            folding.Changed,
            patient.Records.ToDictionary(r => r.Record.Id, r => r.Row, StringComparer.Ordinal));
    }

    public IEnumerable<Change> Changes() => Changed.Values.Select(Change (record) => Stored.TryGetValue(record.Id, out var row)
        ? new Change.Replace(row.Key, RecordJson.Write(record), row.ETag)
        : new Change.Insert(Rows.Lab(record.PatientId, record.Id), RecordJson.Write(record)));

    private sealed class Folding(LabCase patient, Instant now)
    {
        public Dictionary<string, LabRecord> Records { get; } = patient.Records.ToDictionary(r => r.Record.Id, r => r.Record, StringComparer.Ordinal);

        public Dictionary<string, LabRecord> Changed { get; } = new(StringComparer.Ordinal);

        public bool HasStranger { get; private set; }

        /// <summary>Whether the result brought something new.</summary>
        public bool Add(LabResult sent, bool isImport)
        {
            // First, so that no shortcut passes it by.
            var withdrew = Withdraw(sent);
            return Fold(UnderItsKnownName(sent), isImport) || withdrew;
        }

        private bool Fold(LabResult result, bool isImport)
        {
            var known = Records.GetValueOrDefault(result.Id);
            if (known is null && result is { TakesBack: true, IsForeign: true } && !IsPart(result))
            {
                return false;
            }

            HasStranger |= known?.IsAnother(result) == true;
            var next = known is null ? LabRecord.First(patient.Patient.Id, result, now) : known.With(result, now, isImport);
            if (next is null)
            {
                return false;
            }

            Keep(next);
            if (result.TakesBack)
            {
                TakeBack(new LabVersion(result, now));
            }
            else
            {
                ForgetParts(next.Id);
            }

            return true;
        }

        // A result sent under a laboratory's number may be corrected or taken back by the address of its resource, and the other way round.
        private LabResult UnderItsKnownName(LabResult result)
        {
            if (Records.ContainsKey(result.Id))
            {
                return result;
            }

            var known = Records.Values.FirstOrDefault(r => !r.IsAnother(result) && r.SharesName(result) && (IsLater(result) || r.AwaitsOriginal(result)));
            return known is null ? result : result with { Id = known.Id };
        }

        private static bool IsLater(LabResult result) => result.TakesBack || result.Status is LabResultStatus.Corrected or LabResultStatus.Amended;

        // Results that came by themselves under a report that names no test of ours go with that report. As of its own time of issue: a report issued later may
        // carry them again. What stands inside another report is that report's.
        private bool Withdraw(LabResult report)
        {
            var names = report.Withdraws.ToHashSet(StringComparer.Ordinal);
            var withdrawn = Records.Values.Where(r => r.IsNamedAny(names))
                .Select(r => r.With(new LabResult(r.Id, null, LabResultStatus.Cancelled, [], [], report.IssuedAt, true), now))
                .OfType<LabRecord>().ToList();
            withdrawn.ForEach(Keep);
            return withdrawn.Count > 0;
        }

        // A value of a test that is not ours, a sodium, may stand in a panel that is.
        private bool IsPart(LabResult result) =>
            Records.Values.SelectMany(r => r.Current.Values).Any(v => v.Names.Intersect(result.AlsoKnownAs.Append(result.Id), StringComparer.Ordinal).Any());

        private void TakeBack(LabVersion retraction)
        {
            foreach (var holder in Records.Values.Where(r => !IsBefore(retraction, r.Current)).Select(r => r.Id).ToList())
            {
                Strip(holder, retraction.Result);
            }
        }

        // What was taken back before its panel arrived does not come back with the panel, unless the panel was issued after it and carries it anew.
        private void ForgetParts(string id)
        {
            var carrier = Records[id].Current;
            foreach (var retraction in Records.Values.Select(r => r.Holding).Where(v => v.Result.TakesBack && !IsBefore(v, carrier)).ToList())
            {
                Strip(id, retraction.Result);
            }
        }

        // Entered in error often keeps the first time of issue, so only its receipt tells when it was said.
        private static bool IsBefore(LabVersion retraction, LabResult carrier)
        {
            var said = retraction.Result.Status == LabResultStatus.EnteredInError ? retraction.ReceivedAt : retraction.Result.IssuedAt;
            return said is { } back && carrier.IssuedAt is { } carried && back < carried;
        }

        private void Strip(string id, LabResult retraction)
        {
            foreach (var source in retraction.AlsoKnownAs.Append(retraction.Id).Distinct(StringComparer.Ordinal))
            {
                Keep(Records[id].Without(source, now));
            }
        }

        private void Keep(LabRecord? record)
        {
            if (record is not null)
            {
                Records[record.Id] = Changed[record.Id] = record;
            }
        }
    }
}
