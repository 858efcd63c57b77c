using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>
/// Saves a questionnaire while it is filled in. A positive suicide-risk answer makes the referral in the commit that saves it; submitting completes the same one.
/// </summary>
public sealed class Drafts(PhoneBook phones, IClock clock)
{
    /// <summary>How long an untouched draft is kept, and how long a submitted one can still show its ending.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(30);

    private const int Attempts = 5;

    public async Task<Draft> StartAsync(ClinicContext clinic, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var draft = new StoredDraft(RowId.New(), null, AnswerSet.Empty, IntakeIds.New(), Urgency.None, Referred: false, null, now);
        await clinic.Records.CommitAsync([new Change.Insert(Rows.Draft(draft.Id), RecordJson.Write(draft)), Purge(clinic, draft, now)], cancellation);
        return draft.ToDraft();
    }

    /// <summary>The draft, or null when it is unknown or its time is over. Answers to questions that are no longer asked are left out.</summary>
    public async Task<Draft?> FindAsync(ClinicContext clinic, string id, CancellationToken cancellation) =>
        (await LoadAsync(clinic, id, cancellation))?.Draft.ToDraft();

    /// <inheritdoc cref="SaveAsync(ClinicContext, string, PatientDetails?, IReadOnlyDictionary{string, Answer?}, Urgency, CancellationToken)"/>
    public Task<DraftSaved?> SaveAsync(
        ClinicContext clinic, string id, PatientDetails? patient, IReadOnlyDictionary<string, Answer?> answers, CancellationToken cancellation) =>
        SaveAsync(clinic, id, patient, answers, Urgency.None, cancellation);

    /// <summary>
    /// Saves the given answers over what is stored (null clears one); answers that are not named stay. Null when the draft is gone or already submitted.
    /// </summary>
    /// <param name="atLeast">Of a suicide-risk answer that the others do not call for, so that it is not among the answers: what was said once is not unsaid.</param>
    public Task<DraftSaved?> SaveAsync(
        ClinicContext clinic, string id, PatientDetails? patient, IReadOnlyDictionary<string, Answer?> answers, Urgency atLeast, CancellationToken cancellation) =>
        ChangeAsync(
            clinic, id,
            (stored, _) => stored with
            {
                Patient = patient ?? stored.Patient,
                Urgency = atLeast > stored.Urgency ? atLeast : stored.Urgency,
                Answers = answers.Aggregate(stored.Answers, (all, a) => all.With(a.Key, a.Value)),
            },
            cancellation);

    /// <summary>Keeps where the patient is and whom to call with the referral that a suicide-risk answer has made. Null when the draft is gone or already submitted.</summary>
    public Task<DraftSaved?> TellWhereAsync(ClinicContext clinic, string id, string? where, string? whom, CancellationToken cancellation) =>
        ChangeAsync(clinic, id, (stored, now) => stored with { Whereabouts = where is null && whom is null ? null : new Whereabouts(where, whom, now) }, cancellation);

    private async Task<DraftSaved?> ChangeAsync(ClinicContext clinic, string id, Func<StoredDraft, Instant, StoredDraft> change, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.GetCurrentInstant();
            if (await LoadAsync(clinic, id, cancellation) is not { Draft: { Receipt: null } stored } loaded)
            {
                return null;
            }

            var merged = change(stored, now) with { UpdatedAt = now };
            if (await CommitAsync(clinic, merged, loaded.ETag, submit: false, now, cancellation) is { } saved)
            {
                return new DraftSaved(saved.ToDraft(), saved.Urgency > stored.Urgency ? saved.Urgency : Urgency.None, NewEmergencies(clinic, stored, saved, now));
            }
        }

        throw RecordStoreException.Contended("A draft was being changed by somebody else at each attempt to save it.");
    }

    /// <summary>Submits the draft: the same referral that a positive answer made earlier, else a new one. Submitting twice answers the same. Null when the draft is gone.</summary>
    /// <exception cref="InvalidOperationException">The patient's details are not there yet.</exception>
    public async Task<ScreeningReceipt?> SubmitAsync(ClinicContext clinic, string id, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await LoadAsync(clinic, id, cancellation) is not { } loaded)
            {
                return null;
            }

            if (loaded.Draft.Receipt is { } earlier)
            {
                return earlier;
            }

            if (await CommitAsync(clinic, loaded.Draft, loaded.ETag, submit: true, clock.GetCurrentInstant(), cancellation) is { Receipt: { } receipt })
            {
                Signals.Screened(receipt.Outcome, "form");
                return receipt;
            }
        }

        throw RecordStoreException.Contended("A draft was being changed by somebody else at each attempt to submit it.");
    }

    /// <summary>Deletes the draft from here. A referral that it made stays: the clinic may already be acting on it.</summary>
    public static async Task DiscardAsync(ClinicContext clinic, string id, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = RowId.IsValid(id) ? await clinic.Records.FindAsync(Rows.Draft(id), cancellation) : null;
            if (row is null || await clinic.Records.CommitAsync([new Change.Delete(row.Key, row.ETag)], cancellation) is CommitResult.Committed)
            {
                return;
            }
        }

        throw RecordStoreException.Contended("A draft was being changed by somebody else at each attempt to delete it.");
    }

    /// <summary>What can be an emergency in these answers; empty before the draft says who the patient is.</summary>
    public static IReadOnlyList<Finding> EmergenciesIn(ClinicContext clinic, PatientDetails? patient, AnswerSet answers, Instant now) => patient is null
        ? []
        : Emergency.FindingsIn(ClinicScreening.Judge(clinic, answers, patient.BirthDate, clinic.DayAt(now)), clinic.Protocol.Rules);

    private static List<Finding> NewEmergencies(ClinicContext clinic, StoredDraft before, StoredDraft after, Instant now)
    {
        var known = EmergenciesIn(clinic, before.Patient, before.Answers, now).Select(f => f.Rule).ToHashSet(StringComparer.Ordinal);
        return [.. EmergenciesIn(clinic, after.Patient, after.Answers, now).Where(f => !known.Contains(f.Rule))];
    }

    private async Task<LoadedDraft?> LoadAsync(ClinicContext clinic, string id, CancellationToken cancellation)
    {
        var row = RowId.IsValid(id) ? await clinic.Records.FindAsync(Rows.Draft(id), cancellation) : null;
        if (row is null || RecordJson.Read<StoredDraft>(row) is not { } draft || draft.UpdatedAt + Lifetime <= clock.GetCurrentInstant())
        {
            return null;
        }

        var known = draft.Answers.All.Where(a => clinic.Protocol.Questionnaire.Find(a.Key) is not null);
        return new LoadedDraft(draft with { Answers = new AnswerSet(known.ToDictionary(StringComparer.Ordinal)) }, row.ETag);
    }

    private async Task<StoredDraft?> CommitAsync(
        ClinicContext clinic, StoredDraft draft, string etag, bool submit, Instant now, CancellationToken cancellation)
    {
        var (saved, changes) = await DraftIntake.DecideAsync(clinic, phones, draft, submit, now, cancellation);
        changes.Add(new Change.Replace(Rows.Draft(draft.Id), RecordJson.Write(saved), etag));
        return await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed ? saved : null;
    }

    private static Change Purge(ClinicContext clinic, StoredDraft draft, Instant now) =>
        Outbox.Row(new Message(Queues.Purge, clinic.Clinic.Slug, Rows.Draft(draft.Id)), now + Lifetime);

    private sealed record LoadedDraft(StoredDraft Draft, string ETag);
}
