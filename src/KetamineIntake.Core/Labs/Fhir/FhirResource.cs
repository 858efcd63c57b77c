using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>One resource as a result, or (null) why it is none and which member is to blame.</summary>
internal readonly record struct FhirResourceReading(LabResult? Result, string? Member, string Reason)
{
    /// <summary>What became of it where it is no result.</summary>
    public FhirOutcome Outcome { get; private init; } = FhirOutcome.Refused;

    /// <summary>What a person has to match, where it is kept for one.</summary>
    public UnplacedResult? Unplaced { get; private init; }

    /// <summary>Alive, and no test of ours: what it carries stands by itself.</summary>
    public bool IsOfNoTest =>
        Member == "code" || Outcome == FhirOutcome.PassedOver || Unplaced is { Result: null } || Result is { IsLocalCorrection: true }
        || Result is { IsForeign: true, Status: LabResultStatus.Corrected or LabResultStatus.Amended };

    public static FhirResourceReading Refused(string? member, string reason) => new(null, member, reason);

    public static FhirResourceReading PassedOver(string reason) => new(null, null, reason) { Outcome = FhirOutcome.PassedOver };

    /// <summary>As a correction that is no matter for staff where nothing stored goes by its names.</summary>
    public FhirResourceReading OfNoTest() => Result is { } result ? this with { Result = result with { IsForeign = true } } : this;

    public static FhirResourceReading Kept(UnplacedResult unplaced, string reason) => new(null, null, reason) { Outcome = FhirOutcome.Kept, Unplaced = unplaced };
}

/// <summary>Turns one Observation or DiagnosticReport, with the observations it carries, into one result.</summary>
internal static class FhirResource
{
    public const string DoesNotCount = "does not count: only final, amended and corrected results do";
    public const string MayChange = "may change the meaning of the result and is not known here";
    public const string InTheFuture = "was collected in the future";
    public const string OfNoTest = "is no test that is looked at here";
    public const string NotListed = "has a LOINC code that is not listed here: kept for staff, who can say what it is, because it carries or names ";
    public const string KeptWithoutDay = "says when it was issued and not when it was collected: kept for staff, who may confirm the day";

    private const int LongestWords = 200;
    private const string TakesBack = "takes back what goes by this name";
    private const string AlsoLater = TakesBack + ", also if it comes later";

    public static FhirResourceReading Read(
        FhirNode node, IReadOnlyList<FhirNode> parts, FhirNode? parent, FhirDocument document, IReadOnlySet<string> wanted, FhirLabContext context)
    {
        var status = StatusOf(node);
        var code = FhirCodes.Of(node.Json.Member("code"), wanted);
        var named = code.IsForeign ? FhirNamed.In(node) : [];
        // A code that is not listed is no reason to pass over what its own words call a test of ours: a person has to say which it is.
        code = named.Count > 0 ? code with { IsForeign = false } : code;
        // Corrected to what is no test of ours: what it was before must not go on counting. An addendum of that kind is one to what goes by its address.
        var isForeignLater = code.IsForeign && IsCorrection(node) && FhirIdentity.Address(node) is not null;
        if (code.IsForeign && !IsTakenBack(node) && !isForeignLater && !IsDeletion(node))
        {
            return FhirResourceReading.PassedOver(OfNoTest);
        }

        return Unsafe(node) is { } unsafeMember ? unsafeMember
            : IsTakenBack(node) ? Retraction(node, status, code.IsForeign && !FhirNamed.ByWords(node.Json.Member("code")).Any())
            : !Counts(status) ? FhirResourceReading.Refused("status", DoesNotCount)
            : isForeignLater && status != LabResultStatus.Appended ? Retraction(node, status, isForeign: true)
            : isForeignLater ? FhirLocal.Read(node, parts, parent, document, status, wanted, context).OfNoTest()
            : code.IsLocal ? Named(FhirLocal.Read(node, parts, parent, document, status, wanted, context), named)
            : code.Fault is { } fault ? FhirResourceReading.Refused("code", fault)
            : Dated(node, parts, parent, document, status, code, wanted, context);
    }

    private static FhirResourceReading Named(FhirResourceReading reading, IReadOnlyList<string> named) =>
        named.Count > 0 && reading.Outcome == FhirOutcome.Kept ? reading with { Reason = NotListed + string.Join(", ", named) } : reading;

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

        var date = DateOf(node, parent, document, context);

        // A report without a date of its own counts from its oldest part; one with a date is never younger than a part.
        var day = date is { Day: null, Member: "" } ? panel.Oldest : Earlier(date.Day, date.Day is null ? null : panel.Oldest);
        if (day is not { } collectedOn)
        {
            // What it corrects must not go on counting because the correction does not say when.
            if (IsCorrection(node) && FhirIdentity.Ids(node).Count > 0)
            {
                var undated = Result(node, panel, null, context.Today, status, document);
                return new FhirResourceReading(undated with { Otherwise = Unplaced(node, UnplacedReason.NoDate, null, undated) }, null, "corrects what goes by its names, and counts from the same day; ");
            }

            return date.Member is { Length: > 0 } || FhirDates.InstantOf(node.Json, "issued") is not { } issued ? FhirResourceReading.Refused(date.Member, date.Fault!)
                : FhirResourceReading.Kept(Unplaced(node, UnplacedReason.NoDate, null, Result(node, panel, null, issued.InZone(context.Zone).Date, status, document)), KeptWithoutDay);
        }

