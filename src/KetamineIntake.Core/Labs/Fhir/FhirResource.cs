using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>One resource as a result, or (null) why it is none and which member is to blame.</summary>
internal readonly record struct FhirResourceReading(LabResult? Result, string? Member, string Reason)
{
    /// <summary>Alive, and no test of ours: what it carries stands by itself.</summary>
    public bool IsOfNoTest => Member == "code" || Result is { IsForeign: true, Status: LabResultStatus.Corrected or LabResultStatus.Amended };

    public static FhirResourceReading Refused(string? member, string reason) => new(null, member, reason);
}

/// <summary>Turns one Observation or DiagnosticReport, with the observations it carries, into one result.</summary>
internal static class FhirResource
{
    public const string DoesNotCount = "does not count: only final, amended and corrected results do";
    public const string MayChange = "may change the meaning of the result and is not known here";
    public const string InTheFuture = "was collected in the future";

    private const string TakesBack = "takes back what goes by this name";
    private const string AlsoLater = TakesBack + ", also if it comes later";

    public static FhirResourceReading Read(
        FhirNode node, IReadOnlyList<FhirNode> parts, FhirNode? parent, FhirDocument document, IReadOnlySet<string> wanted, FhirLabContext context)
    {
        if (Unsafe(node) is { } unsafeMember)
        {
            return unsafeMember;
        }

        var status = StatusOf(node.Json.Text("status"));
        if (status is LabResultStatus.EnteredInError or LabResultStatus.Cancelled)
        {
            return Retraction(node, status, FhirCodes.Of(node.Json.Member("code"), wanted).IsForeign);
        }

        if (status is not (LabResultStatus.Final or LabResultStatus.Amended or LabResultStatus.Corrected))
        {
            return FhirResourceReading.Refused("status", DoesNotCount);
        }

        var code = FhirCodes.Of(node.Json.Member("code"), wanted);
        return code.Fault is not { } fault ? Dated(node, parts, parent, document, status, code, wanted, context)
            // Corrected to what is no test of ours: what it was before must not go on counting.
            : code.IsForeign && node.Type == "Observation" && status != LabResultStatus.Final && FhirIdentity.Address(node) is not null ? Retraction(node, status, isForeign: true)
            : FhirResourceReading.Refused("code", fault);
    }

    private static FhirResourceReading Retraction(FhirNode node, LabResultStatus status, bool isForeign) =>
        FhirIdentity.Ids(node) is { Count: > 0 } ids
            ? new FhirResourceReading(Empty(ids, status, node) with { IsForeign = isForeign }, null, isForeign ? "is no test of ours: " + TakesBack : AlsoLater)
            : FhirResourceReading.Refused(null, "takes a result back but does not say which: it has neither identifier nor id");

    private static FhirResourceReading Dated(
        FhirNode node, IReadOnlyList<FhirNode> parts, FhirNode? parent, FhirDocument document, LabResultStatus status, FhirCode code, IReadOnlySet<string> wanted, FhirLabContext context)
    {
        var panel = FhirPanel.Of(node, parts, code, wanted, document, context);
        if (panel.Fault is { } fault)
        {
            // A correction to nothing must not leave the wrong value standing.
            return status is LabResultStatus.Corrected or LabResultStatus.Amended && FhirIdentity.Ids(node) is { Count: > 0 } known
                ? new FhirResourceReading(Empty(known, status, node), null, $"{fault} any more: {AlsoLater}")
                : FhirResourceReading.Refused(null, fault);
        }

        var date = FhirDates.Of(node.Json, Specimens(node, document), context.Zone);
        if (date is { Day: null, Member: "" })
        {
            date = parent is null ? date : FhirDates.Of(parent.Json, Specimens(parent, document), context.Zone) is { Day: not null } inherited ? inherited : date;
        }

        // A report without a date of its own counts from its oldest part; one with a date is never younger than a part.
        var day = date is { Day: null, Member: "" } ? panel.Oldest : Earlier(date.Day, date.Day is null ? null : panel.Oldest);
        if (day is not { } collectedOn)
        {
            return FhirResourceReading.Refused(date.Member, date.Fault!);
        }

        if (collectedOn > context.Today)
        {
            return FhirResourceReading.Refused(date.Member, InTheFuture);
        }

        var ids = FhirIdentity.Ids(node);
        var id = ids.Count > 0 ? ids[0] : LabIds.Of("lab", Content(panel, collectedOn));
        var values = panel.Values.Select(v => v with { Day = (v.Day ?? date.Day) is { } own && own != collectedOn ? own : null }).ToList();
        var result = new LabResult(id, collectedOn, status, panel.Codes, values, FhirDates.InstantOf(node.Json, "issued"), ids.Count > 0)
        {
            AlsoKnownAs = ids,
            Address = FhirIdentity.Address(node),
            Absent = FhirMembers.Absent(node, document),
        };
        return new FhirResourceReading(result, null, date.IsPartial ? "dated from the first day that its date can mean; " : string.Empty);
    }

    internal static LabResultStatus StatusOf(string? word) => word switch
    {
        "registered" => LabResultStatus.Registered,
        "preliminary" or "partial" => LabResultStatus.Preliminary,
        "final" => LabResultStatus.Final,
        "amended" => LabResultStatus.Amended,
        "corrected" => LabResultStatus.Corrected,
        "cancelled" => LabResultStatus.Cancelled,
        "entered-in-error" => LabResultStatus.EnteredInError,
        _ => LabResultStatus.Unknown,
    };

    private static FhirResourceReading? Unsafe(FhirNode node)
    {
        if (node.Entry.Member("request").Text("method") == "DELETE")
        {
            return FhirResourceReading.Refused(null, "is a deletion: send the status entered-in-error to take a result back");
        }

        return node.Json.Items("modifierExtension").Any() ? FhirResourceReading.Refused("modifierExtension", MayChange)
            : node.Json.Member("implicitRules") is not null ? FhirResourceReading.Refused("implicitRules", MayChange)
            : null;
    }

    internal static IReadOnlyList<FhirNode> Specimens(FhirNode node, FhirDocument document) =>
        [.. (node.Json.Member("specimen") is { ValueKind: JsonValueKind.Object } one ? [one] : node.Json.Items("specimen"))
            .Select(reference => document.Resolve(reference, node)).OfType<FhirNode>().Where(s => s.Type == "Specimen")];

    internal static bool IsTakenBack(FhirNode node) => StatusOf(node.Json.Text("status")) is LabResultStatus.EnteredInError or LabResultStatus.Cancelled;

    private static LabResult Empty(IReadOnlyList<string> ids, LabResultStatus status, FhirNode node) =>
        new(ids[0], null, status, [], [], FhirDates.InstantOf(node.Json, "issued"), true) { AlsoKnownAs = ids, Address = FhirIdentity.Address(node) };

    // What nobody has named goes by what it says, so that two values of one day both stand; the status is no part of it, nor the time of issue.
    private static string Content(FhirPanel panel, LocalDate collectedOn)
    {
        var values = panel.Values.Select(v => FormattableString.Invariant($"|{v.Code} {v.Comparator}{v.Number} {v.Unit} {v.Low}-{v.High} {v.RangeUnit} {v.Text}"));
        return $"{string.Join('+', panel.Codes)}|{LocalDatePattern.Iso.Format(collectedOn)}" + string.Concat(values);
    }

    private static LocalDate? Earlier(LocalDate? one, LocalDate? other) => one is null ? null : other is { } second && second < one ? second : one;
}
