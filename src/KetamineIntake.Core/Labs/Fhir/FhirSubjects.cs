using System.Text.Json;
using NodaTime;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Whom a result is about, as far as its document says.</summary>
/// <param name="Place">Of the Patient in this document, else the end of the reference; null when there is none.</param>
/// <param name="Patient">The resource, when it is in this document.</param>
/// <param name="Identifiers">The patient's and the reference's own, system and value.</param>
internal sealed record FhirSubject(string? Place, JsonElement? Patient, IReadOnlyList<(string System, string Value)> Identifiers)
{
    public static FhirSubject Of(FhirNode result, FhirDocument document)
    {
        var reference = result.Json.Member("subject") ?? default;
        var patient = document.Resolve(reference, result);
        var logical = reference.Member("identifier") is { } identifier ? [identifier] : Array.Empty<JsonElement>();
        var identifiers = logical.Concat(patient?.Json.Items("identifier") ?? [])
            .Where(i => i.Text("value") is not null).Select(i => (i.Text("system") ?? string.Empty, i.Text("value")!)).Distinct();
        return new FhirSubject(patient?.Pointer ?? Tail(reference.Text("reference")), patient?.Json, [.. identifiers]);
    }

    /// <summary>Whether they say the very same.</summary>
    public bool IsKnown(FhirSubject other) =>
        Identifiers.SequenceEqual(other.Identifiers)
        && (Place == other.Place || (Patient is { } one && other.Patient is { } two && JsonElement.DeepEquals(one, two)));

    /// <summary>Whether they are two people, or nothing says that they are one where something should.</summary>
    public bool IsApart(FhirSubject other)
    {
        if (Place is not null && other.Place is not null && Place != other.Place)
        {
            return Patient is not { } one || other.Patient is not { } two || !SaySame(other, one, two);
        }

        return Identifiers.Count > 0 && other.Identifiers.Count > 0 && !Overlaps(other) && (SharesSystem(other) || (Place is null && other.Place is null));
    }

    // The same person may be written into every resource anew.
    private bool SaySame(FhirSubject other, JsonElement one, JsonElement two)
    {
        var (born, otherBorn) = (one.Text("birthDate"), two.Text("birthDate"));
        if ((born is not null && otherBorn is not null && born != otherBorn) || (SharesSystem(other) && !Overlaps(other)))
        {
            return false;
        }

        return Overlaps(other) || JsonElement.DeepEquals(one, two)
            || (born is not null && born == otherBorn && one.Member("name") is { } name && two.Member("name") is { } otherName && JsonElement.DeepEquals(name, otherName));
    }

    private bool Overlaps(FhirSubject other) => Identifiers.Intersect(other.Identifiers).Any();

    private bool SharesSystem(FhirSubject other) => Identifiers.Select(i => i.System).Intersect(other.Identifiers.Select(i => i.System), StringComparer.Ordinal).Any();

    // The same patient may be written with and without the server's address.
    private static string? Tail(string? reference) =>
        reference is null ? null : string.Join('/', reference.Split("/_history/")[0].Split('/').TakeLast(2));
}

/// <summary>Whether a document is about one person.</summary>
internal static class FhirSubjects
{
    /// <summary>What may be the id of a patient of a clinic: of the Patient resources, of whichever server, that the results say they are about, and every identifier of theirs.</summary>
    public static IEnumerable<string> IdsIn(FhirDocument document)
    {
        var subjects = document.Nodes.Where(n => n.Type is "Observation" or "DiagnosticReport" && n.Json.Member("subject") is not null).Select(n => FhirSubject.Of(n, document)).ToList();
        var patients = document.Nodes.Where(n => n.Type == "Patient").ToList();
        return subjects.Select(s => s.Place).OfType<string>().Where(p => p.StartsWith("Patient/", StringComparison.Ordinal)).Select(p => p["Patient/".Length..])
            .Concat(subjects.SelectMany(s => s.Identifiers).Select(i => i.Value))
            .Concat(patients.Select(p => p.Id).OfType<string>()).Concat(patients.SelectMany(p => p.Json.Items("identifier")).Select(i => i.Text("value")).OfType<string>())
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>Results of two people in one document, or of somebody born on another day, must not reach this patient's record by a mistaken address; null where it is neither.</summary>
    public static FhirLabReading? Fault(FhirDocument document, LocalDate? birthDate)
    {
        if (AreSeveral(document))
        {
            return FhirLabReading.Refused("", "Bundle", "has results of more than one patient");
        }

        var stranger = birthDate is { } born
            ? document.Nodes.FirstOrDefault(n => n.Type == "Patient" && n.Json.Text("birthDate") is { Length: 10 } date && date != born.ToString("uuuu-MM-dd", null))
            : null;
        return stranger is null ? null : FhirLabReading.Refused(stranger.Pointer + "/birthDate", "Patient", "is not the birth date of this patient");
    }

    private static bool AreSeveral(FhirDocument document)
    {
        var known = new List<FhirSubject>();
        foreach (var node in document.Nodes.Where(n => n.Type is "Observation" or "DiagnosticReport" && n.Json.Member("subject") is not null))
        {
            var subject = FhirSubject.Of(node, document);
            if (known.Exists(subject.IsKnown))
            {
                continue;
            }

            if (known.Exists(subject.IsApart))
            {
                return true;
            }

            known.Add(subject);
        }

        return false;
    }
}
