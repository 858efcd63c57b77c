using NodaTime;

namespace KetamineIntake.Core.Labs;

/// <summary>Values of a panel and versions of the same values that came by themselves.</summary>
internal static class LabParts
{
    /// <summary>
    /// Every value that stands, with its own day: a panel counts from its oldest part, its values do not. A part that its laboratory has corrected by itself
    /// no longer stands inside the older panel, whether or not the correction says when it was issued; beside a final panel issued after it both stand.
    /// Where nothing tells which is newer, both stand.
    /// </summary>
    public static IEnumerable<(LabValue Value, LocalDate Day)> Standing(IReadOnlyList<LabResult> results)
    {
        var counting = results.Where(r => r.Counts).ToList();
        var alone = counting.SelectMany(r => r.AlsoKnownAs.Append(r.Id).Distinct(StringComparer.Ordinal), (result, name) => (result, name))
            .ToLookup(r => r.name, r => r.result, StringComparer.Ordinal);
        var overruled = new HashSet<(string Holder, string Code)>();
        foreach (var panel in counting)
        {
            foreach (var value in panel.Values)
            {
                foreach (var part in value.Names.SelectMany(name => alone[name]).Where(part => part.Id != panel.Id))
                {
                    Overrule(panel, part, value.Code, overruled);
                }
            }
        }

        return counting.SelectMany(r => r.Values.Where(v => !overruled.Contains((r.Id, v.Code))).Select(v => (v, v.Day ?? r.CollectedOn!.Value)));
    }

    private static void Overrule(LabResult panel, LabResult part, string code, HashSet<(string Holder, string Code)> overruled)
    {
        if (Loser(panel, part) is { } loser)
        {
            overruled.Add((loser.Id, code));
        }
    }

    private static LabResult? Loser(LabResult panel, LabResult part)
    {
        if (panel.IssuedAt is { } one && part.IssuedAt is { } other && (one != other || IsCorrection(panel) == IsCorrection(part)))
        {
            var (loser, winner) = one < other ? (panel, part) : (part, panel);
            // A correction often keeps the first time of issue, before that of the panel that carried what it corrects.
            return one == other || (IsCorrection(loser) && !IsCorrection(winner)) ? null : loser;
        }

        return (IsCorrection(part), IsCorrection(panel)) switch
        {
            (true, false) => panel,
            (false, true) => part,
            _ => null,
        };
    }

    private static bool IsCorrection(LabResult result) => result.Status is LabResultStatus.Corrected or LabResultStatus.Amended;
}
