using System.Runtime.ExceptionServices;

namespace KetamineIntake.Core.Reminders.Events;

/// <summary>Acts on events that came together.</summary>
public static class EachEvent
{
    /// <summary>One that fails keeps none behind it from being heard: a STOP or a cry for help may stand there. Whoever sent them sends all again; each is acted on once.</summary>
    /// <exception cref="Exception">Of the first that failed, after all were tried.</exception>
    public static async Task RunEachAsync(this HandleSmsEvent handle, IEnumerable<SmsEvent> events, CancellationToken cancellation)
    {
        ExceptionDispatchInfo? first = null;
        foreach (var received in events)
        {
            try
            {
                await handle.RunAsync(received, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                first ??= ExceptionDispatchInfo.Capture(failure);
            }
        }

        first?.Throw();
    }
}
