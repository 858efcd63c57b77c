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
        if (!json.Items("result").Concat(json.Items("hasMember")).Concat(json.Items("component")).Any())
        {
            said.AddRange(json.Items("note").Select(n => n.Text("text")).OfType<string>().Where(w => !LabWords.IsPlainNormal(w)));
            said.AddRange(json.Items("presentedForm").Take(1).Select(f => "a document that is not read here: " + (f.Text("title") ?? f.Text("contentType") ?? "without a title")));
        }

        return said.Count == 0 ? null : FhirValues.Cut(string.Join("; ", said.Distinct(StringComparer.Ordinal)));
    }
}
