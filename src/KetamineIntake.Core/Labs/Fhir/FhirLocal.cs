namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Resources that have only their laboratory's own code or words: which test it is, what is stored or a person has to say.</summary>
internal static class FhirLocal
{
    private const string Kept = "has no LOINC code: kept for staff, who can say what it is";

    public static FhirResourceReading Read(
        FhirNode node, IReadOnlyList<FhirNode> parts, FhirNode? parent, FhirDocument document, LabResultStatus status, IReadOnlySet<string> wanted, FhirLabContext context)
    {
        var isCorrection = FhirResource.IsCorrection(node) && FhirIdentity.Ids(node).Count > 0;
        var passedOver = PassedOver(node, parts, wanted);
        if (passedOver is not null && !isCorrection)
        {
            return FhirResourceReading.PassedOver(passedOver);
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

        var value = Value(node, context);
        if (isCorrection)
        {
            // What is passed over otherwise may still correct something that is stored.
            return new FhirResourceReading(Correction(node, status, value, date) with { IsForeign = passedOver is not null }, null, "corrects what goes by its names");
        }

        var reason = FhirResource.IsCorrection(node) ? UnplacedReason.NoOriginal : UnplacedReason.NoCode;
        return FhirResourceReading.Kept(Unplaced(node, reason, status, value, date), Kept);
    }

    private static string? PassedOver(FhirNode node, IReadOnlyList<FhirNode> parts, IReadOnlySet<string> wanted) =>
        node.Json.Items("category").SelectMany(c => c.Items("coding")).Any(c => c.Text("code") is { } code && ResultWords.Of(ResultWords.OtherCategory).Contains(code, StringComparer.Ordinal)) ? FhirResource.OfNoTest
        // Such a report is a cover for observations that stand by themselves.
        : parts.Any(p => FhirCodes.Of(p.Json.Member("code"), wanted) is { IsLocal: false }) && node.Json.Text("conclusion") is null ? "has no LOINC code: what it carries stands by itself"
        : null;

    // Its code is that of what it corrects, which only the store knows.
    private static LabResult Correction(FhirNode node, LabResultStatus status, LabValue? value, FhirDate date) =>
        FhirResource.Empty(FhirIdentity.Ids(node), status, node) with
        {
            CollectedOn = date.Day,
            // An addendum without a word that is read here is still one, and takes nothing back.
            Values = value is not null ? [value] : status == LabResultStatus.Appended ? [FhirValues.NotUnderstood(string.Empty, null, LabAddenda.Unseen)] : [],
            Otherwise = Unplaced(node, UnplacedReason.NoOriginal, status, value, date),
        };

    // All that a person's word makes a result, so that nothing of it is typed anew and lost.
    private static UnplacedResult Unplaced(FhirNode node, UnplacedReason reason, LabResultStatus status, LabValue? value, FhirDate date)
    {
        IReadOnlyList<string> names = FhirIdentity.Address(node) is { } address ? [address] : [];
        var sent = new LabResult(string.Empty, date.Day, status, [], value is null ? [] : [value], FhirDates.InstantOf(node.Json, "issued"), names.Count > 0) { AlsoKnownAs = names };
        return FhirResource.Unplaced(node, reason, date.Day, null) with { Sent = sent, Numbers = FhirIdentity.NumbersOf(node) };
    }

    private static LabValue? Value(FhirNode node, FhirLabContext context) =>
        Interpreted(node, FhirValues.Of(node.Json, string.Empty, null, context.Units)
        ?? (node.Json.Text("conclusion") is { } words ? new LabValue(string.Empty, null, null, null, null, null, null, words) : null));

    // What it will be read as, nobody knows yet, so its words keep what the laboratory says beside them.
    private static LabValue? Interpreted(FhirNode node, LabValue? value) =>
        value?.Text is { } words && FhirInterpretations.Abnormal(node.Json).ToList() is { Count: > 0 } abnormal ? value with { Text = FhirValues.Cut($"{words}; {string.Join("; ", abnormal)}") } : value;
}
