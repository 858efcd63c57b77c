using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;

namespace KetamineIntake.Core.Reminders.Events;

/// <summary>Which clinics an event is about. A number of ours may belong to several, and may be an old one that none is known by any more.</summary>
internal static class Concerned
{
    /// <summary>
    /// Clinics that know the sender; else the first that the number belongs to. A wish for no more texts is heard by every clinic of the number, and danger to a life by all of
    /// them until one knows who writes; at a number that none claims, danger is heard by the first clinic there is rather than by nobody.
    /// </summary>
    public static async Task<IReadOnlyList<ClinicContext>> ByTextAsync(
        ClinicDirectory clinics, IRecordStores stores, PhoneBook phones, SmsEvent.Received text, Reply reply, CancellationToken cancellation)
    {
        var (named, all, knowing) = await LookUpAsync(clinics, stores, phones, text.To, text.From, cancellation);
        var hearing = reply.OptsOut ? [.. knowing, .. named.Except(knowing)]
            : knowing.Count > 0 ? knowing
            : reply.Kind == ReplyKind.Crisis ? named
            : named.Take(1).ToList();
        return hearing.Count == 0 && reply.Kind == ReplyKind.Crisis ? [.. all.Take(1)] : hearing;
    }

    public static async Task<IReadOnlyList<ClinicContext>> ByReportAsync(
        ClinicDirectory clinics, IRecordStores stores, PhoneBook phones, SmsEvent.DeliveryReport report, CancellationToken cancellation)
    {
        var (named, _, knowing) = await LookUpAsync(clinics, stores, phones, report.From, report.To, cancellation);
        return knowing.Count > 0 ? knowing : [.. named.Take(1)];
    }

    private static async Task<(List<ClinicContext> Named, List<ClinicContext> All, List<ClinicContext> Knowing)> LookUpAsync(
        ClinicDirectory clinics, IRecordStores stores, PhoneBook phones, string ours, string theirs, CancellationToken cancellation)
    {
        var slugs = await ClinicNumbers.ClinicsAsync(stores.Open(Rows.Global), ours, cancellation);
        var asked = new List<ClinicContext>();
        var knowing = new List<ClinicContext>();
        foreach (var slug in slugs.Count > 0 ? slugs : await clinics.ListAsync(cancellation))
        {
            if (await clinics.FindAsync(slug, cancellation) is { } clinic)
            {
                asked.Add(clinic);
                var hash = await phones.HashAsync(clinic, theirs, cancellation);
                knowing.AddRange((await PhoneBook.PatientsAsync(clinic, hash, cancellation)).Count > 0 ? [clinic] : []);
            }
        }

        return (slugs.Count > 0 ? asked : [], asked, knowing);
    }
}