        if (collectedOn > context.Today)
        {
            return FhirResourceReading.Refused(date.Member, InTheFuture);
        }

        var dated = panel with { Values = [.. panel.Values.Select(v => v with { Day = (v.Day ?? date.Day) is { } own && own != collectedOn ? own : null })] };
        return new FhirResourceReading(
            Result(node, dated, collectedOn, collectedOn, status, document), null, date.IsPartial ? "dated from the first day that its date can mean; " : string.Empty);
    }

    /// <summary>Its own day, else that of the report that carries it.</summary>
    internal static FhirDate DateOf(FhirNode node, FhirNode? parent, FhirDocument document, FhirLabContext context)
    {
        var date = FhirDates.Of(node.Json, Specimens(node, document), context.Zone);
        return date is { Day: null, Member: "" } && parent is not null && FhirDates.Of(parent.Json, Specimens(parent, document), context.Zone) is { Day: not null } inherited ? inherited : date;
    }

    /// <summary>What a person is shown of a result that cannot be placed. Who sends it again with other content sends another one.</summary>
    internal static UnplacedResult Unplaced(FhirNode node, UnplacedReason reason, LocalDate? collectedOn, LabResult? result)
    {
        var issued = FhirDates.InstantOf(node.Json, "issued");
        var words = node.Json.Member("code") is { } code ? LabWords.Cut(string.Join("; ", FhirValues.Said(code).Distinct(StringComparer.Ordinal)), LongestWords) : "";
        var values = FhirValues.Sent(node.Json).Concat(node.Json.Text("conclusion") is { } conclusion ? [LabWords.Cut(conclusion, LongestWords)] : []).Concat(FhirNamed.Components(node.Json)).ToList();
        var status = node.Json.Text("status") ?? "";
        var id = LabIds.Of(["lab-unplaced", node.Type, .. FhirIdentity.Ids(node), status, words, FormattableString.Invariant($"{collectedOn} {issued}"), .. values, .. result?.Values.Select(Said) ?? []]);
        return new UnplacedResult(id, reason, words, status, collectedOn, issued, [.. values, .. FhirInterpretations.Abnormal(node.Json)], result)
        {
            Named = result is null && FhirNamed.In(node) is { Count: > 0 } named ? named : null,
            Loincs = result is null && FhirCodes.LoincsOf(node.Json.Member("code")).ToList() is { Count: > 0 } codes ? codes : null,
        };
    }

    private static LabResult Result(FhirNode node, FhirPanel panel, LocalDate? collectedOn, LocalDate namedBy, LabResultStatus status, FhirDocument document)
    {
        var ids = FhirIdentity.Ids(node);
        // An addendum without a word that is read here is still one.
        var values = status == LabResultStatus.Appended && panel.Values.Count == 0 ? [FhirValues.NotUnderstood(panel.Codes[0], null, LabAddenda.Unseen)] : panel.Values;
        return new LabResult(ids.Count > 0 ? ids[0] : LabIds.Of("lab", Content(panel, namedBy)), collectedOn, status, panel.Codes, values, FhirDates.InstantOf(node.Json, "issued"), ids.Count > 0)
        {
            AlsoKnownAs = ids,
            Address = FhirIdentity.Address(node),
            Absent = FhirMembers.Absent(node, document),
        };
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
        if (IsDeletion(node))
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

    /// <summary>Reports alone can have an addendum.</summary>
    internal static LabResultStatus StatusOf(FhirNode node) =>
        node.Json.Text("status") is var word && word == "appended" && node.Type == "DiagnosticReport" ? LabResultStatus.Appended : StatusOf(word);

    internal static bool Counts(LabResultStatus status) => LabResult.IsCounting(status);

    internal static bool IsCorrection(FhirNode node) => StatusOf(node) is LabResultStatus.Corrected or LabResultStatus.Amended or LabResultStatus.Appended;

    private static bool IsDeletion(FhirNode node) => node.Entry.Member("request").Text("method") == "DELETE";

    internal static bool IsTakenBack(FhirNode node) => StatusOf(node.Json.Text("status")) is LabResultStatus.EnteredInError or LabResultStatus.Cancelled;

    internal static LabResult Empty(IReadOnlyList<string> ids, LabResultStatus status, FhirNode node) =>
        new(ids[0], null, status, [], [], FhirDates.InstantOf(node.Json, "issued"), true) { AlsoKnownAs = ids, Address = FhirIdentity.Address(node) };

    // What nobody has named goes by what it says, so that two values of one day both stand; the status is no part of it, nor the time of issue.
    private static string Content(FhirPanel panel, LocalDate collectedOn)
    {
        var values = panel.Values.Select(Said);
        return $"{string.Join('+', panel.Codes)}|{LocalDatePattern.Iso.Format(collectedOn)}" + string.Concat(values);
    }

    private static string Said(LabValue v) => FormattableString.Invariant($"|{v.Code} {v.Comparator}{v.Number} {v.Unit} {v.Low}-{v.High} {v.RangeUnit} {v.Text}");

    private static LocalDate? Earlier(LocalDate? one, LocalDate? other) => one is null ? null : other is { } second && second < one ? second : one;
}
