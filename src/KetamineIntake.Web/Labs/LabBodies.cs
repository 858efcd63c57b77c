using System.Text.Json.Serialization;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Screenings.Reading;
using KetamineIntake.Web.Referrals;
using NodaTime;

namespace KetamineIntake.Web.Labs;

internal sealed record LabFlagListBody(
    IReadOnlyList<LabFlagBody> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next)
{
    public static LabFlagListBody Of(LabFlagPage page) => new([.. page.Items.Select(LabFlagBody.Of)], page.Next);
}

/// <param name="Visit">Id of the first booked infusion that the requirement fails.</param>
/// <param name="VisitDate">The clinic's day of that infusion.</param>
internal sealed record LabFlagBody(
    string Id, string PatientId, string Test, string Kind, string? Visit, LocalDate? VisitDate, LocalDate? ExpiresOn, string Status, Instant OpenedAt, Instant? ClosedAt)
{
    public static LabFlagBody Of(LabFlagSummary flag) => new(
        flag.Id, flag.PatientId, flag.Test, LabFacts.Word(flag.Kind), flag.VisitId, flag.VisitOn, flag.ExpiresOn,
        flag.ClosedAt is null ? "open" : "closed", flag.OpenedAt, flag.ClosedAt);

    public static LabFlagBody Of(LabFlag flag) => new(
        flag.Id, flag.PatientId, flag.Test, LabFacts.Word(flag.Kind), flag.VisitId, flag.VisitOn, flag.ExpiresOn,
        flag.IsOpen ? "open" : "closed", flag.OpenedAt, flag.ClosedAt);
}

/// <summary>What became of results that were sent.</summary>
/// <param name="New">Results that brought something new.</param>
/// <param name="Known">Results that were there already; they changed nothing.</param>
/// <param name="Labs">Null when nothing was stored or known: everything was passed over.</param>
/// <param name="Resources">What became of each FHIR resource.</param>
internal sealed record LabReceiptBody(int New, int Known, LabViewBody? Labs, IReadOnlyList<FhirVerdictBody>? Resources);

internal sealed record FhirVerdictBody(string Pointer, string Resource, string Outcome, string Detail)
{
    public static FhirVerdictBody Of(FhirVerdict verdict) => new(verdict.Pointer, verdict.Resource, Word(verdict.Outcome), verdict.Reason);

    private static string Word(FhirOutcome outcome) => outcome switch
    {
        FhirOutcome.Accepted => "accepted",
        FhirOutcome.Refused => "refused",
        FhirOutcome.PassedOver => "passed-over",
        FhirOutcome.Kept => "kept-for-staff",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}

/// <summary>Where a patient's tests stand.</summary>
/// <param name="Held">Ids of infusions that wait until a clinician has looked: today's, where a required test is not valid; all ahead, where a value holds them.</param>
/// <param name="Holds">What holds the visits ahead, and who has let them go ahead.</param>
/// <param name="Unplaced">Results that somebody has to match.</param>
/// <param name="Unreadable">LOINC codes of values that rules look at but cannot read.</param>
internal sealed record LabViewBody(
    string PatientId,
    IReadOnlyList<LabStatusBody> Tests,
    IReadOnlyList<LabFlagBody> Flags,
    IReadOnlyList<LabResultBody> Results,
    IReadOnlyList<string> Held,
    IReadOnlyList<FindingBody> Findings,
    IReadOnlyList<string> Unreadable,
    IReadOnlyList<LabHoldBody> Holds,
    IReadOnlyList<UnplacedLabBody> Unplaced)
{
    public static LabViewBody Of(LabView view) => new(
        view.PatientId,
        [.. view.Statuses.Select(LabStatusBody.Of)],
        [.. view.Flags.Select(LabFlagBody.Of)],
        [.. view.Results.Select(LabResultBody.Of)],
        view.HeldVisits,
        [.. view.Findings.Select(FindingBody.Of)],
        view.Unreadable,
        [.. view.Holds.Select(LabHoldBody.Of)],
        [.. view.Unplaced.Select(UnplacedLabBody.Of)]);
}

/// <param name="Basis">What it rests on: a decision names it, and counts for that alone.</param>
/// <param name="Status">standing, awaiting-second (one of two people has said go ahead) or released.</param>
internal sealed record LabHoldBody(string Rule, string Basis, string Status, string? Reason)
{
    public static LabHoldBody Of(LabHold hold) => new(hold.Rule, hold.Basis, !hold.Stands ? "released" : hold.Release is null ? "standing" : "awaiting-second", hold.Release?.Reason);
}

/// <summary>A result that somebody has to match.</summary>
/// <param name="Reason">no-code, no-date, no-original or another-person.</param>
/// <param name="Words">What its laboratory calls it.</param>
/// <param name="NeedsTest">It does not say which test it is of.</param>
internal sealed record UnplacedLabBody(
    string Id, string PatientId, string Reason, string Words, string Status, LocalDate? CollectedOn, Instant? IssuedAt, IReadOnlyList<string> Values, bool NeedsTest, Instant ReceivedAt)
{
    public static UnplacedLabBody Of(UnplacedLab lab) => new(
        lab.What.Id, lab.PatientId, ReasonOf(lab.What.Reason), lab.What.Words, lab.What.Status, lab.What.CollectedOn, lab.What.IssuedAt, lab.What.Values, lab.What.Result is null, lab.ReceivedAt);

    private static string ReasonOf(UnplacedReason reason) => reason switch
    {
        UnplacedReason.NoCode => "no-code",
        UnplacedReason.NoDate => "no-date",
        UnplacedReason.NoOriginal => "no-original",
        UnplacedReason.AnotherPerson => "another-person",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}

internal sealed record UnplacedLabListBody(IReadOnlyList<UnplacedLabBody> Items, string? Next);

internal sealed record LabStatusBody(string Test, string Standing, LocalDate? CollectedOn, LocalDate? ExpiresOn, string? Visit, LocalDate? VisitDate)
{
    public static LabStatusBody Of(LabStatus status) =>
        new(status.Test, LabFacts.Word(status.Standing), status.CollectedOn, status.ExpiresOn, status.Visit?.Id, status.Visit?.Date);
}

internal sealed record LabResultBody(string Id, LocalDate? CollectedOn, string Status, bool Counts, IReadOnlyList<string> Codes, IReadOnlyList<LabValueBody> Values)
{
    public static LabResultBody Of(LabResult result) => new(
        result.Id, result.CollectedOn, LabResultReader.Word(result.Status), result.Counts, result.Codes, [.. result.Values.Select(LabValueBody.Of)]);
}

/// <param name="RangeUnit">Of low and high, where it is another one than the value's.</param>
/// <param name="CollectedOn">Where it is another day than the result's, which counts from its oldest part.</param>
/// <param name="Ranges">Every reference range as sent, where low and high do not say it all.</param>
/// <param name="NotUnderstood">True when the text is a value that nobody here understands.</param>
internal sealed record LabValueBody(
    string Code, decimal? Number, string? Comparator, string? Unit, decimal? Low, decimal? High, string? Text, string? RangeUnit,
    LocalDate? CollectedOn, IReadOnlyList<LabRange>? Ranges, bool? NotUnderstood)
{
    public static LabValueBody Of(LabValue value) => new(
        value.Code, value.Number, value.Comparator, value.Unit, value.Low, value.High, value.Text, value.RangeUnit, value.Day, value.Ranges, value.IsNotUnderstood ? true : null);
}
