using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Events;

/// <summary>Which clinics an event is about. A number of ours may belong to several, and may be an old one that none is known by any more.</summary>
internal static class Concerned
{
    /// <summary>
    /// A wish for no more texts is heard by every clinic of the number, and danger to a life by all of them until one knows who writes; at a number that none claims, danger is
    /// heard by the first clinic there is rather than by nobody. C and R go to the clinic whose text last asked, other words to the one whose text came last; where none has
    /// texted, to those that know the sender, else to the first that the number belongs to.
    /// </summary>
    public static async Task<IReadOnlyList<ClinicContext>> ByTextAsync(
        ClinicDirectory clinics, IRecordStores stores, PhoneBook phones, SmsEvent.Received text, Reply reply, CancellationToken cancellation)
    {
        var (named, all) = await LookUpAsync(clinics, stores, phones, text.To, text.From, cancellation);
        var knowing = all.Where(c => c.Number.IsKnown).ToList();
        var hearing = reply switch
        {
            { OptsOut: true } => [.. knowing, .. named.Except(knowing)],
            { Kind: ReplyKind.Crisis } => knowing.Count > 0 ? knowing : named,
            { Kind: ReplyKind.Start } => knowing,
            { Kind: ReplyKind.Confirm or ReplyKind.Reschedule } => Latest(knowing, text, n => n.LastAskedAt) ?? Latest(knowing, text, n => n.LastTextAt) ?? knowing,
            _ => Latest(knowing, text, n => n.LastTextAt) ?? knowing,
        };
        if (hearing is [var only] && await IsHeardElsewhereAsync(knowing.Where(c => c != only), text, cancellation))
        {
            return [];
        }

        var heard = hearing.Count > 0 ? hearing : [.. named.Take(1)];
        return [.. (heard.Count == 0 && reply.Kind == ReplyKind.Crisis ? all.Take(1) : heard).Select(c => c.Clinic)];
    }

    public static async Task<IReadOnlyList<ClinicContext>> ByReportAsync(
        ClinicDirectory clinics, IRecordStores stores, PhoneBook phones, SmsEvent.DeliveryReport report, CancellationToken cancellation)
    {
        var (named, all) = await LookUpAsync(clinics, stores, phones, report.From, report.To, cancellation);
        var knowing = all.Where(c => c.Number.IsKnown).ToList();
        return [.. (knowing.Count > 0 ? knowing : [.. named.Take(1)]).Select(c => c.Clinic)];
    }

    /// <summary>The clinics behind a number of ours; where none claims it, all that know the other number.</summary>
    public static async Task<IReadOnlyList<(ClinicContext Clinic, KnownNumber Number)>> BehindAsync(
        ClinicDirectory clinics, IRecordStores stores, PhoneBook phones, string ours, string theirs, CancellationToken cancellation)
    {
        var (named, all) = await LookUpAsync(clinics, stores, phones, ours, theirs, cancellation);
        return [.. (named.Count > 0 ? named : all.Where(c => c.Number.IsKnown)).Select(c => (c.Clinic, c.Number))];
    }

    // Of texts that went before the answer was written, if any did: events come late.
    private static List<Candidate>? Latest(List<Candidate> knowing, SmsEvent.Received text, Func<KnownNumber, Instant?> when)
    {
        var texted = knowing.FindAll(c => when(c.Number) is not null);
        var before = texted.FindAll(c => when(c.Number) <= text.At);
        return (before.Count > 0 ? before : texted).MaxBy(c => when(c.Number)) is { } last ? [last] : null;
    }

    // An event that is repeated after another clinic has texted still belongs to the clinic that heard it.
    private static async Task<bool> IsHeardElsewhereAsync(IEnumerable<Candidate> others, SmsEvent.Received text, CancellationToken cancellation)
    {
        foreach (var other in others)
        {
            if (await other.Clinic.Records.FindAsync(Rows.Event(text.EventId), cancellation) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<(List<Candidate> Named, List<Candidate> All)> LookUpAsync(
        ClinicDirectory clinics, IRecordStores stores, PhoneBook phones, string ours, string theirs, CancellationToken cancellation)
    {
        var slugs = await ClinicNumbers.ClinicsAsync(stores.Open(Rows.Global), ours, cancellation);
        var asked = new List<Candidate>();
        foreach (var slug in slugs.Count > 0 ? slugs : await clinics.ListAsync(cancellation))
        {
            if (await clinics.FindAsync(slug, cancellation) is { } clinic)
            {
                asked.Add(new Candidate(clinic, await phones.KnownAsync(clinic, theirs, cancellation)));
            }
        }

        return (slugs.Count > 0 ? asked : [], asked);
    }

    private sealed record Candidate(ClinicContext Clinic, KnownNumber Number);
}
