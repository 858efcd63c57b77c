using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>
/// Corrections whose code is only their laboratory's own, or that do not say their day, placed by what is stored: each that goes by the names of exactly one result takes that result's
/// code, or day. The others are for a person, because what they correct would go on counting unseen.
/// </summary>
/// <param name="Results">What was sent, without those that nothing stored places.</param>
/// <param name="Unplaced">Those, by their places in what was sent, from 0.</param>
internal sealed record LabCorrections(IReadOnlyList<LabResult> Results, IReadOnlyDictionary<int, UnplacedResult> Unplaced)
{
    public static LabCorrections Of(LabCase patient, IReadOnlyList<LabResult> sent)
    {
        var known = patient.Records.Select(r => r.Record.Current).Concat(sent.Where(r => r.Otherwise is null && !r.TakesBack)).ToList();
        var (results, unplaced) = (new List<LabResult>(), new Dictionary<int, UnplacedResult>());
        foreach (var (result, place) in sent.Select((result, place) => (result, place)))
        {
            if (result.Otherwise is not { } otherwise)
            {
                results.Add(result);
            }
            else if (Placed(result, known) is { } placed)
            {
                results.Add(placed);
            }
            else if (!result.IsForeign || IsKnown(result, known))
            {
                unplaced[place] = otherwise;
            }
        }

        return new LabCorrections(results, unplaced);
    }

    // What is no test of ours corrects nothing that is looked at, unless something stored goes by its names.
    private static bool IsKnown(LabResult correction, List<LabResult> known) =>
        known.Exists(r => r.AlsoKnownAs.Append(r.Id).Concat(r.Values.SelectMany(v => v.Names)).Intersect(correction.AlsoKnownAs, StringComparer.Ordinal).Any());

    // Its code and its values are its own; the day is that of what it corrects, where they all say one.
    private static LabResult? Dated(LabResult correction, List<LabResult> known, HashSet<string> names)
    {
        var days = known.Where(r => r.AlsoKnownAs.Append(r.Id).Any(names.Contains)).Select(r => r.CollectedOn)
            .Concat(known.SelectMany(r => r.Values.Where(v => v.Names.Any(names.Contains)).Select(v => v.Day ?? r.CollectedOn))).OfType<LocalDate>().Distinct().ToList();
        return days is [var day] ? correction with { CollectedOn = day, Otherwise = null } : null;
    }

    private static LabResult? Placed(LabResult correction, List<LabResult> known)
    {
        var names = correction.AlsoKnownAs.ToHashSet(StringComparer.Ordinal);
        if (!correction.IsLocalCorrection)
        {
            return Dated(correction, known, names);
        }

        var alone = known.Where(r => r.AlsoKnownAs.Append(r.Id).Any(names.Contains) && r.Codes.Count > 0).ToList();
        var inside = known.SelectMany(r => r.Values).Where(v => v.Names.Any(names.Contains)).ToList();
        var codes = alone.SelectMany(r => r.Codes).Concat(inside.Select(v => v.Code)).ToList();
        if (codes.Select(LabKinds.Canonical).Distinct(StringComparer.Ordinal).Count() != 1 || alone.Select(r => r.Id).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            return null;
        }

        // What calls itself something else than what it corrects is a value of neither until somebody has looked.
        if (correction.Otherwise?.Named is { Count: > 0 } named && LabKinds.Find(codes[0]) is { } kind && !named.Contains(kind.Name, StringComparer.Ordinal) && kind.IsMeasured)
        {
            return null;
        }

        var own = alone.SelectMany(r => r.AlsoKnownAs.Append(r.Id)).Concat(inside.SelectMany(v => v.Names)).Where(names.Contains).Distinct(StringComparer.Ordinal).ToList();
        var original = alone.FirstOrDefault();
        return correction with
        {
            Id = original?.Id ?? own[0],
            AlsoKnownAs = own,
            // Corrected to nothing: what it said before no longer holds.
            Codes = correction.Values.Count == 0 ? [] : [codes[0]],
            CollectedOn = correction.Values.Count == 0 ? null
                : correction.CollectedOn ?? original?.CollectedOn ?? known.Where(r => r.Values.Any(v => v.Names.Any(names.Contains))).Select(r => r.CollectedOn).FirstOrDefault(),
            Values = [.. correction.Values.Select(v => v with { Code = codes[0] })],
            Otherwise = null,
            IsForeign = false,
        };
    }
}
