using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Puts words about texts that were kept outside the store back into it, after an older copy was restored: nobody who opted out since is texted again.</summary>
public sealed class ReplayWords(IRecordStores stores)
{
    /// <summary>Every word of the store, to be kept outside it for the first time.</summary>
    public async Task<IReadOnlyList<KeptWord>> AllAsync(CancellationToken cancellation)
    {
        var global = stores.Open(Rows.Global);
        var words = await global.FindAsync(Rows.PhoneKey, cancellation) is { } key ? KeptWord.Of(Rows.Global, key.Key, key.Body).ToList() : [];
        await foreach (var clinic in global.ListAsync(Rows.Clinics, cancellation))
        {
            var slug = RecordJson.Read<Clinics.Clinic>(clinic).Slug;
            await foreach (var row in stores.Open(slug).ListAsync(Rows.Consents, cancellation))
            {
                words.AddRange(KeptWord.Of(slug, row.Key, row.Body));
            }
        }

        return words;
    }

    /// <summary>Answers how many words the store did not have. Running it again changes nothing.</summary>
    public async Task<int> RunAsync(IEnumerable<KeptWord> kept, CancellationToken cancellation)
    {
        var words = kept.Distinct().ToList();
        foreach (var secret in words.Select(w => w.Secret).OfType<PhoneSecret>())
        {
            // Where the store has one already, this is the same one.
            await stores.Open(Rows.Global).CommitAsync([new Change.Insert(Rows.PhoneKey, RecordJson.Write(secret))], cancellation);
        }

        var count = 0;
        foreach (var number in words.Where(w => w.Entry is not null).GroupBy(w => (w.Clinic, w.PhoneHash)))
        {
            if (await stores.Open(Rows.Global).FindAsync(Rows.Clinic(number.Key.Clinic), cancellation) is not null)
            {
                count += await ReplayAsync(number.Key.Clinic, number.Key.PhoneHash, [.. number.Select(w => w.Entry!)], cancellation);
            }
        }

        return count;
    }

    private async Task<int> ReplayAsync(string clinic, string phoneHash, List<ConsentEntry> said, CancellationToken cancellation)
    {
        var records = stores.Open(clinic);
        var row = await records.FindAsync(Rows.Consent(phoneHash), cancellation);
        var ledger = row is null ? ConsentLedger.Empty : RecordJson.Read<ConsentLedger>(row);
        var missing = said.Except(ledger.Entries).ToList();
        if (missing.Count == 0)
        {
            return 0;
        }

        // Due at once: it was said before.
        var plans = Outbox.Row(new Message(Queues.Consents, clinic, ConsentSubject.Everybody(phoneHash)), missing.Min(e => e.At));
        var all = ledger with { Entries = [.. ledger.Entries, .. missing] };
        return await records.CommitAsync([ConsentChanges.Write(phoneHash, row, all), plans], cancellation) is CommitResult.Committed
            ? missing.Count
            : throw RecordStoreException.Contended("Somebody else writes to the records that are being restored.");
    }
}
