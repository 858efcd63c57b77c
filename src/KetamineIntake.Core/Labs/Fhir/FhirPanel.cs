using NodaTime;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>What a resource attests, with its parts.</summary>
/// <param name="Values">Each with the day that it says of itself; null when it says none.</param>
/// <param name="Oldest">Day of the oldest part that counts; null when no part has a date of its own.</param>
/// <param name="Fault">Why it attests nothing; else null.</param>
internal sealed record FhirPanel(IReadOnlyList<string> Codes, IReadOnlyList<LabValue> Values, LocalDate? Oldest, string? Fault)
{
    /// <summary>
    /// A panel attests its own code and those of its parts. When a part that we know was not done (cancelled, preliminary, no value, an impossible date), the
    /// panel attests only the parts that were: a metabolic panel whose AST failed is no liver test.
    /// </summary>
    public static FhirPanel Of(FhirNode node, IReadOnlyList<FhirNode> parts, FhirCode code, IReadOnlySet<string> wanted, FhirDocument document, FhirLabContext context)
    {
        var values = new List<LabValue>();
        var whole = Own(node, code, values, context.Units);
        foreach (var part in FhirParts.Of(node, parts, wanted, document, context))
        {
            whole &= part.IsDone;
            if (part.Value is not null)
            {
                values.Add(part.Value);
            }
        }

        if (code.Kind is { IsMeasured: false } && FhirParts.Unread(node, parts, values.TrueForAll(v => LabKinds.Find(v.Code) is null), wanted) is { } unread)
        {
            whole = false;
            values.Add(FhirValues.NotUnderstood(code.Code!, null, unread));
        }

        var codes = Known(whole ? code.Code : null, values.Where(v => LabKinds.IsDone(v) && (whole || v.Code != code.Code || code.Kind is not { IsPanel: true })), wanted);
        // Nothing but words about tests of ours: it attests none of them, and is kept under their codes for whoever reads it and for its correction.
        codes = codes.Count > 0 ? codes : Known(null, values, wanted);
        return codes.Count == 0
            ? new FhirPanel([], [], null, code.Kind is { IsMeasured: true } ? "has no value" : "has no part that was done")
            : new FhirPanel(codes, values, values.Min(v => v.Day), null);
    }

    private static List<string> Known(string? own, IEnumerable<LabValue> values, IReadOnlySet<string> wanted)
    {
        var known = values.Select(v => v.Code).Where(c => wanted.Contains(c) || LabKinds.Find(c) is not null);
        return [.. (own is null ? known : known.Prepend(own)).Distinct(StringComparer.Ordinal)];
    }

    // Whether the resource attests its own code: a quantity only with a number, an ECG's impression only with words, anything else unless it says that the data is absent.
    private static bool Own(FhirNode node, FhirCode code, List<LabValue> values, LabUnits units)
    {
        if (code.Kind is { IsPanel: true } && FhirOwnWords.Of(node) is { } words)
        {
            values.Add(new LabValue(code.Code!, null, null, null, null, null, null, words));
        }

        var value = FhirValues.Of(node.Json, code.Code!, null, units) ?? Conclusion(node, code);
        if (value is not null)
        {
            values.Add(value);
        }

        // Words about a whole panel take nothing of what its parts are, and keep its tests from being valid by themselves.
        return value is null || (code.Kind is { IsPanel: true } && !value.IsNotUnderstood) ? code.Kind is not { IsMeasured: true } && node.Json.Member("dataAbsentReason") is null : LabKinds.IsDone(value);
    }

    // Where its reader concludes nothing else: their notes; a document that nobody reads here may say anything.
    private static LabValue? Beside(FhirNode node, string code)
    {
        var notes = node.Json.Items("note").Select(n => n.Text("text")).OfType<string>().ToList();
        return FhirOwnWords.HasParts(node.Json) ? null
            : FhirOwnWords.Document(node.Json) is { } document ? FhirValues.NotUnderstood(code, null, string.Join("; ", notes.Append(document)))
            : notes.Count > 0 ? new LabValue(code, null, null, null, null, null, null, FhirValues.Cut(string.Join("; ", notes)))
            : null;
    }

    // An ECG's reader concludes in words, in codes, or in both.
    private static LabValue? Conclusion(FhirNode node, FhirCode code)
    {
        if (code.Kind is not { Name: LabKinds.Ecg or LabKinds.EcgImpression })
        {
            return null;
        }

        var said = node.Json.Items("conclusionCode").SelectMany(FhirValues.Said).Prepend(node.Json.Text("conclusion")).OfType<string>()
            .Concat(FhirInterpretations.Abnormal(node.Json)).Distinct(StringComparer.Ordinal).ToList();
        return said.Count > 0 ? new LabValue(code.Code!, null, null, null, null, null, null, string.Join("; ", said)) : Beside(node, code.Code!);
    }
}
