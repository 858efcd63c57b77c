namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Resources that have only their laboratory's own code or words: which test it is, what is stored or a person has to say.</summary>
internal static class FhirLocal
{
    private const string Kept = "has no LOINC code: kept for staff, who can say what it is";

    // FHIR's observation-category. What a laboratory or a reader of ECGs sends has none of these.
    private static readonly HashSet<string> OtherCategories = new(StringComparer.Ordinal) { "vital-signs", "social-history", "survey", "exam", "therapy", "activity" };

    public static FhirResourceReading Read(
        FhirNode node, IReadOnlyList<FhirNode> parts, FhirNode? parent, FhirDocument document, LabResultStatus status, IReadOnlySet<string> wanted, FhirLabContext context)
    {
        if (node.Json.Items("category").SelectMany(c => c.Items("coding")).Any(c => c.Text("code") is { } code && OtherCategories.Contains(code)))
        {
            return FhirResourceReading.PassedOver(FhirResource.OfNoTest);
        }

        // Such a report is a cover for observations that stand by themselves.
        if (parts.Any(p => FhirCodes.Of(p.Json.Member("code"), wanted) is { IsLocal: false }) && node.Json.Text("conclusion") is null)
        {
            return FhirResourceReading.PassedOver("has no LOINC code: what it carries stands by itself");
        }

        // Without a name nobody could say what it is.
        if (node.Json.Member("code") is not { } code || !FhirValues.Said(code).Any())
        {
            return FhirResourceReading.Refused("code", "has no code");
        }

        var date = FhirResource.DateOf(node, parent, document, context);
        if (date.Day > context.Today)
        {
            return FhirResourceReading.Refused(date.Member, FhirResource.InTheFuture);
        }

        return FhirResource.IsCorrection(node) && FhirIdentity.Ids(node) is { Count: > 0 } ids
            ? new FhirResourceReading(Correction(node, status, ids, date, context), null, "corrects what goes by its names")
            : FhirResourceReading.Kept(FhirResource.Unplaced(node, FhirResource.IsCorrection(node) ? UnplacedReason.NoOriginal : UnplacedReason.NoCode, date.Day, null), Kept);
    }

    // Its code is that of what it corrects, which only the store knows.
    private static LabResult Correction(FhirNode node, LabResultStatus status, IReadOnlyList<string> ids, FhirDate date, FhirLabContext context)
    {
        var value = FhirValues.Of(node.Json, string.Empty, null, context.Units)
            ?? (node.Json.Text("conclusion") is { } words ? new LabValue(string.Empty, null, null, null, null, null, null, words) : null);
        return FhirResource.Empty(ids, status, node) with
        {
            CollectedOn = date.Day,
            Values = value is null ? [] : [value],
            Otherwise = FhirResource.Unplaced(node, UnplacedReason.NoOriginal, date.Day, null),
        };
    }
}
