using KetamineIntake.Core.Labs;

namespace KetamineIntake.Core.Protocols.Loading;

/// <summary>Reads what labs.json says about values: when a test is asked for, limits that laboratories leave out, units.</summary>
internal static class LabContentReader
{
    private const int LongestLead = 90;

    public static LabContent Read(Fields labs, IReadOnlyList<MeasuredValue> values) =>
        LabKindReader.Check(labs)
            ? new(values, LeadDays(labs["leadDays"]), UpperLimits(labs["upperLimits"], values), Units(labs["units"].Fields(["spellings", "factors"]))) { MostTimesLimit = Believed(labs["believedLimit"].Fields(["times", "source"])) }
            : LabContent.None;

    private static List<int> LeadDays(Node list)
    {
        var days = new List<int>();
        foreach (var node in list.SomeElements())
        {
            var day = node.Whole(1, LongestLead);
            if (days.Count > 0 && day >= days[^1])
            {
                node.Fault("Days before the visit fall.");
            }

            days.Add(day);
        }

        return days;
    }

    private static Dictionary<string, decimal> UpperLimits(Node list, IReadOnlyList<MeasuredValue> values)
    {
        var limits = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var node in list.Elements())
        {
            var fields = node.Fields(["value", "limit", "unit", "source"]);
            var (code, limit) = (fields["value"].Text(), fields["limit"].Number());
            fields["unit"].Text();
            fields["source"].Text();
            if (values.All(v => v.Code != code) || !limits.TryAdd(code, limit) || limit <= 0)
            {
                node.Fault("An upper limit is above zero, for a laboratory value, and stands here once.");
            }
        }

        foreach (var multiple in LabReadings.Multiples.Append(LabReadings.HcgQuantity).Where(m => !list.IsMissing && !limits.ContainsKey(m)))
        {
            list.Fault($"The upper limit of \"{multiple}\" is missing.");
        }

        return limits;
    }

    private static decimal Believed(Fields believed)
    {
        believed["source"].Text();
        var times = believed["times"].Number();
        if (times < 1)
        {
            believed["times"].Fault("A limit up to the usual one is always believed: one or more.");
        }

        return times;
    }

    private static LabUnits Units(Fields units)
    {
        var spellings = new List<(string Written, string Meant)>();
        foreach (var node in units["spellings"].Elements())
        {
            var pair = node.Elements();
            if (pair.Count != 2 || pair[0].Json.ToString().Length == 0)
            {
                node.Fault("A spelling is a pair: as it is written, as it is meant.");
                continue;
            }

            spellings.Add((pair[0].Json.ToString(), pair[1].Json.ToString()));
        }

        return new LabUnits(spellings, Factors(units["factors"]));
    }

    private static Dictionary<string, IReadOnlyDictionary<string, decimal>> Factors(Node list)
    {
        var kinds = new Dictionary<string, IReadOnlyDictionary<string, decimal>>(StringComparer.Ordinal);
        foreach (var node in list.SomeElements())
        {
            var fields = node.Fields(["kind", "unit", "factors", "source"]);
            var kind = fields["kind"].Text();
            fields["unit"].Text();
            fields["source"].Text();
            if (kind.Length > 0 && (LabKinds.All.All(k => k.Name != kind) || kinds.ContainsKey(kind)))
            {
                fields["kind"].Fault($"\"{kind}\" is no kind of value, or stands here twice.");
            }

            kinds[kind] = FactorsOf(fields["factors"]);
        }

        return kinds;
    }

    private static Dictionary<string, decimal> FactorsOf(Node node)
    {
        var factors = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var unit in node.IsObject ? node.Json.EnumerateObject() : default)
        {
            factors[unit.Name] = unit.Value.ValueKind == System.Text.Json.JsonValueKind.Number && unit.Value.TryGetDecimal(out var factor) ? factor : 0;
        }

        if (!node.IsMissing && (factors.Count == 0 || factors.Values.Any(f => f <= 0)))
        {
            node.Fault("Needs units with a factor above zero each.");
        }

        return factors;
    }
}
