using System.Diagnostics;
using System.Diagnostics.Metrics;
using KetamineIntake.Core;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using Drafts = KetamineIntake.Core.Screenings.Drafts;

namespace KetamineIntake.Tests.Screenings;

/// <summary>What screenings tell about themselves. Other tests run at the same time, so only what this test's own thread says is heard.</summary>
public sealed class ScreeningSignalsTests
{
    [Fact]
    public void A_submission_is_counted_once_by_outcome_and_door_and_its_judgement_is_timed()
    {
        var told = Hear(clinic => Finish(new SubmitScreening(MemoryStores.Phones(), new TestClock()).RunAsync(clinic, TestClinic.Kim, AnswerSet.Empty, null, default)));

        Assert.Equal(["step screening.store", "ketamine_intake.evaluation.duration", "ketamine_intake.screenings outcome=incomplete door=api"], told);
    }

    [Fact]
    public void A_replayed_submission_is_not_counted_again()
    {
        var submit = new SubmitScreening(MemoryStores.Phones(), new TestClock());
        var told = Hear(clinic =>
        {
            foreach (var _ in Enumerable.Range(0, 2))
            {
                Finish(submit.RunAsync(clinic, TestClinic.Kim, AnswerSet.Empty, new IdempotencyKey("k", "h"), default));
            }
        });

        Assert.Single(told, t => t.StartsWith("ketamine_intake.screenings", StringComparison.Ordinal));
    }

    [Fact]
    public void A_form_is_counted_when_it_is_sent_and_not_when_it_is_sent_again()
    {
        var drafts = new Drafts(MemoryStores.Phones(), new TestClock());
        var told = Hear(clinic =>
        {
            var draft = Finish(drafts.StartAsync(clinic, default));
            Finish(drafts.SaveAsync(clinic, draft.Id, TestClinic.Kim, new Dictionary<string, Answer?> { ["psy.schiz"] = new Answer.Choice("yes") }, default));
            Finish(drafts.SubmitAsync(clinic, draft.Id, default));
            Finish(drafts.SubmitAsync(clinic, draft.Id, default));
        });

        Assert.Equal(["ketamine_intake.screenings outcome=contraindicated door=form"], told.Where(t => t.StartsWith("ketamine_intake.screenings", StringComparison.Ordinal)));
    }

    private static List<string> Hear(Action<Core.Clinics.ClinicContext> act)
    {
        var told = new List<string>();
        var thread = Environment.CurrentManagedThreadId;
        void Tell(string what)
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                told.Add(what);
            }
        }

        using var steps = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Signals.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => Tell($"step {activity.OperationName}"),
        };
        using var meters = new MeterListener
        {
            InstrumentPublished = static (instrument, self) =>
            {
                if (instrument.Meter.Name == Signals.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Tell($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}"));
        meters.SetMeasurementEventCallback<double>((instrument, _, _, _) => Tell(instrument.Name));
        ActivitySource.AddActivityListener(steps);
        meters.Start();
        act(SmallClinic.With(new MemoryRecords()));
        return told;
    }

    /// <summary>The store in memory answers at once, so everything happens on the thread that asked.</summary>
    private static T Finish<T>(Task<T> task)
    {
        Assert.True(task.IsCompletedSuccessfully);
        return task.GetAwaiter().GetResult();
    }
}
