using System.Text.Json;
using KetamineIntake.Core.Labs;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class LabResultReaderTests
{
    [Fact]
    public void A_typed_result_is_final_unless_it_says_otherwise()
    {
        var reading = Read("""[{"test":"ecg","collectedOn":"2026-10-01"},{"test":"cbc","collectedOn":"2026-10-02","status":"entered-in-error"}]""");

        Assert.Empty(reading.Faults);
        Assert.Equal([LabResultStatus.Final, LabResultStatus.EnteredInError], reading.Results.Select(r => r.Status));
        Assert.Equal(["ecg", "cbc"], reading.Results.Select(r => r.Codes.Single()));
        Assert.Equal(Day("2026-10-01"), reading.Results[0].CollectedOn);
    }

    [Fact]
    public void The_same_test_and_date_are_the_same_result() =>
        Assert.Equal(
            Read("""[{"test":"ecg","collectedOn":"2026-10-01"}]""").Results[0].Id,
            Read("""[{"test":"ecg","collectedOn":"2026-10-01","status":"corrected"}]""").Results[0].Id);

    [Fact]
    public void A_stored_result_is_taken_back_by_its_id() =>
        Assert.Equal(
            LabResultReader.TakeBack(Patient),
            Assert.Single(Read($$"""[{"id":"{{Patient}}","status":"entered-in-error"}]""").Results));

    [Fact]
    public void Today_is_not_the_future() =>
        Assert.Single(Read("""[{"test":"ecg","collectedOn":"2026-11-21"}]""").Results);

    [Theory]
    [InlineData("{}", "")]
    [InlineData("[]", "")]
    [InlineData("7", "")]
    [InlineData("[7]", "/0")]
    [InlineData("[{}]", "/0/collectedOn /0/test")]
    [InlineData("""[{"test":"mri","collectedOn":"2026-10-01"}]""", "/0/test")]
    [InlineData("""[{"test":"ECG","collectedOn":"2026-10-01"}]""", "/0/test")]
    [InlineData("""[{"test":7,"collectedOn":7,"status":7}]""", "/0/collectedOn /0/status /0/test")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-11-22"}]""", "/0/collectedOn")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-02-30"}]""", "/0/collectedOn")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-10"}]""", "/0/collectedOn")]
    [InlineData("""[{"test":"ecg","collectedOn":"1899-12-31"}]""", "/0/collectedOn")]
    [InlineData("""[{"test":"ecg","collectedOn":null}]""", "/0/collectedOn")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-10-01","status":"done"}]""", "/0/status")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-10-01","status":null}]""", "/0/status")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-10-01","result":"ok"}]""", "/0/result")]
    [InlineData("""[{"test":"ecg","test":"cbc","collectedOn":"2026-10-01"}]""", "/0/test")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-10-01"},{"test":"ecg","collectedOn":"2026-10-01"}]""", "")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-10-01"},{"test":"x","collectedOn":"y"}]""", "/1/collectedOn /1/test")]
    [InlineData("""[{"id":"0123456789abcdefghjkmnpqrs"}]""", "/0/status")]
    [InlineData("""[{"id":"0123456789abcdefghjkmnpqrs","status":"final"}]""", "/0/status")]
    [InlineData("""[{"id":"x","status":"entered-in-error"}]""", "/0/id")]
    [InlineData("""[{"id":7,"status":"entered-in-error"}]""", "/0/id")]
    [InlineData("""[{"id":"0123456789abcdefghjkmnpqrs","status":"entered-in-error","test":"ecg"}]""", "/0/test")]
    [InlineData("""[{"id":"0123456789abcdefghjkmnpqrs","status":"entered-in-error"},{"id":"0123456789abcdefghjkmnpqrs","status":"entered-in-error"}]""", "")]
    public void One_fault_refuses_everything_and_every_fault_is_named(string json, string pointers)
    {
        var reading = Read(json);

        Assert.Empty(reading.Results);
        Assert.Equal(pointers, string.Join(' ', reading.Faults.Select(f => f.Pointer).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void A_request_takes_up_to_fifty_results(int count, bool accepted)
    {
        var items = Enumerable.Range(0, count).Select(i => $$"""{"test":"ecg","collectedOn":"{{NodaTime.Text.LocalDatePattern.Iso.Format(Day("2026-01-01").PlusDays(i))}}"}""");

        Assert.Equal(accepted, Read($"[{string.Join(',', items)}]").Faults.Count == 0);
    }

    [Theory]
    [InlineData("{}", "must be a list of 1 to 50 results, or a FHIR resource")]
    [InlineData("[7]", "must be an object")]
    [InlineData("""[{"test":"mri","collectedOn":"2026-10-01"}]""", "must be one of ecg, liver, kidney, cbc")]
    [InlineData("""[{"test":"ecg","collectedOn":"soon"}]""", "must be a date, YYYY-MM-DD")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-11-22"}]""", "lies in the future")]
    [InlineData("""[{"test":"ecg","collectedOn":"1899-12-31"}]""", "lies before 1900")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-10-01","status":"done"}]""", "must be final, amended, corrected, preliminary, registered, cancelled or entered-in-error")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-10-01","result":"ok"}]""", "is not part of a result")]
    [InlineData("""[{"test":"ecg","collectedOn":"2026-10-01"},{"test":"ecg","collectedOn":"2026-10-01"}]""", "names the same result (test and date, or id) twice")]
    [InlineData("""[{"id":"0123456789abcdefghjkmnpqrs","status":"final"}]""", "must be entered-in-error beside an id")]
    [InlineData("""[{"id":"x","status":"entered-in-error"}]""", "must be the id of one of the patient's results")]
    [InlineData("""[{"id":"0123456789abcdefghjkmnpqrs","status":"entered-in-error","test":"ecg"}]""", "does not stand beside an id: the result has it already")]
    public void A_fault_says_what_would_be_right(string json, string detail) =>
        Assert.Equal(detail, Assert.Single(Read(json).Faults).Detail);

    [Fact]
    public void A_century_ago_is_not_too_long() =>
        Assert.Equal(Day("1900-01-01"), Assert.Single(Read("""[{"test":"ecg","collectedOn":"1900-01-01"}]""").Results).CollectedOn);

    [Theory]
    [InlineData(null, "2026-10-01", "final", "Test must be one of ecg, liver, kidney, cbc.")]
    [InlineData("mri", "soon", "x", "Test must be one of ecg, liver, kidney, cbc.")]
    [InlineData("ecg", null, "final", "The date of collection must be a date, YYYY-MM-DD.")]
    [InlineData("ecg", "2026-11-22", "x", "The date of collection lies in the future.")]
    [InlineData("ecg", "2026-10-01", "done", "Status must be final, amended, corrected, preliminary, registered, cancelled or entered-in-error.")]
    public void A_form_is_told_the_first_thing_that_is_wrong(string? test, string? day, string? status, string error) =>
        Assert.Equal((null, error), LabResultReader.ReadForm(test, day, status, Day("2026-11-21")));

    [Theory]
    [InlineData("final", LabResultStatus.Final)]
    [InlineData("entered-in-error", LabResultStatus.EnteredInError)]
    [InlineData("registered", LabResultStatus.Registered)]
    [InlineData("preliminary", LabResultStatus.Preliminary)]
    [InlineData("cancelled", LabResultStatus.Cancelled)]
    public void A_form_makes_the_result_that_the_contracts_JSON_makes(string status, LabResultStatus read)
    {
        var (result, error) = LabResultReader.ReadForm("ecg", "2026-10-01", status, Day("2026-11-21"));

        Assert.Null(error);
        Assert.Equal(Assert.Single(Read($$"""[{"test":"ecg","collectedOn":"2026-10-01","status":"{{status}}"}]""").Results), result);
        Assert.Equal((read, status), (result!.Status, LabResultReader.Word(read)));
    }

    [Fact]
    public void A_form_takes_back_by_the_id_of_a_result()
    {
        Assert.Equal(LabResultReader.TakeBack(Patient), LabResultReader.ReadTakeBackForm(Patient));
        Assert.Null(LabResultReader.ReadTakeBackForm("x"));
        Assert.Null(LabResultReader.ReadTakeBackForm(null));
    }

    private static LabResultReading Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return LabResultReader.Read(document.RootElement, Day("2026-11-21"));
    }
}
