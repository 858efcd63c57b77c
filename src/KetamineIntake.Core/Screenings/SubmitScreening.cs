using System.Collections.Concurrent;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings.Reading;
using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>A client's promise that two requests with this key are one.</summary>
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
        if (key is not { } given)
        {
            return await StoreAsync(clinic, submission, null, cancellation);
        }

        var row = Rows.Idempotency(given.Key);
        var flight = (clinic.Clinic.Slug, row);
        if (!inFlight.TryAdd(flight, 0))
        {
            return new SubmitResult.InFlight();
        }

        try
        {
            return await StoreAsync(clinic, submission, new KeyRow(row, given.RequestHash), cancellation);
        }
        finally
        {
            inFlight.TryRemove(flight, out _);
        }
    }

    private async Task<SubmitResult> StoreAsync(ClinicContext clinic, Submission submission, KeyRow? key, CancellationToken cancellation)
    {
        using var step = Signals.Step("screening.store");
        var phoneHash = await phones.HashAsync(clinic, submission.Patient.Phone, cancellation);

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
            var changes = intake.Inserts("patient", phoneHash).Concat(key?.Changes(receipt, earlier, now, clinic.Clinic.Slug) ?? []).ToList();
            if (await clinic.Records.CommitAsync(changes, cancellation) is CommitResult.Committed)
            {
                Signals.Screened(intake.Screening.Result.Outcome, "api");
                return new SubmitResult.Created(receipt);
            }

            if (key is null || attempt == 1)
            {
                throw new RecordStoreException("A new screening met a row that should not exist.");
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
