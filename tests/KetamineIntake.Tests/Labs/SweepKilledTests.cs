using KetamineIntake.Core.Records;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>The sweep dies at every step, and nobody is lost.</summary>
public sealed class SweepKilledTests
{
    private static readonly string[] Everything = ["24323-8", "58410-2", "11524-6"];

    /// <summary>Issue 5, "It shows" 5: the sweep dies before or after every call of the store, runs again, and ends as if it had never died.</summary>
    [Fact]
    public async Task Killed_at_every_step_and_run_again_it_ends_with_the_same_flags_each_once()
    {
        var (expected, calls) = await RunAsync(null);
        for (var step = 0; step < calls; step++)
        {
            foreach (var after in (bool[])[false, true])
            {
                Assert.Equal(expected, (await RunAsync((step, after))).EndState);
            }
        }

        Assert.True(calls >= 30);
        Assert.Contains("2026-12-04", expected, StringComparison.Ordinal);
    }

    /// <summary>The same with new requirements, which ask for everybody: dying between two steps loses nobody and asks for somebody twice at most.</summary>
    [Fact]
    public async Task Killed_at_every_step_while_everybody_is_asked_for_it_ends_with_the_same_flags()
    {
        var (expected, calls) = await RunAsync(null, SweepLabsTests.Monthly);
        for (var step = 0; step < calls; step++)
        {
            foreach (var after in (bool[])[false, true])
            {
                Assert.Equal(expected, (await RunAsync((step, after), SweepLabsTests.Monthly)).EndState);
            }
        }

        Assert.NotEqual(expected, (await RunAsync(null)).EndState);
    }

    /// <summary>The check above can fail: a sweep that clears the index before it has judged loses a patient's flags when it dies in between.</summary>
    [Fact]
    public async Task A_sweep_that_took_the_index_row_first_would_be_caught()
    {
        var (expected, _) = await RunAsync(null);
        await using var clinic = await PreparedAsync(new CountingStore());
        var row = (await clinic.RowsAsync(Rows.Rechecks))[0];
        await clinic.WriteAsync(new Change.Delete(row.Key, row.ETag));

        await clinic.SweepAsync();

        Assert.NotEqual(expected, Anonymous(await clinic.EndStateAsync(), await PatientsAsync(clinic)));
    }

    private static async Task<(string EndState, int Calls)> RunAsync((int Step, bool After)? kill, Action<LabClinic>? change = null)
    {
        var store = new CountingStore();
        await using var clinic = await PreparedAsync(store);
        change?.Invoke(clinic);
        store.Reset();
        store.Kill = kill;
        if (kill is not null)
        {
            await Assert.ThrowsAsync<OperationCanceledException>(clinic.SweepAsync);
            store.Kill = null;
        }

        await clinic.SweepAsync();
        return (Anonymous(await clinic.EndStateAsync(), await PatientsAsync(clinic)), store.Calls);
    }

    private static async Task<LabClinic> PreparedAsync(CountingStore store)
    {
        var clinic = await LabClinic.StartAsync("2026-11-01", store.Around);
        foreach (var collected in (string[])["2026-09-01", "2026-09-02", "2026-08-20"])
        {
            var patient = await clinic.PatientAsync();
            await clinic.AddAsync(patient, Coded(collected, Everything), Measured(collected, Value("98979-8", 22, "mL/min")));
            await clinic.BookAsync(patient, "2026-12-04");
        }

        await clinic.SweepAsync();
        clinic.GoTo("2026-11-13");
        return clinic;
    }

    private static async Task<IReadOnlyList<string>> PatientsAsync(LabClinic clinic) =>
        [.. (await clinic.RowsAsync(Rows.Patients)).Select(r => r.Key.Split('|')[1])];

    // Random ids differ from run to run; what is compared is everything else, in an order of its own.
    private static string Anonymous(string text, IReadOnlyList<string> patients) =>
        string.Join('\n', System.Text.RegularExpressions.Regex.Replace(text, "[0-9a-hjkmnp-tv-z]{26}", "ID", System.Text.RegularExpressions.RegexOptions.NonBacktracking)
            .Split('\n').Order(StringComparer.Ordinal)) + patients.Count;
}
