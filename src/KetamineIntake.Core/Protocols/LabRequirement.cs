namespace KetamineIntake.Core.Protocols;

/// <summary>A test that must be valid on the day of treatment.</summary>
/// <param name="Test">ecg, liver, kidney or cbc.</param>
/// <param name="ValidMonths">Calendar months after collection, the last day included; 1 to 12.</param>
/// <param name="AnyOf">Any one of these sets of results satisfies the requirement.</param>
public sealed record LabRequirement(string Test, string Title, int ValidMonths, IReadOnlyList<LabCodeSet> AnyOf)
{
    /// <summary>
    /// Rules whose findings give a reason for the test where a clinic tests by risk: ids, or groups such as CV-*. Domain C11: an ECG with cardiovascular risk,
    /// liver tests with liver risk. Empty: everybody has a reason.
    /// </summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Whether this rule is among <see cref="Reasons"/>.</summary>
    public bool IsReason(string rule) => Reasons.Any(reason => Covers(reason, rule));

    internal static bool Covers(string reason, string rule) =>
        reason.EndsWith("-*", StringComparison.Ordinal) ? rule.StartsWith(reason[..^1], StringComparison.Ordinal) : rule == reason;
}

/// <summary>Results that count only together.</summary>
public sealed record LabCodeSet(IReadOnlyList<LabCode> AllOf);

/// <summary>A LOINC code. The display goes with it because codes alone are mislabelled in the wild.</summary>
public sealed record LabCode(string Code, string Display);

/// <summary>A laboratory value or a day-of reading that rules may look at: a number in a unit and range, or one of a list of codes.</summary>
/// <param name="Unit">Null for a list of codes.</param>
/// <param name="Minimum">Inclusive; null for a list of codes.</param>
/// <param name="Maximum">Inclusive; null for a list of codes.</param>
public sealed record MeasuredValue(string Code, string Title, string? Unit, decimal? Minimum, decimal? Maximum, IReadOnlyList<string> Codes);
