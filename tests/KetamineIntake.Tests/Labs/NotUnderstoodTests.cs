using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Import;
using static KetamineIntake.Tests.Labs.FhirSamples;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>A value that is there and not understood is named to the clinician and leaves its test open, wherever it stands.</summary>
public sealed class NotUnderstoodTests
{
    private const string Egfr = "98979-8";
    private const string Cmp = "24323-8";
    private const string Creatinine = "2160-0";

    // As members of the element, each in place of a value that can be read.
    private static readonly string[] Values =
    [
        """ "valueQuantity":{"value":"12","unit":"mL/min/1.73m2"} """,
        """ "valueQuantity":{} """,
        """ "valueQuantity":{"unit":"mL/min/1.73m2"} """,
        """ "valueQuantity":{"value":1e400,"unit":"mL/min/1.73m2"} """,
        """ "valueQuantity":{"value":"NaN","unit":"mL/min/1.73m2"} """,
        """ "valueQuantity":{"value":[12],"unit":"mL/min/1.73m2"} """,
        """ "valueQuantity":{"value":-12,"unit":"mL/min/1.73m2"} """,
        """ "valueQuantity":{"value":1e9,"unit":"mL/min/1.73m2"} """,
        """ "valueQuantity":{"value":12,"comparator":"~","unit":"mL/min/1.73m2"} """,
        """ "valueQuantity":{"value":95,"comparator":"less than","unit":"mL/min/1.73m2"} """,
        """ "valueQuantity":{"value":95,"comparator":"≥≥","unit":"mL/min/1.73m2"} """,
        """ "valueQuantity":{"value":95,"comparator":7,"unit":"mL/min/1.73m2"} """,
        """ "valueQuantity":{"value":95,"unit":{"text":"mL/min"}} """,
        """ "valueQuantity":{"value":95,"unit":"furlong"} """,
        """ "valueQuantity":[{"value":95}] """,
        """ "valueQuantity":"95" """,
        """ "valueRange":{"low":{"value":10},"high":{"value":20}} """,
        """ "valueRatio":{"numerator":{"value":1},"denominator":{"value":2}} """,
        """ "valueBoolean":true """,
        """ "valueBoolean":false """,
        """ "valueSampledData":{"origin":{"value":0},"period":10,"dimensions":1,"data":"12 13"} """,
        """ "valueDateTime":"2026-10-01" """,
        """ "valueTime":"12:00:00" """,
        """ "valuePeriod":{"start":"2026-10-01"} """,
        """ "valueDecimal":12 """,
        """ "valueInteger":"12" """,
        """ "valueString":12 """,
        """ "valueString":"NaN" """,
        """ "valueString":"-12" """,
        """ "valueString":"12-15" """,
        """ "valueString":"12,5" """,
        """ "valueString":"1.2e1" """,
        """ "valueString":"~12" """,
        """ "valueString":"see note" """,
        """ "valueString":"95 furlong" """,
        """ "valueCodeableConcept":{} """,
        """ "valueCodeableConcept":{"text":"low"} """,
        """ "valueQuantity":{"value":95,"unit":"mL/min"},"valueString":"12" """,
        """ "valueQuantity":{"value":95,"unit":"mL/min"},"dataAbsentReason":{"coding":[{"code":"error"}]} """,
        """ "interpretation":[{"coding":[{"code":"LL"}]}] """,
        """ "interpretation":[{"coding":[{"code":"HH"}]}] """,
        """ "interpretation":[{"coding":[{"code":"A"}]}] """,
        """ "interpretation":[{"coding":[{"code":"N"}]}] """,
        """ "interpretation":[{"text":"critical"}] """,
        """ "interpretation":{"coding":[{"code":"LL"}]} """,
        """ "interpretation":[{"coding":[{"code":"LL"}]}],"dataAbsentReason":{"coding":[{"code":"unknown"}]} """,
        """ "dataAbsentReason":{"coding":[{"code":"not-a-number"}]} """,
        """ "dataAbsentReason":{"coding":[{"code":"negative-infinity"}]} """,
        """ "dataAbsentReason":{"coding":[{"code":"as-text"}]} """,
        """ "dataAbsentReason":{"coding":[{"code":"masked"}]} """,
    ];

