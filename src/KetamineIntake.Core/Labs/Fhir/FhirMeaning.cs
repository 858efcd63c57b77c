namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>What an accepted result counts for, in words for its sender.</summary>
internal static class FhirMeaning
{
    public static string Of(LabResult result, FhirLabContext context)
    {
        if (result.TakesBack || result.Otherwise is not null)
        {
            return string.Empty;
        }

        // A value that nobody understands keeps its test from being valid, whatever else of that test stands beside it.
        var dark = result.Values.Where(v => !LabKinds.IsDone(v)).SelectMany(v => LabKinds.Find(v.Code)?.Tests ?? []).ToHashSet(StringComparer.Ordinal);
        var attested = result.Attested.ToHashSet(StringComparer.Ordinal);
        var tests = LabJudgement.SatisfiedBy(context.Requirements, attested).Where(t => !dark.Contains(t)).ToList();
        var named = result.Values.Where(LabKinds.IsUnread).Select(v => LabNames.Of(v.Code)).Distinct(StringComparer.Ordinal).ToList();
        return (attested.Count == 0 ? "is kept and counts for no test: it has words where a number belongs"
            : tests.Count > 0 ? "counts as " + string.Join(", ", tests) : "counts together with other results")
            + (named.Count > 0 ? $"; not understood, and named to the clinician: {string.Join(", ", named)}" : "");
    }
}
