using System.Collections.Concurrent;
using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies.Words;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Core.Clinics;

/// <summary>Finds clinics by slug. The clinic row is read each time, so that a change made by another process counts at once; rules are compiled once per version of the row.</summary>
public sealed class ClinicDirectory(IRecordStores stores, Protocol protocol)
{
    private readonly ConcurrentDictionary<string, (string ETag, ClinicContext Context)> compiled = new(StringComparer.Ordinal);

    /// <summary>What patients' texts mean; all clinics run the same protocol.</summary>
    /// <exception cref="InvalidOperationException">The protocol was not read from documents, so it says nothing about texts.</exception>
    public ReplyBook Replies => protocol.Reminders?.Replies ?? throw new InvalidOperationException("The protocol says nothing about texts.");

    /// <summary>The clinic with its store, or null when there is none of that name.</summary>
    /// <exception cref="InvalidOperationException">The clinic's overrides no longer fit the protocol.</exception>
    public async Task<ClinicContext?> FindAsync(string slug, CancellationToken cancellation)
    {
        if (!ClinicSlug.IsValid(slug))
        {
            return null;
        }

        var row = await stores.Open(Rows.Global).FindAsync(Rows.Clinic(slug), cancellation);
        if (row is null)
        {
            return null;
        }

        if (compiled.TryGetValue(slug, out var known) && known.ETag == row.ETag)
        {
            return known.Context;
        }

        var context = await CompileAsync(RecordJson.Read<Clinic>(row), cancellation);
        compiled[slug] = (row.ETag, context);
        return context;
    }

    /// <summary>The slugs of all clinics: for hosts' timers and commands only.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation)
    {
        var slugs = new List<string>();
        await foreach (var row in stores.Open(Rows.Global).ListAsync(Rows.Clinics, cancellation))
        {
            slugs.Add(RecordJson.Read<Clinic>(row).Slug);
        }

        return slugs;
    }

    private async Task<ClinicContext> CompileAsync(Clinic clinic, CancellationToken cancellation)
    {
        var rules = ClinicProtocol.ApplyOrThrow(protocol.Rules, clinic.Overrides, clinic.Slug);
        var context = new ClinicContext(clinic, protocol, RuleSet.Compile(protocol, rules), stores.Open(clinic.Slug));
        await RuleSetArchive.KeepAsync(context, cancellation);
        return context;
    }
}
