using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Core.Staff;
using NodaTime;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>What became of a wish for a new link.</summary>
public enum RenewResult
{
    Renewed,
    NotFound,

    /// <summary>Others kept changing the same patient's visits; nothing was renewed.</summary>
    Conflict,
}

/// <summary>
/// Gives a visit, and those booked together with it, a new preparation page: the old link opens nothing any more, wrong dates of birth are forgotten, ticks stay, and texts that
/// are still to come carry the new link.
/// </summary>
public sealed class RenewPreparationLink(IRecordStores stores, PhoneBook phones, SiteAddress site, IClock clock)
{
    private const int Attempts = 4;
    private const string Late = "planned anew with a new link to the preparation page";

    public async Task<RenewResult> RunAsync(ClinicContext clinic, string patientId, string appointmentId, StaffMember by, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await TryAsync(clinic, patientId, appointmentId, by, cancellation) is { } result)
            {
                return result;
            }
        }

        return RenewResult.Conflict;
    }

    /// <summary>Null when somebody else was faster.</summary>
    private async Task<RenewResult?> TryAsync(ClinicContext clinic, string patientId, string appointmentId, StaffMember by, CancellationToken cancellation)
    {
        if (await PatientVisits.LoadAsync(clinic, phones, patientId, cancellation) is not { } visits
            || visits.Appointments.FirstOrDefault(a => a.Value.Id == appointmentId) is not { Row: not null } chosen)
        {
            return RenewResult.NotFound;
        }

        var now = clock.GetCurrentInstant();
        var (old, token) = (chosen.Value.LinkToken, Tokens.New());
        var same = visits.Appointments.Where(a => a.Value.LinkToken == old).Select(a => a with { Value = a.Value with { LinkToken = token } }).ToList();
        var all = visits.Appointments.Select(a => a.Value.LinkToken == old ? a.Value with { LinkToken = token } : a.Value).ToList();
        var plan = ReminderChanges.Plan(clinic, ClinicTexting.Of(clinic, site), visits, all, now, Late);
        await stores.Open(Rows.Global).CommitAsync([new Change.Insert(Rows.Link(token), RecordJson.Write(new LinkOwner(clinic.Clinic.Slug)))], cancellation);
        List<Change> changes =
        [
            .. same.Select(a => new Change.Replace(a.Row.Key, RecordJson.Write(a.Value), a.Row.ETag)),
            .. await PagesAsync(clinic, patientId, old, token, cancellation),
            new AuditEntry(now, by.Id, "preparation.renew", chosen.Row.Key).ToChange(),
        ];
        var reminders = ReminderChanges.Changes(clinic, visits, plan, all, now).ToList();
        reminders.AddRange(Relinked(visits, reminders.Select(r => r.Key).ToHashSet(StringComparer.Ordinal), old, token));
        return await clinic.Records.CommitAsync(PlanCommit.Of(clinic, visits, changes, reminders, now), cancellation) is CommitResult.Committed
            ? RenewResult.Renewed
            : null;
    }

    // A text that is due or waits for its next try is not planned again, but its old link would open nothing.
    private static IEnumerable<Change> Relinked(PatientVisits visits, IReadOnlySet<string> changed, string old, string token) => visits.Reminders
        .Where(r => r.Value.Status == ReminderStatus.Planned && !changed.Contains(r.Row.Key) && r.Value.Text.Contains(old, StringComparison.Ordinal))
        .Select(r => ReminderChanges.Replace(r, r.Value with { Text = r.Value.Text.Replace(old, token, StringComparison.Ordinal) }));

    private static async Task<IReadOnlyList<Change>> PagesAsync(ClinicContext clinic, string patientId, string old, string token, CancellationToken cancellation)
    {
        var fresh = new PreparationLink(patientId, 0, new Dictionary<string, IReadOnlyList<string>>());
        return await clinic.Records.FindAsync(Rows.Link(old), cancellation) is { } row
            ? [new Change.Delete(row.Key, row.ETag), new Change.Insert(Rows.Link(token), RecordJson.Write(fresh with { Ticks = RecordJson.Read<PreparationLink>(row).Ticks }))]
            : [new Change.Insert(Rows.Link(token), RecordJson.Write(fresh))];
    }
}
