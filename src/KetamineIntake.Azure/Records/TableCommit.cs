using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Azure.Records;

/// <summary>
/// One commit as an entity group transaction. Each row it writes carries the commit's id. An answer that leaves open whether the transaction was carried out (a time-out, a broken
/// connection, a server error) is settled by reading that id back, or by finding every row gone that was to be deleted, and only then tried again, so that a commit is neither doubled nor reported as a conflict with itself.
/// </summary>
internal sealed class TableCommit(TableClient reads, TableClient commits, string partition, IReadOnlyList<Change> changes)
{
    private const int Attempts = 3;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    private readonly string id = RowId.New();

    /// <exception cref="RecordStoreException">The store failed, or what became of the commit cannot be known: another writer may have changed each of its rows since.</exception>
    public async Task<CommitResult> RunAsync(CancellationToken cancellation)
    {
        Exception? unanswered = null;
        for (var attempt = 1; ; attempt++)
        {
            var tried = await TryAsync(cancellation);
            switch (tried)
            {
                case Tried.Done:
                    return new CommitResult.Committed();
                case Tried.Refused refused when unanswered is null:
                    return new CommitResult.Conflict(refused.Key);
                case Tried.Unanswered { Failure: var failure } when StorageFailure.IsCertainlyUndone(failure) && unanswered is null:
                    throw StorageFailure.ToOutage(failure);
                case Tried.Unanswered { Failure: var failure }:
                    unanswered = failure;
                    break;
            }

            if (await IsDoneAsync(cancellation))
            {
                return new CommitResult.Committed();
            }

            // A conflict after an earlier attempt went unanswered may be one with ourselves; without our id in any row nobody can tell.
            if (tried is Tried.Refused || attempt == Attempts)
            {
                throw StorageFailure.ToOutage(unanswered!);
            }

            await Task.Delay(Wait(attempt), cancellation);
        }
    }

    private static TimeSpan Wait(int attempt) =>
        FirstWait * (1 << (attempt - 1)) + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)FirstWait.TotalMilliseconds));

    private async Task<Tried> TryAsync(CancellationToken cancellation)
    {
        try
        {
            await commits.SubmitTransactionAsync(changes.Select(Action), cancellation);
            return new Tried.Done();
        }
        catch (TableTransactionFailedException refused) when (refused.Status is 404 or 409 or 412 && refused.FailedTransactionActionIndex is { } index && refused.ErrorCode != TableErrorCode.TableNotFound)
        {
            return new Tried.Refused(changes[index].Key);
        }
        catch (Exception failure) when (StorageFailure.IsOutage(failure, cancellation))
        {
            return new Tried.Unanswered(failure);
        }
    }

    private TableTransactionAction Action(Change change) => change switch
    {
        Change.Insert insert => new(TableTransactionActionType.Add, EntityBody.Write(partition, insert.Key, insert.Body, id)),
        Change.Upsert upsert => new(TableTransactionActionType.UpsertReplace, EntityBody.Write(partition, upsert.Key, upsert.Body, id)),
        Change.Replace replace => new(TableTransactionActionType.UpdateReplace, EntityBody.Write(partition, replace.Key, replace.Body, id), new ETag(replace.ETag)),
        Change.Delete delete => new(TableTransactionActionType.Delete, new TableEntity(partition, delete.Key), new ETag(delete.ETag)),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private async Task<bool> IsDoneAsync(CancellationToken cancellation)
    {
        try
        {
            return changes.All(static change => change is Change.Delete) ? await AreGoneAsync(cancellation) : await IsWrittenAsync(cancellation);
        }
        catch (Exception failure) when (StorageFailure.IsOutage(failure, cancellation))
        {
            throw StorageFailure.ToOutage(failure);
        }
    }

    /// <summary>Whether a row still carries this commit's id. All were written together, so one is enough; another writer may have changed the others meanwhile.</summary>
    private async Task<bool> IsWrittenAsync(CancellationToken cancellation)
    {
        foreach (var change in changes.Where(static change => change is not Change.Delete))
        {
            if (await FindAsync(change.Key, cancellation) is { } row && row.GetString(EntityBody.CommitProperty) == id)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A deletion leaves no id behind. When nothing is left of any row, all is as it was asked for, whoever did it.</summary>
    private async Task<bool> AreGoneAsync(CancellationToken cancellation)
    {
        foreach (var change in changes)
        {
            if (await FindAsync(change.Key, cancellation) is not null)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<TableEntity?> FindAsync(string key, CancellationToken cancellation)
    {
        var found = await reads.GetEntityIfExistsAsync<TableEntity>(partition, key, [EntityBody.CommitProperty], cancellation);
        return found.HasValue ? found.Value : null;
    }

    private abstract record Tried
    {
        public sealed record Done : Tried;

        public sealed record Refused(string Key) : Tried;

        public sealed record Unanswered(Exception Failure) : Tried;
    }
}
