using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Labs;

/// <summary>For whom a clinic requires a test (domain C11: one seed wants every test of everyone, Cohen 2018 none of the healthy).</summary>
public enum LabPolicy
{
    /// <summary>Everyone: the default.</summary>
    All,

    /// <summary>Patients whose screening gives a reason, or cannot rule one out.</summary>
    ByRisk,

    /// <summary>Nobody.</summary>
    Off,
}

/// <summary>Where a clinic departs from its protocol for one test.</summary>
/// <param name="ValidMonths">1 to 12 calendar months; null: the protocol's.</param>
/// <param name="SignedBy">Needed to require less than the protocol does: fewer patients, or older results.</param>
public sealed record LabSetting(string Test, LabPolicy Policy, int? ValidMonths = null, string? SignedBy = null);

/// <summary>What one patient needs, from the protocol, the clinic and the screening.</summary>
public static class LabSettings
{
    public const int ShortestMonths = 1;
    public const int LongestMonths = 12;

    /// <summary>
    /// The protocol's requirements, each as the clinic sets it: left out when it is off, or goes by risk and the screening gives no reason; else with the clinic's
    /// months in place of the protocol's. What the clinic says nothing about stands as the protocol has it.
    /// </summary>
    /// <param name="protocol">In the order in which they are to be shown; the answer keeps it.</param>
    /// <param name="clinic">Checked by <see cref="Check"/> when they were set.</param>
    /// <param name="findings">Of the patient's screening; null when there is none to look at, and then every test that goes by risk is required.</param>
    public static IReadOnlyList<LabRequirement> For(
        IReadOnlyList<LabRequirement> protocol, IReadOnlyList<LabSetting> clinic, IReadOnlyList<Finding>? findings)
    {
        var required = new List<LabRequirement>();
        foreach (var test in protocol)
        {
            var setting = clinic.FirstOrDefault(s => s.Test == test.Test);
            if (setting?.Policy is LabPolicy.Off || (setting?.Policy is LabPolicy.ByRisk && !IsAtRisk(test, findings)))
            {
                continue;
            }

            required.Add(setting?.ValidMonths is { } months ? test with { ValidMonths = months } : test);
        }

        return required;
    }

    /// <summary>What is wrong with a clinic's settings, in words; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(IReadOnlyList<LabRequirement> protocol, IReadOnlyList<LabSetting> clinic)
    {
        if (clinic.Contains(null!))
        {
            return ["labs: every setting names a test; one of them is empty."];
        }

        var faults = clinic.GroupBy(s => s.Test, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"labs: {g.Key} is set twice.").ToList();
        foreach (var setting in clinic)
        {
            if (protocol.FirstOrDefault(r => r.Test == setting.Test) is not { } test)
            {
                faults.Add($"labs: the protocol requires no test {setting.Test}.");
                continue;
            }

            if (setting.ValidMonths is < ShortestMonths or > LongestMonths)
            {
                faults.Add($"labs: {setting.Test} is valid for {ShortestMonths} to {LongestMonths} months.");
            }

            if (string.IsNullOrWhiteSpace(setting.SignedBy) && (setting.Policy != LabPolicy.All || setting.ValidMonths > test.ValidMonths))
            {
                faults.Add($"labs: asking less for {setting.Test} than the protocol does takes the name of the clinician who signs for it.");
            }
        }

        return faults;
    }

    // A finding that cannot be ruled out is a reason like one that fired.
    private static bool IsAtRisk(LabRequirement test, IReadOnlyList<Finding>? findings) =>
        findings is null || test.Reasons.Count == 0 || findings.Any(f => f.Verdict != Verdict.False && test.IsReason(f.Rule));
}