    public static TheoryData<string, string> Places
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var value in Values)
            {
                foreach (var place in new[] { "observation", "component", "panel", "member", "contained", "report", "bundle" })
                {
                    data.Add(place, value.Trim());
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_value_that_is_not_understood_is_named_and_its_test_is_not_valid(string place, string value)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.BookAsync(patient, "2026-12-10");

        var view = (await clinic.AddAsync(patient, [.. Read(Document(place, value)).Results])).View;

        Assert.Contains(Egfr, view.Unreadable);
        Assert.NotEqual(LabStanding.Valid, view.Statuses.Single(s => s.Test == LabTests.Kidney).Standing);
        // A panel that is a liver test too stays one.
        Assert.Equal(place is "observation" or "member" ? LabStanding.Missing : LabStanding.Valid, view.Statuses.Single(s => s.Test == LabTests.Liver).Standing);
    }

    [Theory]
    [InlineData(""" "valueQuantity":{"value":12,"unit":"mL/min/1.73m2"} """, "REN-01")]
    [InlineData(""" "valueQuantity":{"value":1.2e1,"unit":"mL/min/1.73m2"} """, "REN-01")]
    [InlineData(""" "valueQuantity":{"value":12,"comparator":"<=","unit":"mL/min/1.73m2"} """, "REN-01")]
    [InlineData(""" "valueString":"12" """, "REN-01")]
    [InlineData(""" "valueString":"≤ 12" """, "REN-01")]
    [InlineData(""" "valueInteger":12 """, "REN-01")]
    [InlineData(""" "valueQuantity":{"value":95,"unit":"mL/min/1.73m2"} """, "")]
    public async Task What_can_be_read_is_read(string value, string told)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        Assert.Equal(told, await clinic.SendAsync(patient, Document("report", value.Trim())));
        Assert.DoesNotContain(await clinic.FlagsAsync(patient), f => f is { Test: LabTests.Kidney, IsOpen: true });
    }

    [Theory]
    [InlineData("not-performed")]
    [InlineData("not-asked")]
    [InlineData("unknown")]
    public async Task A_part_that_was_not_measured_is_not_named(string reason)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();

        var view = (await clinic.AddAsync(patient, [.. Read(Document("report", $$""" "dataAbsentReason":{"coding":[{"code":"{{reason}}"}]} """)).Results])).View;

        Assert.Empty(view.Unreadable);
        Assert.Equal(LabStanding.Valid, view.Statuses.Single(s => s.Test == LabTests.Kidney).Standing);
    }

    [Fact]
    public async Task A_newer_value_that_can_be_read_makes_the_test_valid_again_and_so_does_a_line_that_staff_have_typed()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-09-15", Cmp));
        await clinic.AddAsync(patient, [.. Read(Document("report", """ "valueBoolean":true """)).Results]);
        Assert.Equal(LabStanding.Missing, await KidneyAsync(clinic, patient));

        await clinic.AddAsync(patient, LabResultReader.Typed(LabTests.Kidney, Day("2026-10-01"), LabResultStatus.Final));
        Assert.Equal(LabStanding.Valid, await KidneyAsync(clinic, patient));

        var other = await clinic.PatientAsync();
        await clinic.AddAsync(other, [.. Read(Document("report", """ "valueBoolean":true """)).Results]);
        await clinic.AddAsync(other, [.. Read(Observation(Egfr, "later", 88, day: "2026-10-05")).Results]);
        Assert.Equal(LabStanding.Valid, await KidneyAsync(clinic, other));
    }

    [Fact]
    public void The_sender_is_told_what_is_not_understood_and_reads_nothing_of_it() =>
        Assert.Equal(
            "counts as liver; not understood, and named to the clinician: eGFR",
            Read(Document("report", """ "valueQuantity":{"value":"12.7 canary"} """)).Verdicts[0].Reason);

    [Fact]
    public async Task A_part_that_may_not_be_read_is_named_too()
    {
        foreach (var members in new[] { ",\"modifierExtension\":[{}]", ",\"effectiveDateTime\":\"soon\"" })
        {
            await using var clinic = await LabClinic.StartAsync("2026-11-20");
            var patient = await clinic.PatientAsync();
            var part = Observation(Egfr, "e", 12, members, day: members.Contains("effective", StringComparison.Ordinal) ? null : "2026-10-01");
            var view = (await clinic.AddAsync(patient, [.. Read(Bundle(Report(Cmp, "r", ["Observation/e", "Observation/c"]), part, Observation(Creatinine, "c", 1))).Results])).View;

            Assert.Equal([Egfr], view.Unreadable);
            Assert.Equal(LabStanding.Missing, view.Statuses.Single(s => s.Test == LabTests.Kidney).Standing);
        }
    }

    [Fact]
    public async Task A_line_of_a_file_in_a_unit_that_nobody_knows_is_named_and_its_test_is_not_valid()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        var file = $"patient,test,collectedOn,loinc,value,unit\n{patient},kidney,2026-10-01,{Egfr},95,furlong\n{patient},kidney,2026-10-01,{Creatinine},1,mg/dL\n";
        await foreach (var line in new ImportLabs(clinic.Add, clinic.Inner.Clock).RunAsync(clinic.Context, new StringReader(file), false, default))
        {
            Assert.Equal(LabImportOutcome.Stored, line.Outcome);
        }

        Assert.Equal(LabStanding.Missing, await KidneyAsync(clinic, patient));
    }

    [Fact]
    public async Task A_pregnancy_test_that_is_not_understood_is_named_and_one_in_codes_is_read()
    {
        string Test(string value) => Observation("2106-3", "t", 1).Replace(Quantity("2106-3", 1), "," + value, StringComparison.Ordinal);
        foreach (var (value, told) in new[]
        {
            (""" "valueBoolean":true """, "PREG-01b unreadable 2106-3"),
            (""" "interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"A"}]}] """, "PREG-01b unreadable 2106-3"),
            (""" "interpretation":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"POS"}]}] """, "PREG-01b"),
            (""" "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"10828004"}]} """, "PREG-01b"),
            (""" "valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"LA6576-8"}]} """, "PREG-01b"),
            (""" "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"260385009"}]} """, ""),
            (""" "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"260385009","display":"Positive"}]} """, "PREG-01b unreadable 2106-3"),
        })
        {
            await using var clinic = await LabClinic.StartAsync("2026-11-20");
            var view = (await clinic.AddAsync(await clinic.PatientAsync(), [.. Read(Test(value.Trim())).Results])).View;
            Assert.Equal(told, string.Join(' ', view.Findings.Select(f => f.Rule).Concat(view.Unreadable.Select(u => "unreadable " + u))));
        }
    }

    private static async Task<LabStanding> KidneyAsync(LabClinic clinic, string patient) =>
        (await new FindLabs(clinic.Inner.Clock).RunAsync(clinic.Context, patient, clinic.Inner.Ana, default))!.Statuses.Single(s => s.Test == LabTests.Kidney).Standing;

    // Beside a normal creatinine of the same day, which alone would be a kidney test, and (but for the first two places) beside ALT and AST.
    private static string Document(string place, string value)
    {
        var egfr = Observation(Egfr, "e", 1).Replace(Quantity(Egfr, 1), "," + value, StringComparison.Ordinal);
        var (creatinine, alt, ast) = (Observation(Creatinine, "c", 1), Observation("1742-6", "a", 20), Observation("1920-8", "b", 20));
        string Component(string code, string with) => $"{{\"code\":{FhirSamples.Coded(code)},{with}}}";
        return place switch
        {
            "observation" => Bundle(egfr, creatinine),
            "component" => Panel(Cmp, "p", [], $",\"component\":[{Component(Egfr, value)},{Component(Creatinine, "\"valueInteger\":1")},{Component("1742-6", Quantity("1742-6", 20)[1..])},{Component("1920-8", Quantity("1920-8", 20)[1..])}]"),
            "panel" => Bundle(Panel(Cmp, "p", ["Observation/e", "Observation/c", "Observation/a", "Observation/b"]), egfr, creatinine, alt, ast),
            "member" => Bundle(Panel("24362-6", "p", ["Observation/e", "Observation/c"]), egfr, creatinine),
            "contained" => Report(Cmp, "r", ["#e", "#c", "#a", "#b"], $",\"contained\":[{egfr},{creatinine},{alt},{ast}]"),
            "report" => Bundle(Report(Cmp, "r", ["Observation/e", "Observation/c", "Observation/a", "Observation/b"]), egfr, creatinine, alt, ast),
            _ => Bundle(egfr, creatinine, alt, ast),
        };
    }
}
