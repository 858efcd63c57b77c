using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Tests.Protocols;
using static KetamineIntake.Tests.Labs.FhirSamples;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>Codes that the reader knows satisfy the tests, and safety values raise their findings by whatever code they come.</summary>
public sealed class MoreCodesTests
{
    [Theory]
    [InlineData("kidney", "69405-9")]
    [InlineData("kidney", "77147-7")]
    [InlineData("kidney", "88294-4")]
    [InlineData("kidney", "98980-6")]
    [InlineData("kidney", "94677-2")]
    [InlineData("kidney", "50210-4")]
    [InlineData("kidney", "50044-7")]
    [InlineData("kidney", "14682-9")]
    [InlineData("kidney", "38483-4")]
    [InlineData("liver", "1743-4", "30239-8")]
    [InlineData("liver", "1742-6", "30239-8")]
    [InlineData("liver", "1744-2", "88112-8")]
    [InlineData("cbc", "718-7", "26464-8", "26515-7")]
    [InlineData("cbc", "59260-0", "6690-2", "777-3")]
    [InlineData("cbc", "20509-6", "804-5", "778-1")]
    [InlineData("cbc", "718-7", "6690-2", "13056-7")]
    [InlineData("cbc", "718-7", "6690-2", "26516-5")]
    [InlineData("cbc", "718-7", "6690-2", "49497-1")]
    [InlineData("cbc", "718-7", "6690-2", "74464-9")]
    [InlineData("cbc", "57782-5")]
    [InlineData("ecg", "28010-7")]
    [InlineData("ecg", "18844-1")]
    [InlineData("ecg", "8601-7")]
    public void Every_method_of_a_quantity_satisfies_its_test(string test, params string[] codes) =>
        Assert.Equal(LabStanding.Valid, LabJudgement.Judge([.. Requirements.Where(r => r.Test == test)], [.. codes.Select(c => Coded("2026-10-01", c))], [], Day("2026-11-01")).Single().Standing);

    [Theory]
    [InlineData("liver", "1743-4", "1744-2")]
    [InlineData("cbc", "718-7", "59260-0", "777-3")]
    [InlineData("kidney", "2161-8")]
    [InlineData("ecg", "76634-5")]
    public void Two_methods_of_one_quantity_are_not_two_quantities(string test, params string[] codes) =>
        Assert.Equal(LabStanding.Missing, LabJudgement.Judge([.. Requirements.Where(r => r.Test == test)], [.. codes.Select(c => Coded("2026-10-01", c))], [], Day("2026-11-01")).Single().Standing);

    [Fact]
    public void A_request_with_them_says_so() =>
        Assert.Equal("counts as kidney", Assert.Single(Read(Observation("14682-9", "c", 80)).Verdicts).Reason);

