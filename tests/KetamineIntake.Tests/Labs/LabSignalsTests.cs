using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KetamineIntake.Core;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class LabSignalsTests
{
    // The meter is the process's: only what happens in this test's own flow is listened to.
    private static readonly AsyncLocal<bool> Listening = new();

    [Fact]
    public async Task Steps_of_flags_are_counted_by_closed_words_and_only_once_they_are_stored()
    {
        var told = new ConcurrentBag<string>();
        using var listener = Listen(told);
        await using var clinic = await LabClinic.StartAsync("2026-12-01", store => new LosingStore(store));
        var patient = await clinic.PatientAsync();

        Listening.Value = true;
        await clinic.Review.RunAsync(clinic.Context, patient, default);
        await clinic.AddAsync(patient, Typed(LabTests.Ecg, "2026-11-25"));

        string[] words = ["opened", "changed", "closed", "reopened", .. LabTests.All, "missing", "expired", "expires-before-visit"];
        Assert.Single(told, "[action, opened] [test, ecg] [kind, missing]");
        Assert.Single(told, "[action, closed] [test, ecg] [kind, missing]");
        Assert.Equal(5, told.Count);
        Assert.All(told.SelectMany(t => t.Split(' ').Where((_, i) => i % 2 == 1)), word => Assert.Contains(word.TrimEnd(']'), words));
    }

    private static MeterListener Listen(ConcurrentBag<string> told)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, self) =>
            {
                if (instrument.Meter.Name == Signals.Name && instrument.Name == "ketamine_intake.lab_flags")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (Listening.Value)
            {
                told.Add(string.Join(' ', tags.ToArray()));
            }
        });
        listener.Start();
        return listener;
    }

    // Refuses every first commit, as when another writer was faster.
    private sealed class LosingStore(IRecordStore inner) : IRecordStore
    {
        private bool lost;

        public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

        public async Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            lost = !lost;
            return lost ? new CommitResult.Conflict(changes[0].Key) : await inner.CommitAsync(changes, cancellation);
        }
    }
}
