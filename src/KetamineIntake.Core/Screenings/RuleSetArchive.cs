using System.Text;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;

namespace KetamineIntake.Core.Screenings;

/// <summary>The documents and overrides that a rule set was made of, kept so that its screenings can be replayed years later.</summary>
public sealed record ArchivedRuleSet(ClinicOverrides Overrides, IReadOnlyDictionary<string, string> Documents)
{
    /// <summary>The clinic as it judged then.</summary>
    /// <exception cref="InvalidOperationException">This program can no longer read the documents.</exception>
    public ClinicContext Restore(ClinicContext now)
    {
        var documents = Documents.ToDictionary(d => d.Key, d => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(d.Value), StringComparer.Ordinal);
        var protocol = ProtocolLoader.LoadToReplayOrThrow(documents);
        var rules = ClinicProtocol.ApplyOrThrow(protocol.Rules, Overrides, now.Clinic.Slug);
        return now with { Protocol = protocol, Rules = RuleSet.Compile(protocol, rules) };
    }
}

/// <summary>Keeps each rule set that a clinic has judged by.</summary>
public static class RuleSetArchive
{
    /// <summary>Keeps the clinic's rule set unless it is kept already. Runs before the rule set judges anything.</summary>
    public static async Task KeepAsync(ClinicContext clinic, CancellationToken cancellation)
    {
        var key = Rows.RuleSet(clinic.Protocol.Hash, clinic.Rules.Hash);
        if (await clinic.Records.FindAsync(key, cancellation) is not null)
        {
            return;
        }

        var documents = clinic.Protocol.Documents.Where(d => ProtocolLoader.IsArchived(d.Key)).ToDictionary(d => d.Key, d => Encoding.UTF8.GetString(d.Value.Span), StringComparer.Ordinal);
        var body = RecordJson.Write(new ArchivedRuleSet(clinic.Clinic.Overrides, documents));
        List<Change> changes = [new Change.Upsert(key, body)];
        if (await HasAnyAsync(clinic, cancellation))
        {
            // What was planned by other documents is planned anew at once, in the same commit: a time that has passed is due.
            changes.Add(Outbox.Row(new Message(Queues.Plans, clinic.Clinic.Slug, ReplanReminders.Everyone), clinic.Clinic.CreatedAt));
        }

        await clinic.Records.CommitAsync(changes, cancellation);
    }

    private static async Task<bool> HasAnyAsync(ClinicContext clinic, CancellationToken cancellation)
    {
        await foreach (var _ in clinic.Records.ListAsync(Rows.RuleSets, cancellation))
        {
            return true;
        }

        return false;
    }

    /// <summary>The clinic as it judged this screening, or null when that was never kept.</summary>
    public static async Task<ClinicContext?> FindAsync(ClinicContext clinic, StoredScreening screening, CancellationToken cancellation)
    {
        var row = await clinic.Records.FindAsync(Rows.RuleSet(screening.ProtocolHash, screening.RuleSetHash), cancellation);
        if (row is null)
        {
            return null;
        }

        // What judged nothing is not kept, so the name under which the set was kept says which it was.
        var restored = RecordJson.Read<ArchivedRuleSet>(row).Restore(clinic);
        return restored with { Protocol = restored.Protocol with { Hash = screening.ProtocolHash } };
    }
}