    [Theory]
    // Words.
    [InlineData("2106-3", """ "valueString":"Positive" """, "PREG-01b")]
    [InlineData("2118-8", """ "valueString":"POS" """, "PREG-01b")]
    [InlineData("2110-5", """ "valueString":"Detected" """, "PREG-01b")]
    [InlineData("2112-1", """ "valueCodeableConcept":{"text":"Positive"} """, "PREG-01b")]
    [InlineData("80384-1", """ "valueString":"Positive" """, "PREG-01b")]
    [InlineData("80385-8", """ "valueString":"Reactive" """, "PREG-01b")]
    [InlineData("80384-1", """ "valueString":"Negative" """, "")]
    // An amount above the laboratory's limit, or without one from the protocol's on.
    [InlineData("21198-7", """ "valueQuantity":{"value":1200,"unit":"mIU/mL"} """, "PREG-01b")]
    [InlineData("21198-7", """ "valueQuantity":{"value":5,"unit":"mIU/mL"} """, "PREG-01b")]
    [InlineData("21198-7", """ "valueQuantity":{"value":4.9,"unit":"mIU/mL"} """, "")]
    [InlineData("21198-7", """ "valueQuantity":{"value":1200,"unit":"m[IU]/mL"} """, "PREG-01b")]
    [InlineData("19080-1", """ "valueQuantity":{"value":1200,"code":"[IU]/L"} """, "PREG-01b")]
    [InlineData("45194-8", """ "valueQuantity":{"value":1.2,"unit":"IU/mL"} """, "PREG-01b")]
    [InlineData("83086-9", """ "valueString":">1000 mIU/mL" """, "PREG-01b")]
    [InlineData("83086-9", """ "valueString":"<2 mIU/mL" """, "")]
    [InlineData("83086-9", """ "valueString":"<25 mIU/mL" """, "PREG-01b unreadable 83086-9")]
    [InlineData("21198-7", """ "valueQuantity":{"value":8,"unit":"mIU/mL"},"referenceRange":[{"high":{"value":10,"unit":"mIU/mL"}}] """, "")]
    [InlineData("21198-7", """ "valueQuantity":{"value":4,"unit":"mIU/mL"},"referenceRange":[{"low":{"value":0},"high":{"value":3,"unit":"mIU/mL"}}] """, "PREG-01b")]
    [InlineData("21198-7", """ "valueQuantity":{"value":300,"unit":"mIU/mL"},"referenceRange":[{"low":{"value":5},"high":{"value":426,"unit":"mIU/mL"},"text":"4 weeks"}] """, "PREG-01b")]
    // No limit of grown people who are not pregnant.
    [InlineData("21198-7", """ "valueQuantity":{"value":5000,"unit":"mIU/mL"},"referenceRange":[{"high":{"value":14,"unit":"mIU/mL"},"text":"Pregnant 4 weeks"}] """, "PREG-01b")]
    [InlineData("21198-7", """ "valueQuantity":{"value":12,"unit":"mIU/mL"},"referenceRange":[{"high":{"value":14,"unit":"mIU/mL"},"text":"Pregnant 4 weeks"}] """, "PREG-01b")]
    [InlineData("21198-7", """ "valueQuantity":{"value":12,"unit":"mIU/mL"},"referenceRange":[{"high":{"value":14,"unit":"mIU/mL"},"type":{"coding":[{"code":"normal"}]},"appliesTo":[{"text":"pregnant"}]}] """, "PREG-01b")]
    [InlineData("21198-7", """ "valueQuantity":{"value":5000,"unit":"mIU/mL"},"referenceRange":[{"high":{"value":10000,"unit":"mIU/mL"}}] """, "PREG-01b")]
    [InlineData("21198-7", """ "valueQuantity":{"value":5000,"unit":"mIU/mL"},"referenceRange":[{"low":{"value":0},"high":{"value":250000}}] """, "PREG-01b")]
    [InlineData("21198-7", """ "valueQuantity":{"value":8,"unit":"mIU/mL"},"referenceRange":[{"high":{"value":10,"unit":"mIU/mL"},"text":"Adult, non-pregnant: 0 - 10 mIU/mL","appliesTo":[{"text":"Female"}]}] """, "")]
    [InlineData("1742-6", """ "valueQuantity":{"value":400,"unit":"U/L"},"referenceRange":[{"high":{"value":100,"unit":"U/L"},"text":"Critical high"}] """, "HEP-02b")]
    [InlineData("1742-6", """ "valueQuantity":{"value":400,"unit":"U/L"},"referenceRange":[{"high":{"value":100,"unit":"U/L"},"appliesTo":[{"text":"panic"}]}] """, "HEP-02b")]
    [InlineData("1742-6", """ "valueQuantity":{"value":400,"unit":"U/L"},"referenceRange":[{"high":{"value":4000,"unit":"U/L"}}] """, "HEP-02b")]
    [InlineData("1742-6", """ "valueQuantity":{"value":400},"referenceRange":[{"high":{"value":4000}}] """, "unreadable 1742-6")]
    [InlineData("1742-6", """ "valueQuantity":{"value":50,"unit":"U/L"},"referenceRange":[{"high":{"value":55,"unit":"U/L"},"text":"0-55 U/L"}] """, "")]
    // Words and interpretations: of two readings the worse.
    [InlineData("2106-3", """ "valueString":"Not negative" """, "PREG-01b unreadable 2106-3")]
    [InlineData("2106-3", """ "valueString":"Non-negative" """, "PREG-01b unreadable 2106-3")]
    [InlineData("2106-3", """ "valueString":"Not clearly negative" """, "PREG-01b unreadable 2106-3")]
    [InlineData("2106-3", """ "valueString":"Not detected, negative" """, "")]
    [InlineData("2106-3", """ "valueString":"Not pregnant" """, "")]
    [InlineData("2106-3", """ "valueString":"Pregnant" """, "PREG-01b")]
    [InlineData("2106-3", """ "valueString":"Positivo" """, "PREG-01b")]
    [InlineData("2106-3", """ "valueString":"Positiva" """, "PREG-01b")]
    [InlineData("2106-3", """ "valueString":"Positiv" """, "PREG-01b")]
    [InlineData("2106-3", """ "valueString":"1+" """, "PREG-01b")]
    [InlineData("2106-3", """ "valueString":"+" """, "PREG-01b")]
    [InlineData("2106-3", """ "valueString":"negative","interpretation":[{"coding":[{"code":"POS"}]}] """, "PREG-01b")]
    [InlineData("2106-3", """ "valueString":"negative","interpretation":[{"coding":[{"code":"A"}]}] """, "PREG-01b unreadable 2106-3")]
    [InlineData("2106-3", """ "valueString":"negative","interpretation":[{"coding":[{"code":"N"}]}] """, "")]
    [InlineData("2106-3", """ "valueString":"negative","interpretation":[{"coding":[{"code":"NEG"}]}] """, "")]
    [InlineData("21198-7", """ "valueQuantity":{"value":3,"unit":"mIU/mL"},"interpretation":[{"coding":[{"code":"POS"}]}] """, "PREG-01b")]
    [InlineData("18844-1", """ "valueString":"Normal","interpretation":[{"coding":[{"code":"A"}]}] """, "unreadable 18844-1")]
    [InlineData("11524-6", """ "valueString":"Normal","interpretation":[{"coding":[{"code":"A"}]}] """, "unreadable 11524-6")]
    [InlineData("11524-6", """ "valueString":"Normal","interpretation":[{"coding":[{"code":"N","display":"Normal"}]}] """, "")]
    [InlineData("21198-7", """ "valueQuantity":{"value":300,"unit":"furlong"} """, "PREG-01b unreadable 21198-7")]
    [InlineData("21198-7", """ "valueQuantity":{"value":"300","unit":"mIU/mL"} """, "PREG-01b unreadable 21198-7")]
    [InlineData("76634-5", """ "valueQuantity":{"value":510,"unit":"ms"} """, "CV-12")]
    [InlineData("76635-2", """ "valueQuantity":{"value":0.51,"unit":"s"} """, "CV-12")]
    [InlineData("76634-5", """ "valueQuantity":{"value":420,"unit":"ms"} """, "")]
    [InlineData("18844-1", """ "valueString":"Acute anterior infarct" """, "CV-12")]
    [InlineData("28010-7", """ "valueString":"Acute anterior infarct" """, "CV-12")]
    [InlineData("59260-0", """ "valueQuantity":{"value":4.5,"unit":"mmol/L"} """, "HEM-01")]
    [InlineData("69405-9", """ "valueQuantity":{"value":12,"unit":"mL/min/{1.73_m2}"} """, "REN-01")]
    [InlineData("98980-6", """ "valueQuantity":{"value":12,"unit":"mL/min/{1.73_m2}"} """, "REN-01")]
    [InlineData("13056-7", """ "valueQuantity":{"value":15,"unit":"10*3/uL"} """, "HEM-01")]
    public async Task A_safety_value_raises_its_finding(string code, string value, string told)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var json = Observation(code, "o", 1).Replace(Quantity(code, 1), "," + value.Trim(), StringComparison.Ordinal);

