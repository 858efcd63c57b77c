using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>What reading needs to know besides the document.</summary>
/// <param name="Requirements">The protocol's, for the codes that count.</param>
/// <param name="Today">The clinic's day: a result collected later is refused.</param>
/// <param name="Zone">The clinic's: turns an instant into the day of collection.</param>
/// <param name="BirthDate">Of the patient these results are for: a document that carries a patient born on another day is refused.</param>
public sealed record FhirLabContext(IReadOnlyList<LabRequirement> Requirements, LocalDate Today, DateTimeZone Zone, LocalDate? BirthDate, LabUnits Units)
{
    /// <summary>Of the patient: what names somebody else waits for staff. Null: nobody is compared.</summary>
    public PatientName? Name { get; init; }
}

/// <summary>What a patient is called.</summary>
public sealed record PatientName(string Given, string Family);

/// <summary>What became of a FHIR document.</summary>
/// <param name="Results">One for each accepted resource that stands by itself; a report carries its observations inside.</param>
/// <param name="Verdicts">One for each resource, in document order.</param>
public sealed record FhirLabReading(IReadOnlyList<LabResult> Results, IReadOnlyList<FhirVerdict> Verdicts)
{
    /// <summary>Of each result the pointer of its resource, and behind it those of the parts that are accepted with it.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Places { get; init; } = [];

    /// <summary>Results that a person has to match, and the pointers of their resources.</summary>
    public IReadOnlyList<(UnplacedResult What, string Place)> Unplaced { get; init; } = [];

    internal static FhirLabReading Refused(string pointer, string resource, string reason) =>
        new([], [new FhirVerdict(pointer, resource, FhirOutcome.Refused, reason)]);
}

public enum FhirOutcome
{
    Accepted,
    Refused,

    /// <summary>No laboratory result, or of no test that is looked at here: a Patient, a cholesterol.</summary>
    PassedOver,

    /// <summary>Kept for a person to match: it counts for nothing until then.</summary>
    Kept,
}

/// <summary>What became of one resource, and why. Never repeats a value or a text of the document.</summary>
/// <param name="Pointer">RFC 6901 pointer to the resource or, when one member is to blame, to that member.</param>
public sealed record FhirVerdict(string Pointer, string Resource, FhirOutcome Outcome, string Reason);
