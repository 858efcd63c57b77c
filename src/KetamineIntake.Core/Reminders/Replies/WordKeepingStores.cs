using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Keeps each new word about texts (see <see cref="KeptWord"/>) in a second place beside the commit that carries it.</summary>
/// <param name="keep">Durable when it returns. Throws <see cref="RecordStoreException"/> when it cannot keep them: then nothing was acknowledged.</param>
public sealed class WordKeepingStores(IRecordStores inner, Action<IReadOnlyList<KeptWord>> keep) : IRecordStores
{
    public IRecordStore Open(string partition) => new Keeping(partition, inner.Open(partition), keep);

    private sealed class Keeping(string partition, IRecordStore inner, Action<IReadOnlyList<KeptWord>> keep) : IRecordStore
    {
        public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

        public async Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            var words = await NewAsync(changes, cancellation);
            Keep(words.Where(w => w.CountsAtOnce));
            var result = await inner.CommitAsync(changes, cancellation);
            if (result is CommitResult.Committed)
            {
                Keep(words.Where(w => !w.CountsAtOnce));
            }

            return result;
        }

        private void Keep(IEnumerable<KeptWord> words)
        {
            if (words.ToList() is { Count: > 0 } some)
            {
                keep(some);
            }
        }

        // Every text writes the row again as it was, so that it fails when a word was given meanwhile: that is no word.
        private async Task<List<KeptWord>> NewAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            var words = new List<KeptWord>();
            foreach (var change in changes)
            {
                if (BodyOf(change) is { } body && KeptWord.Of(partition, change.Key, body).ToList() is { Count: > 0 } said)
                {
                    var before = await inner.FindAsync(change.Key, cancellation);
                    words.AddRange(before is null ? said : said.Except(KeptWord.Of(partition, before.Key, before.Body)));
                }
            }

            return words;
        }

        private static ReadOnlyMemory<byte>? BodyOf(Change change) => change switch
        {
            Change.Insert c => c.Body,
            Change.Replace c => c.Body,
            Change.Upsert c => c.Body,
            _ => null,
        };
    }
}
