using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class AddLabResultsTests
{
    private static readonly string[] Everything = ["24323-8", "58410-2", "11524-6"];

    [Fact]
    public async Task A_new_result_closes_the_flags_in_its_own_commit()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.BookAsync(patient, "2026-12-10");
        Assert.Equal(4, (await clinic.FlagsAsync(patient)).Count(f => f.IsOpen));

        var added = await clinic.AddAsync(patient, Coded("2026-11-25", Everything));

        Assert.Equal((1, 0), (added.New, added.Known));
        Assert.All(added.View.Statuses, s => Assert.Equal(LabStanding.Valid, s.Standing));
        Assert.All(await clinic.FlagsAsync(patient), f => Assert.False(f.IsOpen));
        Assert.All(await clinic.ListAsync(), f => Assert.NotNull(f.ClosedAt));
        Assert.Equal(4, (await clinic.ListAsync()).Count);
    }

    [Fact]
    public async Task The_recheck_index_holds_one_row_for_the_day_on_which_something_turns()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-11-25", Everything));
        Assert.Equal([Rows.Recheck(Day("2027-02-26"), patient)], await clinic.KeysAsync(Rows.Rechecks));

        await clinic.AddAsync(patient, Coded("2026-11-30", Everything));

        Assert.Equal([Rows.Recheck(Day("2027-03-01"), patient)], await clinic.KeysAsync(Rows.Rechecks));
        Assert.Equal(Day("2027-03-01"), (await clinic.LedgerAsync(patient)).RecheckOn);
    }

    [Fact]
    public async Task The_same_results_again_change_nothing()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-11-25", Everything));
        var before = await clinic.RowsAsync(new RowRange("", "~"));

        var again = await clinic.AddAsync(patient, Coded("2026-11-25", Everything));

        Assert.Equal((0, 1), (again.New, again.Known));
        Assert.Equal(before.Select(r => (r.Key, r.ETag)), (await clinic.RowsAsync(new RowRange("", "~"))).Select(r => (r.Key, r.ETag)));
    }

    [Fact]
    public async Task A_result_taken_back_opens_its_flag_again_and_the_history_tells()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var result = Coded("2026-11-25", "11524-6");
        await clinic.BookAsync(patient, "2026-12-10");
        await clinic.AddAsync(patient, result);

        await clinic.AddAsync(patient, result with { Status = LabResultStatus.EnteredInError, CollectedOn = null });

        var flag = (await clinic.FlagsAsync(patient)).Single(f => f.Test == LabTests.Ecg);
        Assert.Equal([LabFlagAction.Opened, LabFlagAction.Closed, LabFlagAction.Reopened], flag.History.Select(e => e.Action));
        Assert.Single(await clinic.ListAsync(), f => f.Test == LabTests.Ecg);
    }

    [Fact]
    public async Task A_retraction_that_arrives_first_still_takes_the_result_back()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var result = Coded("2026-11-25", "11524-6");

        await clinic.AddAsync(patient, result with { Status = LabResultStatus.EnteredInError, CollectedOn = null });
        var late = await clinic.AddAsync(patient, result);

        Assert.Equal(LabStanding.Missing, late.View.Statuses.Single(s => s.Test == LabTests.Ecg).Standing);
    }

    [Fact]
    public async Task A_part_of_a_panel_taken_back_leaves_the_rest_of_the_panel()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        var alt = LabIds.Of("lab", "Observation/alt");
        var panel = Measured("2026-11-25", Value("1742-6", 20, "U/L") with { SourceId = alt }, Value("2160-0", 0.9m, "mg/dL"));
        await clinic.AddAsync(patient, panel with { Codes = ["24323-8", "1742-6", "2160-0"] });

        var added = await clinic.AddAsync(patient, new LabResult(alt, null, LabResultStatus.EnteredInError, [], [], null, true));

        Assert.Equal(LabStanding.Missing, added.View.Statuses.Single(s => s.Test == LabTests.Liver).Standing);
        Assert.Equal(LabStanding.Valid, added.View.Statuses.Single(s => s.Test == LabTests.Kidney).Standing);
    }

    [Fact]
    public async Task Critical_values_stand_in_the_clinics_list_until_newer_ones_are_fine()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();

        var added = await clinic.AddAsync(patient, Measured("2026-11-25", Value("98979-8", 22, "mL/min/1.73m2"), Value("718-7", 12, "furlong")));

        Assert.Equal(["REN-01"], added.View.Findings.Select(f => f.Rule));
        Assert.Equal(["718-7"], added.View.Unreadable);
        Assert.Equal([Rows.LabAlert(patient)], await clinic.KeysAsync(Rows.LabAlerts));

        await clinic.AddAsync(patient, Measured("2026-11-30", Value("98979-8", 70, "mL/min/1.73m2")));
        var alert = RecordJson.Read<LabAlert>((await clinic.RowsAsync(Rows.LabAlerts)).Single());
        Assert.Empty(alert.Findings);

        await clinic.AddAsync(patient, Measured("2026-11-25", Value("98979-8", 22, "mL/min/1.73m2"), Value("718-7", 12, "furlong")) with { Status = LabResultStatus.EnteredInError });
        Assert.Empty(await clinic.KeysAsync(Rows.LabAlerts));
    }

    [Fact]
    public async Task Consultations_and_examinations_need_no_tests()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-09-10", Everything));

        await clinic.BookAsync(patient, "2026-12-15", kind: AppointmentKind.Consult);
        Assert.Empty(await clinic.FlagsAsync(patient));

        await clinic.BookAsync(patient, "2026-12-15");
        Assert.Equal(4, (await clinic.FlagsAsync(patient)).Count);
    }

    [Fact]
    public async Task A_moved_and_a_cancelled_visit_are_judged_at_once()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-09-10", Everything));
        var visit = await clinic.BookAsync(patient, "2026-12-15");

        await clinic.BookAsync(patient, "2026-12-10", visit);
        Assert.All(await clinic.FlagsAsync(patient), f => Assert.False(f.IsOpen));

        await clinic.BookAsync(patient, "2026-12-11", visit);
        Assert.All(await clinic.FlagsAsync(patient), f => Assert.True(f.IsOpen));

        await clinic.BookAsync(patient, "2026-12-11", visit, AppointmentStatus.Cancelled);
        Assert.All(await clinic.FlagsAsync(patient), f => Assert.False(f.IsOpen));
        Assert.Equal(4, (await clinic.FlagsAsync(patient)).Count);
    }

    [Fact]
    public async Task Nobody_of_this_clinic_is_not_found()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");

        Assert.IsType<AddLabResultsOutcome.NotFound>(await clinic.Add.RunAsync(clinic.Context, RowId.New(), [Typed(LabTests.Ecg, "2026-11-01")], "ana", default));
        Assert.IsType<AddLabResultsOutcome.NotFound>(await clinic.Add.RunAsync(clinic.Context, "../x", [Typed(LabTests.Ecg, "2026-11-01")], "ana", default));
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task As_many_results_as_one_commit_takes(int count, bool stored)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.BookAsync(patient, "2026-12-10");
        LabResult[] results = [.. Enumerable.Range(0, count).Select(i => Typed(LabTests.Ecg, NodaTime.Text.LocalDatePattern.Iso.Format(Day("2026-11-30").PlusDays(-i))))];

        var outcome = await clinic.Add.RunAsync(clinic.Context, patient, results, "ana", default);

        Assert.Equal(stored, outcome is AddLabResultsOutcome.Added { New: var added } && added == count);
        Assert.Equal(stored ? count : 0, (await clinic.KeysAsync(Rows.PatientLabs(patient))).Count);
    }

    [Fact]
    public async Task Sixteen_writers_at_once_lose_nothing_and_leave_one_index_row()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.BookAsync(patient, "2026-12-10");

        var writers = Enumerable.Range(1, 16).Select(i => Task.Run(async () =>
        {
            for (var tries = 0; tries < 20; tries++)
            {
                try
                {
                    return await clinic.Add.RunAsync(clinic.Context, patient, [Coded(NodaTime.Text.LocalDatePattern.Iso.Format(Day("2026-11-01").PlusDays(i)), "11524-6")], "ana", default);
                }
                catch (RecordStoreException)
                {
                    // Refused after five lost races: a caller sends it again.
                }
            }

            return null;
        })).ToList();
        await Task.WhenAll(writers);

        Assert.Equal(16, (await clinic.KeysAsync(Rows.PatientLabs(patient))).Count);
        Assert.Single(await clinic.KeysAsync(Rows.Rechecks));
        Assert.False((await clinic.FlagsAsync(patient)).Single(f => f.Test == LabTests.Ecg).IsOpen);
        Assert.Equal(4, (await clinic.ListAsync()).Count);
    }

    [Fact]
    public async Task Adding_is_on_record()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();

        await clinic.AddAsync(patient, Coded("2026-11-25", "11524-6"));

        var entries = (await clinic.RowsAsync(Rows.Audit)).Select(RecordJson.Read<AuditEntry>).ToList();
        Assert.Contains(entries, e => e.Action == "labs.add" && e.By == "ana" && e.Subject == Rows.LabLedger(patient));
    }

    [Fact]
    public async Task The_ledger_is_written_with_every_result_so_that_two_writers_never_pass_each_other()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-11-25", "11524-6"));
        var before = (await clinic.RowsAsync(RowRange.StartingWith(Rows.LabLedger(patient)))).Single();

        // Older than what is there: it changes no flag, no date and no text.
        await clinic.AddAsync(patient, Coded("2026-11-01", "11524-6"));

        var after = (await clinic.RowsAsync(RowRange.StartingWith(Rows.LabLedger(patient)))).Single();
        Assert.Equal(before.Body.ToArray(), after.Body.ToArray());
        Assert.NotEqual(before.ETag, after.ETag);
    }
}
