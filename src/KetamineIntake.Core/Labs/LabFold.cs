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
        var isNew = results.Select(result => folding.Add(result, isImport)).ToList();
        // Reports go last: another report of the same document may carry what they carried.
        var fresh = results.Select(folding.Withdraw).Zip(isNew).Count(did => did.First || did.Second);
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
            var isNew = false;
            foreach (var result in UnderKnownNames(sent))
            {
                isNew |= Fold(result, isImport);
            }

            return isNew;
        }

        /// <summary>
        /// Whether anything went with a report that is taken back: results that came by themselves under it, because it names no test of ours, unless another one
        /// carries them too. As of the report's time of issue or their own, the later: such a report often keeps its first time.
        /// </summary>
        public bool Withdraw(LabResult report)
        {
            if (report.Status is not (LabResultStatus.EnteredInError or LabResultStatus.Cancelled))
            {
                return false;
            }

            var names = report.AlsoKnownAs.Append(report.Id).ToHashSet(StringComparer.Ordinal);
            var parts = report.Withdraws.ToHashSet(StringComparer.Ordinal);
            var withdrawn = Records.Values.Where(r => r.IsCarriedBy(names) || r.IsNamedAny(parts))
                .Select(r => r.WithoutReport(names, report.IssuedAt, now)).OfType<LabRecord>().ToList();
            withdrawn.ForEach(Keep);
            return withdrawn.Count > 0;
        }

        private bool Fold(LabResult sent, bool isImport)
        {
            var known = Records.GetValueOrDefault(sent.Id);
            if (known is null && sent is { TakesBack: true, IsForeign: true } && !IsPart(sent))
            {
                return false;
            }

            // A correction of the code itself, told by the resource's address, takes the place of what was sent under the wrong code.
            HasStranger |= known?.IsAnother(sent) == true && !(sent.IsLater && known.Is(sent));
            // A file's number that stands on a final line of another day or value is a number of something else, a tube or a spreadsheet's slip.
            HasStranger |= isImport && known?.IsOfAnother(sent) == true;
            var result = known is null ? sent : known.InItsReports(sent);
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

        // A result sent under a laboratory's number may be sent again, corrected or taken back by the address of its resource, and the other way round. What is
        // taken back goes under every name that it was stored by.
        private IReadOnlyList<LabResult> UnderKnownNames(LabResult result)
        {
            var known = Records.Values.Where(r => r.Id == result.Id || r.Is(result)).OrderBy(r => r.Id == result.Id ? 0 : 1).Select(r => result with { Id = r.Id }).ToList();
            return known.Count == 0 ? [result] : result.TakesBack ? known : [known[0]];
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