        var view = (await clinic.AddAsync(await clinic.PatientAsync(), [.. Read(json).Results])).View;

        Assert.Equal(told, string.Join(' ', view.Findings.Select(f => f.Rule).Concat(view.Unreadable.Select(u => "unreadable " + u))));
    }

    [Fact]
    public void A_code_whose_check_digit_is_wrong_is_not_among_them()
    {
        // Filed as 2112-5; LOINC's code is 2112-1.
        Assert.Null(LabKinds.Find("2112-5"));
        Assert.Equal(LabKinds.Hcg, LabKinds.Find("2112-1")!.Name);
    }

    [Theory]
    [InlineData("a code that is mistyped", "/kinds/0/codes/0", "check digit")]
    [InlineData("a code that two kinds claim", "/kinds/1/codes/0", "claimed twice")]
    [InlineData("a kind that the rules need left out", "/kinds", "is missing")]
    [InlineData("a part that is no kind", "/kinds/3/parts/0", "another kind")]
    [InlineData("a test that is none", "/kinds/0/tests/0", "A test is one of")]
    [InlineData("a meaning that is none", "/said/0/means", "positive or negative")]
    public void A_fault_in_the_list_of_codes_stops_the_start(string fault, string path, string detail)
    {
        var faults = new ProtocolDocuments().Edit("labs.json", labs =>
        {
            switch (fault)
            {
                case "a code that is mistyped":
                    labs["kinds"]![0]!["codes"]![0] = "34534-9";
                    break;
                case "a code that two kinds claim":
                    labs["kinds"]![1]!["codes"]![0] = "34534-8";
                    break;
                case "a kind that the rules need left out":
                    labs["kinds"]!.AsArray().RemoveAt(11);
                    break;
                case "a part that is no kind":
                    labs["kinds"]![3]!["parts"]![0] = "sodium";
                    break;
                case "a test that is none":
                    labs["kinds"]![0]!["tests"]![0] = "mri";
                    break;
                default:
                    labs["said"]![0]!["means"] = "perhaps";
                    break;
            }
        }).Faults();

        Assert.Contains(faults, f => f.File == "labs.json" && f.Path == path && f.Detail.Contains(detail, StringComparison.Ordinal));
    }
}
