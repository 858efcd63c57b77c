using System.Text.Json;
using KetamineIntake.Core.Labs.Fhir;
using KetamineIntake.Core.Screenings;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Short ways to write FHIR documents.</summary>
internal static class FhirSamples
{
    public static readonly FhirLabContext Context = new(Requirements, Day("2026-11-21"), DateTimeZoneProviders.Tzdb["America/New_York"], null, Units);

    /// <param name="members">More members, with a comma before each.</param>
    public static string Observation(string code, string? id, decimal value, string members = "", string status = "final", string? day = "2026-10-01") =>
        Resource("Observation", code, id, status, day) + Quantity(code, value) + members + "}";

    public static string Quantity(string code, decimal value) => FormattableString.Invariant($",\"valueQuantity\":{{\"value\":{value},\"unit\":\"{UnitOf(code)}\"}}");

    /// <param name="parts">References.</param>
    public static string Report(string code, string? id, string[] parts, string members = "", string status = "final", string? day = "2026-10-10") =>
        Resource("DiagnosticReport", code, id, status, day) + ",\"result\":" + References(parts) + members + "}";

    public static string Panel(string code, string? id, string[] parts, string members = "", string status = "final", string? day = "2026-10-10") =>
        Resource("Observation", code, id, status, day) + ",\"hasMember\":" + References(parts) + members + "}";

    public static string Coded(string code) => $"{{\"coding\":[{{\"system\":\"http://loinc.org\",\"code\":\"{code}\"}}]}}";

    public static string Identifiers(params string[] values) =>
        ",\"identifier\":[" + string.Join(',', values.Select(v => $"{{\"system\":\"urn:lab\",\"value\":\"{v}\"}}")) + "]";

    public static string Bundle(params string[] resources) =>
        "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" + string.Join(',', resources.Select(r => "{\"resource\":" + r + "}")) + "]}";

    public static FhirLabReading Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return FhirLabs.Read(document.RootElement, Context);
    }

    /// <summary>Reads a document and stores it as the request does; the rules that fire then.</summary>
    public static async Task<string> SendAsync(this LabClinic clinic, string patient, string json)
    {
        var view = (await clinic.AddAsync(patient, [.. Read(json).Results])).View;
        return string.Join(' ', view.Findings.Where(f => f.Verdict == Verdict.True).Select(f => f.Rule));
    }

    private static string Resource(string type, string code, string? id, string status, string? day) =>
        $"{{\"resourceType\":\"{type}\",\"status\":\"{status}\",\"code\":{Coded(code)}"
        + (id is null ? "" : $",\"id\":\"{id}\"") + (day is null ? "" : $",\"effectiveDateTime\":\"{day}\"");

    private static string References(string[] parts) => "[" + string.Join(',', parts.Select(p => $"{{\"reference\":\"{p}\"}}")) + "]";

    private static string UnitOf(string code) => code switch
    {
        "718-7" => "g/dL",
        "1742-6" or "1920-8" => "U/L",
        "98979-8" => "mL/min",
        "8636-3" => "ms",
        _ => "K/uL",
    };
}
