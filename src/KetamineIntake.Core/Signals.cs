using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core;

/// <summary>
/// What the program tells about itself while it runs; hosts choose where it goes. Counts, durations and closed vocabularies only: no tag here can hold anything that a person said,
/// is called, or could be found by, and no clinic either, whose few patients a count could point at.
/// </summary>
public static class Signals
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "KetamineIntake";

    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Activities = new(Name);

    private static readonly Counter<long> Screenings = Meter.CreateCounter<long>("ketamine_intake.screenings", "{screening}", "Finished screenings that were stored, by outcome and door.");
    private static readonly Histogram<double> Evaluation = Meter.CreateHistogram<double>("ketamine_intake.evaluation.duration", "ms", "Time to judge one set of answers.");
    private static readonly Histogram<double> QueueLag = Meter.CreateHistogram<double>("ketamine_intake.queue.lag", "s", "From the queue taking a message to its handler.");
    private static readonly Counter<long> Texts = Meter.CreateCounter<long>("ketamine_intake.texts", "{text}", "Texts handed to the provider, by what it said.");
    private static readonly Counter<long> TextReports = Meter.CreateCounter<long>("ketamine_intake.text_reports", "{report}", "Delivery reports that were acted on, by result and the provider's code.");

    private static readonly Counter<long> LabFlags = Meter.CreateCounter<long>("ketamine_intake.lab_flags", "{flag}", "Steps in the life of flags about required tests, by step, test and standing.");

    /// <summary>One step of work in a trace; null when nobody listens.</summary>
    /// <param name="step">A fixed name.</param>
    public static Activity? Step(string step) => Activities.StartActivity(step);

    /// <param name="door">"api" or "form".</param>
    internal static void Screened(Outcome outcome, string door) =>
        Screenings.Add(1, new KeyValuePair<string, object?>("outcome", Words.Of(outcome)), new KeyValuePair<string, object?>("door", door));

    internal static void Evaluated(long startedAt) => Evaluation.Record(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);

    /// <param name="handler">The name of the function that handles the queue.</param>
    public static void Waited(string handler, TimeSpan lag) => QueueLag.Record(lag.TotalSeconds, new KeyValuePair<string, object?>("handler", handler));

    /// <param name="receipt">Null when the provider gave no answer.</param>
    internal static void Texted(SmsReceipt? receipt) => Texts.Add(1, new KeyValuePair<string, object?>("result", receipt switch
    {
        SmsReceipt.Refused refused => $"refused-{refused.Code}",
        null => "no-answer",
        _ => "accepted",
    }));

    /// <param name="code">The provider's; null when it named none. Only numbers of its four digits are kept apart: an event comes from outside, and a tag must stay countable.</param>
    internal static void Reported(bool isDelivered, int? code) => TextReports.Add(
        1,
        new KeyValuePair<string, object?>("result", isDelivered ? "delivered" : "failed"),
        new KeyValuePair<string, object?>("code", code switch
        {
            null => "none",
            >= 1000 and <= 9999 => code.Value.ToString(CultureInfo.InvariantCulture),
            _ => "other",
        }));

    internal static void LabFlagged(LabFlagChange change) => LabFlags.Add(
        1,
        new KeyValuePair<string, object?>("action", change.Action!.Value.ToString().ToLowerInvariant()),
        new KeyValuePair<string, object?>("test", LabTests.All.Contains(change.Flag.Test) ? change.Flag.Test : "other"),
        new KeyValuePair<string, object?>("kind", LabFacts.Word(change.Flag.Kind)));
}
