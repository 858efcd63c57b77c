using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using NodaTime;
using NodaTime.Text;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>What staff take back, by what they typed or by a result's id.</summary>
public sealed class StaffTakeBackTests
{
    [Fact]
    public async Task Each_result_that_is_taken_back_is_named_on_record_and_adding_only_where_something_was_added()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var stored = (await clinic.AddAsync(patient, Coded("2026-11-25", "11524-6"), Coded("2026-11-25", "58410-2"))).View.Results;

        await clinic.AddAsync(patient, [.. stored.Select(r => LabResultReader.TakeBack(r.Id))]);

        var entries = (await clinic.RowsAsync(Rows.Audit)).Select(RecordJson.Read<AuditEntry>).Where(e => e.By == "ana").ToList();
        Assert.Single(entries, e => e.Action == "labs.add");
        Assert.Equal(
            stored.Select(r => Rows.Lab(patient, r.Id)).Order(StringComparer.Ordinal), entries.Where(e => e.Action == "labs.take-back").Select(e => e.Subject).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_typed_takes_back_nothing_that_came_from_a_laboratory_and_says_so()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-11-25", "11524-6"));
        var before = await clinic.EndStateAsync();

        var outcome = await clinic.Add.RunAsync(
            clinic.Context, patient, [ByStaff(LabTests.Cbc, LabResultStatus.Final), ByStaff(LabTests.Ecg, LabResultStatus.EnteredInError)], "ana", default);

        Assert.Equal([1], Assert.IsType<AddLabResultsOutcome.NothingToTakeBack>(outcome).Places);
        Assert.Equal(before, await clinic.EndStateAsync());
        Assert.Single(await clinic.KeysAsync(Rows.PatientLabs(patient)));
    }

    [Fact]
    public async Task What_staff_typed_they_take_back_and_type_again()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, ByStaff(LabTests.Ecg, LabResultStatus.Final));

        var back = await clinic.AddAsync(patient, ByStaff(LabTests.Ecg, LabResultStatus.EnteredInError));
        var twice = await clinic.AddAsync(patient, ByStaff(LabTests.Ecg, LabResultStatus.EnteredInError));
        var again = await clinic.AddAsync(patient, ByStaff(LabTests.Ecg, LabResultStatus.Final));

        Assert.Equal([(1, LabStanding.Missing), (0, LabStanding.Missing), (1, LabStanding.Valid)], new[] { back, twice, again }.Select(a => (a.New, Ecg(a.View))));
    }

    [Theory]
    // Whether the sender dates its versions, is ahead of our clock, or names its results.
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData("2026-11-26T08:00:00Z", true)]
    [InlineData("2026-11-26T08:00:00Z", false)]
    [InlineData("2026-12-24T08:00:00Z", true)]
    public async Task Staff_take_back_whatever_a_laboratory_sent_by_its_id_and_repeating_it_brings_nothing_back(string? issued, bool hasSource)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var result = Measured("2026-11-25", Value("8601-7", 1, "ms")) with { HasSource = hasSource, Codes = ["11524-6"], IssuedAt = issued is null ? null : InstantPattern.ExtendedIso.Parse(issued).Value };
        await clinic.AddAsync(patient, result);

        var back = await clinic.AddAsync(patient, LabResultReader.TakeBack(result.Id));
        var repeated = await clinic.AddAsync(patient, result);

        Assert.Equal((1, LabStanding.Missing, LabStanding.Missing), (back.New, Ecg(back.View), Ecg(repeated.View)));
        Assert.Equal((LabResultStatus.EnteredInError, Day("2026-11-25")), Assert.Single(repeated.View.Results) is var shown ? (shown.Status, shown.CollectedOn!.Value) : default);
        Assert.Equal(0, (await clinic.AddAsync(patient, LabResultReader.TakeBack(result.Id))).New);
        var entries = (await clinic.RowsAsync(Rows.Audit)).Select(RecordJson.Read<AuditEntry>).ToList();
        Assert.Equal(("ana", Rows.Lab(patient, result.Id)), Assert.Single(entries, e => e.Action == "labs.take-back") is var entry ? (entry.By, entry.Subject) : default);
    }

    [Fact]
    public async Task A_correction_that_is_issued_later_counts_again()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var result = Coded("2026-11-25", "11524-6") with { IssuedAt = clinic.Inner.Clock.Now - Duration.FromDays(1) };
        await clinic.AddAsync(patient, result);
        await clinic.AddAsync(patient, LabResultReader.TakeBack(result.Id));

        var corrected = await clinic.AddAsync(patient, result with { Status = LabResultStatus.Corrected, IssuedAt = clinic.Inner.Clock.Now + Duration.FromHours(1) });

        Assert.Equal(LabStanding.Valid, Ecg(corrected.View));
    }

    private static LabStanding Ecg(LabView view) => view.Statuses.Single(s => s.Test == LabTests.Ecg).Standing;

    private static LabResult ByStaff(string test, LabResultStatus status) => LabResultReader.Typed(test, Day("2026-11-25"), status);
}
