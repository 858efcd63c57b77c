using System.Text.Json;
using NodaTime;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>What one part or component of a panel attests.</summary>
/// <param name="IsDone">False when the panel lacks it: it is a test that we know, and it was not done or cannot be used.</param>
/// <param name="Value">With its own day, where it says one; words that say why a test was not done are kept too.</param>
internal readonly record struct FhirPart(bool IsDone, LabValue? Value);

/// <summary>Reads the parts of a panel: other observations, and the components inside the resource.</summary>
internal static class FhirParts
{
    public static IEnumerable<FhirPart> Of(FhirNode node, IReadOnlyList<FhirNode> parts, IReadOnlySet<string> wanted, FhirDocument document, FhirLabContext context)
    {
        var good = parts.Where(part => Fault(part, wanted, document, context) is null).ToList();

        // A part may have components of its own.
        var components = good.Select(part => part.Json).Prepend(node.Json).SelectMany(json => json.Items("component")).ToList();
        return FhirUnknownParts.With(
            [.. parts.SelectMany(part => Part(part, wanted, document, context)).Concat(components.SelectMany(component => Component(component, wanted, context.Units)))],
            good.Select(part => (part.Json, FhirIdentity.SourceOf(part))).Concat(components.Select(c => (c, (string?)null))),
            wanted);
    }

    /// <summary>
    /// What is there under a code that is the laboratory's own or none and may be what the panel is asked for: all of it where nothing else of the panel was read, and always a part that
    /// corrects something, for what it corrects is among the values of before.
    /// </summary>
    public static string? Unread(FhirNode node, IReadOnlyList<FhirNode> parts, bool isNothingRead, IReadOnlySet<string> wanted)
    {
        var own = parts.Where(part => isNothingRead || FhirResource.IsCorrection(part)).Select(part => part.Json)
            .Concat(isNothingRead ? node.Json.Items("component") : [])
            .Where(json => FhirGiven.Of(json).Count > 0 && FhirCodes.Of(json.Member("code"), wanted) is { Code: null } && FhirCodes.LoincOf(json.Member("code")) is null)
            .Select(json => $"{string.Join("; ", FhirValues.Said(json.Member("code") ?? default).Distinct(StringComparer.Ordinal))}: {string.Join("; ", FhirValues.Sent(json))}").ToList();
        return own.Count == 0 ? null : FhirValues.Cut(string.Join("; ", own));
    }

    /// <summary>Why a part does not count, and which member is to blame; null when it does.</summary>
    public static (string Member, string Reason)? Fault(FhirNode part, IReadOnlySet<string> wanted, FhirDocument document, FhirLabContext context)
    {
        if (!FhirResource.Counts(FhirResource.StatusOf(part)))
        {
            return ("status", FhirResource.DoesNotCount);
        }

        if (FhirCodes.Of(part.Json.Member("code"), wanted) is { IsContradictory: true, Fault: { } contradiction })
        {
            return ("code", contradiction);
        }

        if (part.Json.Items("modifierExtension").Any())
        {
            return ("modifierExtension", FhirResource.MayChange);
        }

        // One without a date of its own is dated by its panel; one whose date cannot be is not.
        var date = Date(part, document, context);
        return date.Day > context.Today ? (date.Member!, FhirResource.InTheFuture)
            : date is { Fault: { } fault, Member: { Length: > 0 } member } ? (member, fault)
            : null;
    }

    // Parts whose codes we do not know attest nothing and date nothing; their values are kept for whoever reads the panel.
    private static IReadOnlyList<FhirPart> Part(FhirNode part, IReadOnlySet<string> wanted, FhirDocument document, FhirLabContext context)
    {
        var code = FhirCodes.Of(part.Json.Member("code"), wanted);
        var source = FhirIdentity.SourceOf(part);
        var fault = Fault(part, wanted, document, context);
        if (fault is { Member: not "status" } && Doubtful(code, part.Json, source) is { Count: > 0 } doubtful)
        {
            return doubtful;
        }

        if (code.Code is null)
        {
            return [new FhirPart(!code.IsContradictory, fault is null ? Other(part.Json, source, context.Units) : null)];
        }

        if (fault is not null)
        {
            return [new FhirPart(false, null)];
        }

        var value = FhirValues.Of(part.Json, code.Code, source, context.Units);
        // A panel inside a panel has no value of its own.
        var isDone = value is null ? code.Kind is not { IsMeasured: true } && part.Json.Member("dataAbsentReason") is null : LabKinds.IsDone(value);
        var read = new FhirPart(isDone, value is null ? null : value with { Day = Date(part, document, context).Day });
        return code.Kind is { IsPanel: true } && FhirOwnWords.Of(part) is { } words
            ? [read, new FhirPart(true, new LabValue(code.Code, source, null, null, null, null, null, words) { Day = Date(part, document, context).Day })]
            : [read];
    }

    private static IReadOnlyList<FhirPart> Component(JsonElement component, IReadOnlySet<string> wanted, LabUnits units)
    {
        var code = FhirCodes.Of(component.Member("code"), wanted);
        if (code.IsContradictory || component.Items("modifierExtension").Any())
        {
            return Doubtful(code, component, null) is { Count: > 0 } doubtful ? doubtful : [new FhirPart(!code.IsContradictory, null)];
        }

        if (code.Code is null)
        {
            return [new FhirPart(true, Other(component, null, units))];
        }

        var value = FhirValues.Of(component, code.Code, null, units);
        return [new FhirPart(value is not null && LabKinds.IsDone(value), value)];
    }

    // What a modifier, a date that cannot be or two codes make unsafe to read is a value that is there and not understood: nobody may take its test for done.
    private static List<FhirPart> Doubtful(FhirCode code, JsonElement element, string? source) =>
        FhirGiven.Of(element).Count == 0 ? []
        : (code.Code is { } known ? [known] : code.Claimed).Where(c => LabKinds.Find(c) is not null)
            .Select(c => new FhirPart(false, FhirValues.NotUnderstood(c, source, string.Join("; ", FhirValues.Sent(element))))).ToList();

    private static LabValue? Other(JsonElement element, string? sourceId, LabUnits units) =>
        FhirCodes.LoincOf(element.Member("code")) is { } code && FhirValues.Of(element, code, sourceId, units) is { IsNotUnderstood: false } value ? value : null;

    private static FhirDate Date(FhirNode part, FhirDocument document, FhirLabContext context) =>
        FhirDates.Of(part.Json, FhirResource.Specimens(part, document), context.Zone);
}
