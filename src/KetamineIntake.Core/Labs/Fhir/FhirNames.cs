using System.Globalization;
using System.Text;
using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>Whether the subject of a document may be the patient, by name. Who was born on the same day need not be the same person.</summary>
internal static class FhirNames
{
    /// <summary>True where a name is written out and it is another one. No name, or half of one that fits, contradicts nothing.</summary>
    public static bool Contradict(FhirDocument document, PatientName patient) => Said(document).Any(person => person.Count > 0 && !person.Exists(name => Fits(name, patient)));

    // Of each person that the results are about, all the names that they go by.
    private static IEnumerable<List<Name>> Said(FhirDocument document)
    {
        foreach (var node in document.Nodes.Where(n => n.Type is "Observation" or "DiagnosticReport" && n.Json.Member("subject") is not null))
        {
            var subject = node.Json.Member("subject") ?? default;
            yield return subject.Text("display") is { } display && Tokens(display) is { Count: > 1 } words ? [new Name(words, words)] : [];
            yield return FhirSubject.Of(node, document).Patient is { } patient ? [.. Names(patient)] : [];
        }

        // A bundle's own patient may be referred to by nothing.
        foreach (var patient in document.Nodes.Where(n => n.Type == "Patient"))
        {
            yield return [.. Names(patient.Json)];
        }
    }

    private static IEnumerable<Name> Names(JsonElement patient) =>
        from name in patient.Items("name")
        let given = name.Member("given") is { ValueKind: JsonValueKind.Array } all ? all.EnumerateArray().Where(g => g.ValueKind == JsonValueKind.String).SelectMany(g => Tokens(g.GetString()!)).ToList() : []
        let family = Tokens(name.Text("family") ?? "")
        let text = Tokens(name.Text("text") ?? "")
        let read = given.Count + family.Count > 0 ? new Name(given, family) : new Name(text, text)
        where read.Given.Count + read.Family.Count > 0
        select read;

    // Either way round, as forms are filled in; half a name is only half a contradiction.
    private static bool Fits(Name said, PatientName patient)
    {
        var (first, last) = (Tokens(patient.Given), Tokens(patient.Family));
        return (Fits(said.Given, first) && Fits(said.Family, last)) || (Fits(said.Given, last) && Fits(said.Family, first));
    }

    // Kim and Kimberly, and an initial, are one name.
    private static bool Fits(List<string> said, List<string> known) =>
        said.Count == 0 || known.Count == 0 || said.Exists(s => known.Exists(k => s.StartsWith(k, StringComparison.Ordinal) || k.StartsWith(s, StringComparison.Ordinal)));

    private static List<string> Tokens(string text)
    {
        var plain = string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).ToLowerInvariant();
        return [.. string.Concat(plain.Select(c => char.IsLetter(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private readonly record struct Name(List<string> Given, List<string> Family);
}
