using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Import;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class LabImportFormatTests
{
    private const string Full = "patient,test,collectedOn,status,id,loinc,value,unit,low,high";

    [Theory]
    [InlineData("a,b,c", "a|b|c")]
    [InlineData("\uFEFFa,b", "a|b")]
    [InlineData("a,,c,", "a||c|")]
    [InlineData("\"a,b\",c", "a,b|c")]
    [InlineData("\"say \"\"hi\"\"\",c", "say \"hi\"|c")]
    [InlineData("\"\",\"\"", "|")]
    public void Fields_are_read_as_RFC_4180_says(string text, string fields) =>
        Assert.Equal(fields, string.Join('|', CsvLines.Read(new StringReader(text)).Single().Fields!));

    [Theory]
    [InlineData("a\"b,c", "has a quote inside a field that is not quoted")]
    [InlineData("\"a\"b,c", "has something between a closing quote and the comma")]
    [InlineData("\"a,b", "has a quote that does not close on its line")]
    public void A_record_that_is_not_RFC_4180_is_refused(string text, string fault)
    {
        var line = CsvLines.Read(new StringReader(text)).Single();

        Assert.Null(line.Fields);
        Assert.Equal(fault, line.Fault);
    }

    [Fact]
    public void Lines_keep_their_numbers_over_blank_lines()
    {
        var lines = CsvLines.Read(new StringReader("a\n\nb\r\n  \nc\"\nd")).ToList();

        Assert.Equal([1, 3, 5, 6], lines.Select(l => l.Number));
        Assert.Equal([true, true, false, true], lines.Select(l => l.Fields is not null));
    }

    [Theory]
    [InlineData("\"a,b\nc,d\n\"e\",f")]
    [InlineData("\"a\"\"\nc,d\ne,f")]
    [InlineData("x,\"\nc,d\ne,f")]
    public void A_quote_that_does_not_close_costs_its_own_line_and_no_other(string text)
    {
        var lines = CsvLines.Read(new StringReader(text)).ToList();

        Assert.Equal("has a quote that does not close on its line", lines[0].Fault);
        Assert.Equal([null, "c|d", "e|f"], lines.Select(l => l.Fields is null ? null : string.Join('|', l.Fields)));
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    public void A_field_is_at_most_a_thousand_characters(int length, bool refused)
    {
        Assert.Equal(refused, CsvLines.Read(new StringReader(new string('a', length))).Single().Fields is null);
        Assert.Equal(refused, CsvLines.Read(new StringReader($"\"{new string('a', length)}\"")).Single().Fields is null);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("patient,test", "The header lacks the column collectedOn.")]
    [InlineData("patient,test,collectedOn,test", "The header names column 2 twice.")]
    [InlineData("patient,test,collectedOn,name", "The header's column 4 is none of patient, test, collectedOn, status, id, loinc, value, unit, low, high.")]
    [InlineData("patient,\"te\"st", "The header has something between a closing quote and the comma.")]
    public void A_header_that_is_not_ours_is_refused(string header, string fault)
    {
        var (format, faults) = LabImportFormat.FromHeader(CsvLines.Read(new StringReader(header)).FirstOrDefault());

        Assert.Null(format);
        Assert.Equal([fault], faults);
    }

    [Fact]
    public void Columns_stand_in_any_order()
    {
        var line = ReadLine("collectedOn, test ,patient", "2026-10-01,ecg," + Patient);

        Assert.Equal((Patient, "ecg", Day("2026-10-01")), (line.PatientId, line.Result!.Codes.Single(), line.Result.CollectedOn!.Value));
    }

    [Fact]
    public void A_line_says_what_the_same_line_of_the_contract_says()
    {
        var line = ReadLine("patient,test,collectedOn", $"{Patient},ecg,2026-10-01");

        Assert.Equal(LabResultReader.Typed("ecg", Day("2026-10-01"), LabResultStatus.Final), line.Result);
    }

    [Fact]
    public void A_line_with_a_value_attests_that_quantity_and_no_more()
    {
        var result = ReadLine(Full, $"{Patient},liver,2026-10-01,final,A-1,1742-6,>130.5,U/L,7,40").Result!;

        Assert.Equal(["1742-6"], result.Codes);
        Assert.Equal(new LabValue("1742-6", null, 130.5m, ">", "U/L", 7, 40, null), Assert.Single(result.Values));
        Assert.True(result.HasSource);
    }

    [Theory]
    [InlineData("<=5", "<=", 5)]
    [InlineData(">= 5", ">=", 5)]
    [InlineData("<5", "<", 5)]
    [InlineData("5", null, 5)]
    public void Comparators_are_kept(string value, string? comparator, int number)
    {
        var read = ReadLine(Full, $"{Patient},kidney,2026-10-01,,,98979-8,{value},,,").Result!.Values.Single();

        Assert.Equal((comparator, number), (read.Comparator, read.Number));
    }

    [Fact]
    public void Words_are_kept_as_words()
    {
        var read = ReadLine(Full, $"{Patient},ecg,2026-10-01,,,8601-7,Normal sinus rhythm,,,").Result!.Values.Single();

        Assert.Equal((null, "Normal sinus rhythm", null), (read.Number, read.Text, read.Comparator));
    }

    [Theory]
    [InlineData("kidney", "2160-0", "TNP")]
    [InlineData("liver", "1742-6", "see note")]
    [InlineData("cbc", "718-7", "<")]
    [InlineData("ecg", "8636-3", "QNS")]
    [InlineData("kidney", "98979-8", "-5")]
    public void Words_for_a_number_are_refused_and_not_repeated(string test, string code, string words)
    {
        var read = ReadLine(Full, $"{Patient},{test},2026-10-01,,,{code},{words},,,");

        Assert.Null(read.Result);
        Assert.Equal(["value must be a number such as 7.5 with this loinc code"], read.Faults);
    }

    [Theory]
    [InlineData("718-7,5,g/dL", "718-7,12,g/dL", false)]
    [InlineData("718-7,5,g/dL", "718-7,5,g/L", false)]
    [InlineData("718-7,5,g/dL", "718-7,<5,g/dL", false)]
    [InlineData("718-7,5,g/dL", "718-7,5,g/dL", true)]
    [InlineData("718-7,5,g/dL", "718-7,5.00,g/dL", true)]
    [InlineData("718-7,5,g/dL", "777-3,5,g/dL", false)]
    public void Without_a_number_of_the_clinics_each_value_of_a_day_is_a_result(string one, string other, bool same)
    {
        var ids = new[] { one, other }.Select(v => ReadLine(Full, $"{Patient},cbc,2026-10-01,,,{v},,").Result!.Id).ToList();

        Assert.Equal(same, ids[0] == ids[1]);
    }

    [Fact]
    public void Words_of_one_day_are_a_result_each()
    {
        var ids = new[] { "Normal ECG", "Acute ischemia" }.Select(v => ReadLine(Full, $"{Patient},ecg,2026-10-01,,,8601-7,{v},,,").Result!.Id);

        Assert.Equal(2, ids.Distinct().Count());
    }

    [Fact]
    public void A_panel_code_needs_no_value() =>
        Assert.Equal(["24323-8"], ReadLine(Full, $"{Patient},liver,2026-10-01,,,24323-8,,,,").Result!.Codes);

    [Theory]
    [InlineData("A-1,24323-8", "A-1,24325-3", true)]
    [InlineData("A-1,24323-8", "A-2,24323-8", false)]
    [InlineData(",24323-8", ",24323-8", true)]
    [InlineData(",24323-8", ",24325-3", false)]
    [InlineData(",", "A-1,", false)]
    public void The_clinics_number_makes_the_identity_and_else_test_date_and_quantity(string one, string other, bool same)
    {
        var ids = new[] { one, other }.Select(v => ReadLine(Full, $"{Patient},liver,2026-10-01,,{v},,,,").Result!.Id).ToList();

        Assert.Equal(same, ids[0] == ids[1]);
    }

    [Theory]
    [InlineData("x,ecg,2026-10-01,,,,,,,", "patient is no patient id")]
    [InlineData(",ecg,2026-10-01,,,,,,,", "patient is no patient id")]
    [InlineData(Patient + ",eeg,2026-10-01,,,,,,,", "test must be one of ecg, liver, kidney, cbc")]
    [InlineData(Patient + ",ecg,10/01/2026,,,,,,,", "collectedOn must be a date, YYYY-MM-DD")]
    [InlineData(Patient + ",ecg,2026-11-22,,,,,,,", "collectedOn lies in the future")]
    [InlineData(Patient + ",ecg,,,,,,,,", "collectedOn must be a date, YYYY-MM-DD")]
    [InlineData(Patient + ",ecg,2026-10-01,ok,,,,,,", "status must be final, amended, corrected, preliminary, registered, cancelled or entered-in-error")]
    [InlineData(Patient + ",ecg,2026-10-01,,,,5,,,", "value needs a loinc code that says what it is")]
    [InlineData(Patient + ",ecg,2026-10-01,,,,,mg,,", "unit needs a loinc code that says what it is")]
    [InlineData(Patient + ",liver,2026-10-01,,,2951-2,5,,,", "loinc is no code of a required test")]
    [InlineData(Patient + ",liver,2026-10-01,,,1742-6,,,,", "value is needed with this loinc code")]
    [InlineData(Patient + ",liver,2026-10-01,,,1742-6,5,U/L,low,40", "low must be a number such as 7.5")]
    [InlineData(Patient + ",liver,2026-10-01,,,1742-6,5,U/L,7,4O", "high must be a number such as 7.5")]
    [InlineData(Patient + ",liver,2026-10-01", "has 3 fields where the header has 10")]
    [InlineData(Patient + ",li\"ver,2026-10-01,,,,,,,", "has a quote inside a field that is not quoted")]
    public void A_line_with_a_fault_is_refused_whole(string line, string fault)
    {
        var read = ReadLine(Full, line);

        Assert.Null(read.Result);
        Assert.Null(read.PatientId);
        Assert.Equal(fault, Assert.Single(read.Faults));
        Assert.Equal(2, read.Number);
    }

    [Fact]
    public void All_faults_of_a_line_are_told() =>
        Assert.Equal(4, ReadLine(Full, "x,eeg,soon,ok,,,,,,").Faults.Count);

    private static LabImportLine ReadLine(string header, string line)
    {
        var lines = CsvLines.Read(new StringReader(header + "\n" + line)).ToList();
        var (format, faults) = LabImportFormat.FromHeader(lines[0]);
        Assert.Empty(faults);
        return format!.Read(lines[1], Day("2026-11-21"));
    }
}
