using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>A system that is there and wrong, or words that contradict the code, are refused; a panel that is named after its own parts is neither.</summary>
public sealed class WrongCodesTests
{
    [Theory]
    [InlineData("http://snomed.info/sct")]
    [InlineData("urn:oid:1.2.3")]
    [InlineData("http://hl7.org/fhir/sid/icd-10")]
    [InlineData("LOINC")]
    public void A_LOINC_code_under_another_system_is_refused(string system)
    {
        var verdict = Assert.Single(Read(Observation("718-7", "h", 7).Replace("http://loinc.org", system, StringComparison.Ordinal)).Verdicts);

        Assert.Equal((FhirOutcome.Refused, "/code", "has a LOINC code under a system that is not LOINC's"), (verdict.Outcome, verdict.Pointer, verdict.Reason));
    }

    [Fact]
    public void The_same_code_as_the_laboratorys_own_beside_LOINC_is_no_fault() =>
        Assert.Single(Read(Observation("718-7", "h", 7).Replace("\"coding\":[", "\"coding\":[{\"system\":\"urn:lab\",\"code\":\"718-7\"},", StringComparison.Ordinal)).Results);

    [Theory]
    [InlineData("98979-8", "Potassium [Moles/volume] in Serum or Plasma")]
    [InlineData("98979-8", "Creatinine")]
    [InlineData("98979-8", "Complete blood count")]
    [InlineData("718-7", "Hemoglobin A1c")]
    [InlineData("718-7", "Hematocrit")]
    [InlineData("2160-0", "Creatinine [Mass/volume] in Urine")]
    [InlineData("2160-0", "Albumin/Creatinine ratio")]
    [InlineData("777-3", "Platelet mean volume, MPV")]
    [InlineData("2106-3", "Glucose")]
    [InlineData("8636-3", "Heart rate")]
    [InlineData("24325-3", "Comprehensive metabolic panel")]
    [InlineData("24325-3", "CBC")]
    [InlineData("24323-8", "Hemoglobin")]
    [InlineData("58410-2", "CMP14+EGFR")]
    [InlineData("58410-2", "Lipid panel with ALT")]
    public void Words_that_contradict_the_code_are_refused(string code, string words)
    {
        foreach (var member in new[] { $",\"display\":\"{words}\"}}]", $"}}],\"text\":\"{words}\"" })
        {
            var json = Observation(code, "o", 1).Replace($"\"code\":\"{code}\"}}]", $"\"code\":\"{code}\"{member}", StringComparison.Ordinal);
            var verdict = Assert.Single(Read(json).Verdicts);
            Assert.Equal((FhirOutcome.Refused, "/code"), (verdict.Outcome, verdict.Pointer));
            Assert.Contains("one of them is wrong", verdict.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("24323-8", "CMP14+EGFR")]
    [InlineData("24323-8", "CMP w/ eGFR, ALT, AST")]
    [InlineData("24323-8", "Comp. Metabolic Panel (14)")]
    [InlineData("51990-0", "BMP8+EGFR")]
    [InlineData("24321-2", "BMP8+eGFR")]
    [InlineData("24325-3", "ALT/AST panel")]
    [InlineData("24325-3", "Hepatic Function Panel (7)")]
    [InlineData("24362-6", "Creatinine with eGFR")]
    [InlineData("58410-2", "Complete Blood Cnt w/Plt")]
    [InlineData("57021-8", "CBC With Differential/Platelet")]
    [InlineData("58410-2", "Hgb, WBC, Plt")]
    [InlineData("11524-6", "ECG with QTc")]
    [InlineData("98979-8", "eGFRcr SerPlBld CKD-EPI 2021")]
    [InlineData("718-7", "Hgb Bld-mCnc")]
    [InlineData("2160-0", "Creat SerPl-mCnc")]
    public void A_panel_named_after_its_own_parts_and_a_short_name_are_no_contradiction(string code, string words) =>
        Assert.Null(LabKinds.Contradiction(LabKinds.Find(code)!, words));

    [Fact]
    public async Task A_part_that_contradicts_itself_is_refused_and_its_test_is_not_valid()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var wrong = Observation("98979-8", "e", 12).Replace("\"code\":\"98979-8\"", "\"code\":\"98979-8\",\"display\":\"Potassium\"", StringComparison.Ordinal);
        var reading = Read(Bundle(Report("24323-8", "r", ["Observation/e", "Observation/c"]), wrong, Observation("2160-0", "c", 1)));

        var view = (await clinic.AddAsync(patient, [.. reading.Results])).View;

        Assert.Equal((FhirOutcome.Refused, "/entry/1/resource/code"), (reading.Verdicts[1].Outcome, reading.Verdicts[1].Pointer));
        Assert.Equal(["98979-8"], view.Unreadable);
        Assert.Equal(LabStanding.Missing, view.Statuses.Single(s => s.Test == LabTests.Kidney).Standing);
    }

    [Fact]
    public async Task A_component_under_a_wrong_system_is_named()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        string Component(string code, string system) => $"{{\"code\":{{\"coding\":[{{\"system\":\"{system}\",\"code\":\"{code}\"}}]}},\"valueInteger\":1}}";
        var json = Panel("24323-8", "p", [], $",\"component\":[{Component("98979-8", "http://snomed.info/sct")},{Component("2160-0", "http://loinc.org")}]");

        var view = (await clinic.AddAsync(patient, [.. Read(json).Results])).View;

        Assert.Equal(["98979-8"], view.Unreadable);
        Assert.Equal(LabStanding.Missing, view.Statuses.Single(s => s.Test == LabTests.Kidney).Standing);
    }
}
