using System.Globalization;
using KetamineIntake.Core.Labs;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>How laboratories write the units that the rules use.</summary>
public sealed class LabUnitsTests
{
    [Theory]
    [InlineData(LabKinds.Hemoglobin, "g/dL", "1")]
    [InlineData(LabKinds.Hemoglobin, "g / dL", "1")]
    [InlineData(LabKinds.Hemoglobin, "gm/dL", "1")]
    [InlineData(LabKinds.Hemoglobin, "g%", "1")]
    [InlineData(LabKinds.Hemoglobin, "g/L", "0.1")]
    [InlineData(LabKinds.Hemoglobin, "mmol/L", "1.61145")]
    [InlineData(LabKinds.Alt, "U/L", "1")]
    [InlineData(LabKinds.Alt, "IU/L", "1")]
    [InlineData(LabKinds.Alt, "[iU]/L", "1")]
    [InlineData(LabKinds.Ast, "Units/L", "1")]
    [InlineData(LabKinds.Ast, "unit/L", "1")]
    [InlineData(LabKinds.Ast, "ukat/L", "60")]
    [InlineData(LabKinds.Ast, "µkat/L", "60")]
    [InlineData(LabKinds.Ast, "μkat/L", "60")]
    [InlineData(LabKinds.Ast, "nkat/L", "0.06")]
    [InlineData(LabKinds.Platelets, "10*3/uL", "1")]
    [InlineData(LabKinds.Platelets, "10*9/L", "1")]
    [InlineData(LabKinds.Platelets, "G/L", "1")]
    [InlineData(LabKinds.Platelets, "Giga/L", "1")]
    [InlineData(LabKinds.Platelets, "/nL", "1")]
    [InlineData(LabKinds.Platelets, "10^9/L", "1")]
    [InlineData(LabKinds.Platelets, "10**9/L", "1")]
    [InlineData(LabKinds.Platelets, "10⁹/L", "1")]
    [InlineData(LabKinds.Platelets, "10e9/L", "1")]
    [InlineData(LabKinds.Platelets, "x10^9/L", "1")]
    [InlineData(LabKinds.Platelets, "10³/µL", "1")]
    [InlineData(LabKinds.Platelets, "thousand/uL", "1")]
    [InlineData(LabKinds.Platelets, "Thous/mcL", "1")]
    [InlineData(LabKinds.Platelets, "thou/cumm", "1")]
    [InlineData(LabKinds.Platelets, "Th/mm³", "1")]
    [InlineData(LabKinds.Platelets, "K/mm3", "1")]
    [InlineData(LabKinds.Leukocytes, "K/uL", "1")]
    [InlineData(LabKinds.Leukocytes, "/uL", "0.001")]
    [InlineData(LabKinds.Leukocytes, "cells/uL", "0.001")]
    [InlineData(LabKinds.Leukocytes, "cell/uL", "0.001")]
    [InlineData(LabKinds.Leukocytes, "{cells}/uL", "0.001")]
    [InlineData(LabKinds.Leukocytes, "#/uL", "0.001")]
    [InlineData(LabKinds.Leukocytes, "10*6/L", "0.001")]
    [InlineData(LabKinds.Qtc, "ms", "1")]
    [InlineData(LabKinds.Qtc, "msec", "1")]
    [InlineData(LabKinds.Qtc, "milliseconds", "1")]
    [InlineData(LabKinds.Qtc, "s", "1000")]
    [InlineData(LabKinds.Qtc, "sec", "1000")]
    [InlineData(LabKinds.Egfr, null, "1")]
    [InlineData(LabKinds.Egfr, "mL/min/{1.73_m2}", "1")]
    [InlineData(LabKinds.Creatinine, "mg/dL", "1")]
    [InlineData(LabKinds.Egfr, "mg/dL", null)]
    [InlineData(LabKinds.Hemoglobin, null, null)]
    [InlineData(LabKinds.Hemoglobin, "U/L", null)]
    [InlineData(LabKinds.Alt, "g/L", null)]
    [InlineData(LabKinds.Platelets, "K/L", null)]
    [InlineData(LabKinds.Qtc, "min", null)]
    [InlineData(LabKinds.Hcg, "g/L", null)]
    [InlineData(LabKinds.Hcg, "m[IU]/mL", "1")]
    public void A_unit_is_known_however_it_is_written_and_no_other_is(string kind, string? unit, string? factor) =>
        Assert.Equal(factor is null ? null : decimal.Parse(factor, CultureInfo.InvariantCulture), Units.Convert(kind, 1, unit));

    [Theory]
    [InlineData("g/L", "g/dL", "g/L ≠ g/dL", true)]
    [InlineData("g/dL", "gm/dL", "g/dL", false)]
    [InlineData("g/dL", "furlong", "g/dL", false)]
    [InlineData(null, "g/dL", "g/dL", false)]
    [InlineData("g/dL", null, "g/dL", false)]
    [InlineData(null, null, null, false)]
    public void A_code_and_words_that_are_both_known_and_differ_make_a_unit_that_no_rule_reads(string? code, string? words, string? unit, bool isContradictory)
    {
        Assert.Equal(unit, Units.Of(LabKinds.Hemoglobin, code, words));
        Assert.Equal(isContradictory, LabUnits.IsContradictory(unit));
    }

    [Fact]
    public void A_number_that_no_quantity_can_reach_is_not_converted()
    {
        Assert.Null(Units.Convert(LabKinds.Qtc, 1_000_000_000_000m, "ms"));
        Assert.Null(Units.Convert(LabKinds.Qtc, -1_000_000_000_000m, "ms"));
        Assert.Equal(999_999_999_999m, Units.Convert(LabKinds.Qtc, 999_999_999_999m, "ms"));
    }
}
