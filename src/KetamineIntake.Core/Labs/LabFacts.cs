using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Labs;

/// <summary>What rules of the labs stage may look at, from results and judged requirements.</summary>
public static class LabFacts
{
    // Where the laboratory sends no upper limit: at the low end of the usual ones, so that the clinician sees more rather than less.
    private const decimal UsualUpperLimit = 40;

    // "< 30" is below 30, which a rule "at most 29.9" has to see. Smaller than any step that laboratories report.
    private const decimal JustBelow = 0.1m;

    /// <summary>
    /// The newest readable value of each quantity, by the protocol's codes, and the standing of each required test. An old value still stands until there is
    /// a newer one. A value whose unit is not known is left out; <see cref="Unreadable"/> names it.
    /// </summary>
    /// <param name="results">The versions that hold.</param>
    public static IReadOnlyDictionary<string, Answer> Of(IReadOnlyList<LabResult> results, IReadOnlyList<LabStatus> statuses)
    {
        var facts = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var value in results.Where(r => r.Counts).OrderBy(r => r.CollectedOn).ThenBy(r => r.IssuedAt).SelectMany(r => r.Values))
        {
            if (Read(value) is var (code, answer))
            {
                facts[code] = answer;
            }
        }

        foreach (var status in statuses)
        {
            facts[status.Test + ".status"] = new Answer.Choice(Word(status.Standing));
        }

        return facts;
    }

    /// <summary>Values of quantities that rules look at but that cannot be read: a clinician has to look at them.</summary>
    public static IEnumerable<LabValue> Unreadable(LabResult result) =>
        result.Values.Where(v => LabKinds.Find(v.Code) is { IsMeasured: true, Name: not LabKinds.Creatinine } && Read(v) is null);

    /// <summary>As in the HTTP contract.</summary>
    public static string Word(LabStanding standing) => standing switch
    {
        LabStanding.Valid => "valid",
        LabStanding.Missing => "missing",
        LabStanding.Expired => "expired",
        LabStanding.ExpiresBeforeVisit => "expires-before-visit",
        _ => throw new ArgumentOutOfRangeException(nameof(standing)),
    };

    private static (string Code, Answer Answer)? Read(LabValue value) => LabKinds.Find(value.Code)?.Name switch
    {
        LabKinds.Egfr => Number("egfr", LabKinds.Egfr, value),
        LabKinds.Hemoglobin => Number("hemoglobin", LabKinds.Hemoglobin, value),
        LabKinds.Platelets => Number("platelets", LabKinds.Platelets, value),
        LabKinds.Leukocytes => Number("wbc", LabKinds.Leukocytes, value),
        LabKinds.Qtc => Number("ecg.qtc", LabKinds.Qtc, value),
        LabKinds.Alt => Multiple("alt.uln", LabKinds.Alt, value),
        LabKinds.Ast => Multiple("ast.uln", LabKinds.Ast, value),
        LabKinds.Ecg or LabKinds.EcgImpression => Choice("ecg.finding", LabWords.EcgFinding(value.Text)),
        LabKinds.Hcg => Choice("hcg", LabWords.Positivity(value.Text)),
        _ => null,
    };

    private static (string, Answer)? Number(string code, string kind, LabValue value) =>
        value.Number is { } number && LabUnits.Convert(kind, number, value.Unit) is { } converted
            ? (code, new Answer.Number(value.Comparator == "<" ? converted - JustBelow : converted))
            : null;

    private static (string, Answer)? Multiple(string code, string kind, LabValue value)
    {
        if (value.Number is not { } number)
        {
            return null;
        }

        // A ratio needs no unit when the limit comes with the value.
        if (value.High is > 0 and var high)
        {
            return Math.Abs(number) < 1e12m ? (code, new Answer.Number(number / high)) : null;
        }

        return LabUnits.Convert(kind, number, value.Unit) is { } units ? (code, new Answer.Number(units / UsualUpperLimit)) : null;
    }

    private static (string, Answer)? Choice(string code, string? word) => word is null ? null : (code, new Answer.Choice(word));
}
