using KetamineIntake.Core.Labs;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace KetamineIntake.Local.Hosting;

/// <summary>Tells each clinic once that its laboratory sweep is due, and again after a while when the sweep did not get through. Remembers nothing over a restart, where telling again is harmless.</summary>
internal sealed class LabTimer(FlagLabs flags, ILogger<LabTimer> log)
{
    private static readonly Duration TellAgain = Duration.FromHours(1);

    private readonly Dictionary<string, Instant> told = new(StringComparer.Ordinal);

    /// <summary>Tells what is due; answers how many clinics it told and when the next thing falls due.</summary>
    public async Task<(int Told, Instant? Next)> RunDueAsync(Instant now, CancellationToken cancellation)
    {
        var look = await flags.LookAsync(cancellation);
        foreach (var (clinic, failure) in look.Failed)
        {
            log.LabTimerFailed(clinic, failure);
        }

        var count = 0;
        Instant? next = null;
        foreach (var (clinic, due) in look.Clinics)
        {
            if (due is null || due > now)
            {
                told.Remove(clinic);
                next = Earliest(next, due);
                continue;
            }

            if (!told.TryGetValue(clinic, out var at) || now - at >= TellAgain)
            {
                count += await TryTellAsync(clinic, cancellation) ? 1 : 0;
                told[clinic] = at = now;
            }

            next = Earliest(next, at + TellAgain);
        }

        return (count, next);
    }

    // A clinic that cannot be told holds no other back; its turn comes again like that of one whose sweep did not get through.
    private async Task<bool> TryTellAsync(string clinic, CancellationToken cancellation)
    {
        try
        {
            await flags.TellAsync(clinic, cancellation);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LabTimerFailed(clinic, failure.GetType().Name);
            return false;
        }
    }

    private static Instant? Earliest(Instant? one, Instant? other) =>
        one is { } a && other is { } b ? Instant.Min(a, b) : one ?? other;
}
