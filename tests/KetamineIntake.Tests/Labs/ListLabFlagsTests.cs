using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Staff;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>The clinic's list of flags: open before closed, the nearest visit first.</summary>
public sealed class ListLabFlagsTests
{
    private static readonly StaffMember Ana = new("ana", "Ana", StaffRole.Clinician);

    private static readonly LabFlagFilter All = new(null, null, null, null, 50, null);

    [Fact]
    public async Task Filters_look_at_status_test_and_visit_and_an_end_of_a_period_belongs_to_it()
    {
        await using var clinic = await ThreeAsync();

        Assert.Equal(12, (await ListAsync(clinic, All)).Count);
        Assert.Equal(11, (await ListAsync(clinic, All with { Open = true })).Count);
        Assert.Equal(["ecg"], (await ListAsync(clinic, All with { Open = false })).Select(f => f.Test));
        Assert.Equal(3, (await ListAsync(clinic, All with { Test = LabTests.Ecg })).Count);
        Assert.Equal(["2026-12-04", "2026-12-08"], Days(await ListAsync(clinic, All with { Test = LabTests.Cbc, VisitFrom = Day("2026-12-04"), VisitTo = Day("2026-12-08") })));
        Assert.Equal(["2026-12-08"], Days(await ListAsync(clinic, All with { Test = LabTests.Cbc, VisitFrom = Day("2026-12-05") })));
        Assert.Equal(["2026-12-04"], Days(await ListAsync(clinic, All with { Test = LabTests.Cbc, VisitTo = Day("2026-12-07") })));
        Assert.Empty(await ListAsync(clinic, All with { VisitFrom = Day("2026-12-09") }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Pages_follow_each_other_without_a_gap_and_the_last_has_no_next(int limit)
    {
        await using var clinic = await ThreeAsync();
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await new ListLabFlags(clinic.Inner.Clock).RunAsync(clinic.Context, All with { Limit = limit, After = next }, Ana, default);
            Assert.InRange(page.Items.Count, 1, limit);
            seen.AddRange(page.Items.Select(f => f.Id));
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal((await ListAsync(clinic, All)).Select(f => f.Id), seen);
        Assert.Equal(12, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_page_behind_an_open_flag_begins_the_closed_ones_at_their_beginning()
    {
        await using var clinic = await ThreeAsync();
        var open = (await clinic.KeysAsync(Rows.LabFlagsOpen))[^1];

        Assert.Equal(["ecg"], (await ListAsync(clinic, All with { Open = false, After = LabFlagCursor.Of(open) })).Select(f => f.Test));
        Assert.Empty(await ListAsync(clinic, All with { Open = false, After = LabFlagCursor.Of((await clinic.KeysAsync(Rows.LabFlagsClosed))[^1]) }));
    }

    [Fact]
    public async Task Every_look_is_on_record_before_anything_is_shown()
    {
        await using var clinic = await ThreeAsync();
        var view = new FindLabs(clinic.Inner.Clock);
        var patient = (await ListAsync(clinic, All))[0].PatientId;

        await view.RunAsync(clinic.Context, patient, Ana, default);
        await view.AlertsAsync(clinic.Context, Ana, default);

        var entries = (await clinic.RowsAsync(Rows.Audit)).Select(RecordJson.Read<AuditEntry>).Where(e => e.By == "ana").Select(e => (e.Action, e.Subject)).ToList();
        Assert.Contains(("lab-flags.list", "labflags"), entries);
        Assert.Contains(("labs.read", Rows.LabLedger(patient)), entries);
        Assert.Contains(("lab-alerts.list", "labalert"), entries);
    }

    [Fact]
    public async Task Patients_with_values_to_look_at_are_listed_and_a_patients_newest_results_and_next_visits_come_first()
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        var patient = await clinic.PatientAsync();
        await clinic.BookAsync(patient, "2026-12-08");
        await clinic.BookAsync(patient, "2026-12-04");
        await clinic.AddAsync(patient, Measured("2026-10-01", Value("718-7", 5, "g/dL")), Coded("2026-11-01", "11524-6"), Coded("2026-11-01", "34534-8"));
        var labs = new FindLabs(clinic.Inner.Clock);

        var view = (await labs.RunAsync(clinic.Context, patient, Ana, default))!;

        var alert = Assert.Single(await labs.AlertsAsync(clinic.Context, Ana, default));
        Assert.Equal((patient, "Kim Park", "HEM-01"), (alert.PatientId, alert.PatientName, Assert.Single(alert.Findings).Rule));
        Assert.Equal([Day("2026-11-01"), Day("2026-11-01"), Day("2026-10-01")], view.Results.Select(r => r.CollectedOn!.Value));
        Assert.True(string.CompareOrdinal(view.Results[0].Id, view.Results[1].Id) < 0);
        Assert.Equal([Day("2026-12-04"), Day("2026-12-08")], view.Visits.Select(v => v.Date));
        Assert.Null(await labs.RunAsync(clinic.Context, RowId.New(), Ana, default));
        Assert.Null(await labs.OrderAsync(clinic.Context, RowId.New(), Ana, default));
        Assert.Equal(3, (await labs.OrderAsync(clinic.Context, patient, Ana, default))!.Value.Order!.Lines.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%%")]
    [InlineData("aW5ib3h8MHw")]
    public async Task What_is_no_cursor_is_refused(string cursor)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");

        Assert.Null(LabFlagCursor.TryParse(cursor));
        await Assert.ThrowsAsync<ArgumentException>(() => ListAsync(clinic, All with { After = cursor }));
    }

    [Fact]
    public void A_cursor_is_a_key_of_the_list_and_of_no_other()
    {
        var key = Rows.LabFlagEntry(true, Day("2026-12-01"), LabTests.Ecg, Patient);

        Assert.Equal(key, LabFlagCursor.TryParse(LabFlagCursor.Of(key)));
        foreach (var other in new[] { Rows.LabFlags.From, Rows.LabFlags.Before, Rows.Patient(Patient), key + "\n", key + new string('x', 200), "~" })
        {
            Assert.Null(LabFlagCursor.TryParse(LabFlagCursor.Of(other)));
        }
    }

    // One patient with a visit on the eighth, one on the fourth, one with none whose ECG has come.
    private static async Task<LabClinic> ThreeAsync()
    {
        var clinic = await LabClinic.StartAsync("2026-11-20");
        await clinic.BookAsync(await clinic.PatientAsync(), "2026-12-08");
        await clinic.BookAsync(await clinic.PatientAsync(), "2026-12-04");
        var third = await clinic.PatientAsync();
        await clinic.Review.RunAsync(clinic.Context, third, default);
        await clinic.AddAsync(third, Coded("2026-11-01", "11524-6"));
        return clinic;
    }

    private static async Task<IReadOnlyList<LabFlagSummary>> ListAsync(LabClinic clinic, LabFlagFilter filter) =>
        (await new ListLabFlags(clinic.Inner.Clock).RunAsync(clinic.Context, filter, Ana, default)).Items;

    private static IEnumerable<string> Days(IEnumerable<LabFlagSummary> flags) => flags.Select(f => f.VisitOn!.Value.ToString("uuuu-MM-dd", null));
}
