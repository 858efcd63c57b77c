using System.Collections.Concurrent;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Core.Screenings;

/// <summary>A client's promise that two requests with this key are one. It counts within clinic, name, birth date and phone: nobody can use up a key that somebody else will send.</summary>
/// <param name="RequestHash">SHA-256 (hex) over the request's canonical content: the same key with another one is a mistake.</param>
public readonly record struct IdempotencyKey(string Key, string RequestHash);

/// <summary>What became of a submission.</summary>
public abstract record SubmitResult
{
    private SubmitResult()
    {
    }

    /// <summary>Stored, durable, and referred.</summary>
    public sealed record Created(ScreeningReceipt Receipt) : SubmitResult;

    /// <summary>The same submission was stored before; its first answer again.</summary>
    public sealed record Replayed(ScreeningReceipt Receipt) : SubmitResult;

    /// <summary>The idempotency key was used for another submission within its 24 hours.</summary>
    public sealed record KeyReused : SubmitResult;

    /// <summary>The same submission is being stored at this moment.</summary>
    public sealed record InFlight : SubmitResult;
}

/// <summary>The first answer to an idempotency key, kept for <see cref="SubmitScreening.KeyLifetime"/>.</summary>
public sealed record StoredReceipt(string RequestHash, ScreeningReceipt Receipt, Instant ExpiresAt);

/// <summary>Takes a finished, checked questionnaire: judges it, and stores patient, screening and referral in one commit.</summary>
public sealed class SubmitScreening(PhoneBook phones, IClock clock)
{
    public static readonly Duration KeyLifetime = Duration.FromHours(24);

    private readonly ConcurrentDictionary<(string Clinic, string Key), byte> inFlight = new();

    public Task<SubmitResult> RunAsync(
        ClinicContext clinic, PatientDetails patient, AnswerSet answers, IdempotencyKey? key, CancellationToken cancellation) =>
        RunAsync(clinic, new Submission(patient, answers), key, cancellation);

    public async Task<SubmitResult> RunAsync(ClinicContext clinic, Submission submission, IdempotencyKey? key, CancellationToken cancellation)
    {
        var phoneHash = await phones.HashAsync(clinic, submission.Patient.Phone, cancellation);
        if (key is not { } given)
        {
            return await StoreAsync(clinic, submission, phoneHash, null, cancellation);
        }

        var who = submission.Patient;
        var row = Rows.Idempotency(given.Key, who.GivenName, who.FamilyName, LocalDatePattern.Iso.Format(who.BirthDate), phoneHash);
        var flight = (clinic.Clinic.Slug, row);
        if (!inFlight.TryAdd(flight, 0))
        {
            return new SubmitResult.InFlight();
        }

        try
        {
            return await FindEarlierAsync(clinic, given, cancellation)
                ?? await StoreAsync(clinic, submission, phoneHash, new KeyRow(row, given.RequestHash), cancellation);
        }
        finally
        {
            inFlight.TryRemove(flight, out _);
        }
    }

    /// <summary>The answer that was given before keys counted for one person. Only to the same submission: another one under that key may be anybody's.</summary>
    private async Task<SubmitResult?> FindEarlierAsync(ClinicContext clinic, IdempotencyKey key, CancellationToken cancellation) =>
        await clinic.Records.FindAsync(Rows.EarlierIdempotency(key.Key), cancellation) is { } row
        && RecordJson.Read<StoredReceipt>(row) is var stored && clock.GetCurrentInstant() < stored.ExpiresAt && stored.RequestHash == key.RequestHash
            ? new SubmitResult.Replayed(stored.Receipt)
            : null;

    private async Task<SubmitResult> StoreAsync(ClinicContext clinic, Submission submission, string phoneHash, KeyRow? key, CancellationToken cancellation)
    {
        using var step = Signals.Step("screening.store");

        // Twice at most: another instance may store the same key between our look and our commit.
        for (var attempt = 0; ; attempt++)
        {
            var now = clock.GetCurrentInstant();
            var earlier = key is null ? null : await clinic.Records.FindAsync(key.Key, cancellation);
            if (earlier is not null && RecordJson.Read<StoredReceipt>(earlier) is var stored && now < stored.ExpiresAt)
            {
                return stored.RequestHash == key!.RequestHash ? new SubmitResult.Replayed(stored.Receipt) : new SubmitResult.KeyReused();
            }

            var intake = Intake.Of(clinic, IntakeIds.New(), submission.Patient, submission.Answers, now, submission.Questionnaire, submission.IsAmended);
            var receipt = ScreeningReceipt.For(intake.Screening, intake.Referral.Urgency, clinic, submission.Patient.Language, submission.Patient.SmsConsent);
            List<Change> changes =
            [
                .. intake.Inserts("patient", phoneHash), .. key?.Changes(receipt, earlier, now, clinic.Clinic.Slug) ?? [],
                .. await FilledInAgain.NotesAsync(clinic, phones, intake, phoneHash, now, cancellation),
            ];
            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                Signals.Screened(intake.Screening.Result.Outcome, "api");
                return new SubmitResult.Created(receipt);
            }

            if (key is null || attempt == 1)
            {
                throw RecordStoreException.Contended("A new screening met a row that should not exist.");
            }
        }
    }

    private sealed record KeyRow(string Key, string RequestHash)
    {
        public IEnumerable<Change> Changes(ScreeningReceipt receipt, Row? expired, Instant now, string clinic)
        {
            var expiresAt = now + KeyLifetime;
            var body = RecordJson.Write(new StoredReceipt(RequestHash, receipt, expiresAt));
            yield return expired is null ? new Change.Insert(Key, body) : new Change.Replace(Key, body, expired.ETag);
            yield return Outbox.Row(new Message(Queues.Purge, clinic, Key), expiresAt);
        }
    }
}
