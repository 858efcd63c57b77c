namespace KetamineIntake.Tests.Records;

/// <summary>Holds the next sync of the log until it is released, so that callers can gather behind it.</summary>
internal sealed class HeldSync : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim gate = new();
    private volatile int afterwards;
    private int syncs;

    public HeldSync(ShimDisk disk) => disk.Answer = Answer;

    public Task ReachedAsync() => reached.Task.WaitAsync(Patience);

    /// <param name="thenFail">What becomes of the next sync, and of that one only: whoever tried again would succeed.</param>
    public void Release(int thenFail = ShimDisk.Ok)
    {
        afterwards = thenFail;
        gate.Set();
    }

    public void Dispose() => gate.Set();

    private int Answer(DiskCall call)
    {
        if (call is not DiskCall.Sync { File: "-wal" })
        {
            return ShimDisk.Ok;
        }

        var nth = Interlocked.Increment(ref syncs);
        if (nth > 1)
        {
            return nth == 2 ? afterwards : ShimDisk.Ok;
        }

        reached.TrySetResult();
        gate.Wait(Patience);
        return ShimDisk.Ok;
    }
}
