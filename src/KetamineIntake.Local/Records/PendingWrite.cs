namespace KetamineIntake.Local.Records;

/// <summary>What one piece of work in the writer's transaction came to.</summary>
/// <param name="Keep">False: undo its changes, and only its; the result is still its answer.</param>
internal readonly record struct Applied<T>(T Result, bool Keep);

/// <summary>One caller who waits for the writer.</summary>
internal abstract class PendingWrite(CancellationToken cancellation)
{
    /// <summary>The caller went away before the work began, so it need not begin.</summary>
    public bool IsAbandoned => cancellation.IsCancellationRequested;

    /// <summary>Does the work inside the writer's transaction; true to keep it.</summary>
    public abstract bool Apply();

    /// <summary>The transaction is durable: answer.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception exception);
}

internal sealed class PendingWrite<T>(Func<Applied<T>> work, CancellationToken cancellation) : PendingWrite(cancellation)
{
    // Asynchronously: a caller's continuation must never run on the writer.
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Applied<T> applied;

    public Task<T> Answer => answer.Task;

    public override bool Apply()
    {
        applied = work();
        return applied.Keep;
    }

    public override void Succeed() => answer.TrySetResult(applied.Result);

    public override void Fail(Exception exception) => answer.TrySetException(exception);
}
