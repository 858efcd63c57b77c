using KetamineIntake.Core.Labs;

namespace KetamineIntake.Core.Protocols;

/// <summary>What a protocol says about reading and expecting laboratory values.</summary>
/// <param name="Values">Values that rules may look at; outside their bounds nothing is read.</param>
/// <param name="LeadDays">Days before a visit on which the patient is told of a test that fails it, furthest first; the first is also when staff get the flag.</param>
/// <param name="UpperLimits">By code of a value in multiples: the upper normal where the laboratory sends none.</param>
public sealed record LabContent(
    IReadOnlyList<MeasuredValue> Values, IReadOnlyList<int> LeadDays, IReadOnlyDictionary<string, decimal> UpperLimits, LabUnits Units)
{
    /// <summary>A laboratory's upper limit that is more than this many times the usual one is not believed.</summary>
    public decimal MostTimesLimit { get; init; } = decimal.MaxValue / 1_000_000;

    /// <summary>Of documents that are only replayed: nothing is read.</summary>
    public static readonly LabContent None = new([], [], new Dictionary<string, decimal>(), new LabUnits([], new Dictionary<string, IReadOnlyDictionary<string, decimal>>()));
}
