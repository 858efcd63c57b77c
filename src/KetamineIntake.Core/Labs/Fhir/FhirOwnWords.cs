using System.Text.Json;

namespace KetamineIntake.Core.Labs.Fhir;

/// <summary>What a panel says of itself beside its values. No rule reads it, and "specimen clotted" or "blasts seen" must not go unheard.</summary>
internal static class FhirOwnWords
{
    /// <summary>Its conclusion, its interpretation and, where it carries no results, its notes and its document; null when they say nothing, or only that all is normal.</summary>
    public static string? Of(FhirNode node)
    {
        var json = node.Json;
        var said = json.Items("conclusionCode").SelectMany(FhirValues.Said).Prepend(json.Text("conclusion")).OfType<string>().Where(w => !LabWords.IsPlainNormal(w))
            .Concat(FhirInterpretations.Abnormal(json)).ToList();
        if (!HasParts(json))
        {
            said.AddRange(json.Items("note").Select(n => n.Text("text")).OfType<string>().Where(w => !LabWords.IsPlainNormal(w)));
            said.AddRange(new[] { Document(json) }.OfType<string>());
        }

        return said.Count == 0 ? null : FhirValues.Cut(string.Join("; ", said.Distinct(StringComparer.Ordinal)));
    }

    public static bool HasParts(JsonElement json) => json.Items("result").Concat(json.Items("hasMember")).Concat(json.Items("component")).Any();

    /// <summary>Its document, which nobody reads here; null when it has none.</summary>
    public static string? Document(JsonElement json) =>
        json.Items("presentedForm").Select(f => "a document that is not read here: " + (f.Text("title") ?? f.Text("contentType") ?? "without a title")).FirstOrDefault();
}
