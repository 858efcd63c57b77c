using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>What saving or submitting a draft does to patient, screening and referral.</summary>
internal static class DraftIntake
{
    private const string ChangedRule = "SUI-CHANGED";

    public static async Task<(StoredDraft Draft, List<Change> Changes)> DecideAsync(
        ClinicContext clinic, PhoneBook phones, StoredDraft draft, bool submit, Instant now, CancellationToken cancellation)
    {
        if (draft.Patient is not { } patient)
        {
            return submit
                ? throw new InvalidOperationException("A draft cannot be submitted before it says who the patient is.")
                : (draft, []);
        }

        var judged = Intake.Of(clinic, draft.Ids, patient, draft.Answers, now);
        var urgency = draft.Urgency > judged.Referral.Urgency ? draft.Urgency : judged.Referral.Urgency;
        if (!submit && urgency == Urgency.None)
        {
            return (draft, []);
        }

        var intake = Complete(judged, draft.Whereabouts, urgency, submit);
        var phoneHash = await phones.HashAsync(clinic, patient.Phone, cancellation);
        var changes = draft.Referred ? await UpdatesAsync(clinic, phones, intake, cancellation) : [.. intake.Inserts("patient", phoneHash)];
        if (submit || urgency > draft.Urgency)
        {
            changes.AddRange(await FilledInAgain.NotesAsync(clinic, phones, intake, phoneHash, now, cancellation));
        }

        var receipt = submit ? ScreeningReceipt.For(intake.Screening, urgency, clinic, patient.Language, patient.SmsConsent) : null;
        var saved = draft with { Urgency = urgency, Referred = true, Receipt = receipt, UpdatedAt = now };
        return (submit ? saved with { Patient = null, Answers = AnswerSet.Empty, Whereabouts = null } : saved, changes);
    }

    private static Intake Complete(Intake judged, Whereabouts? whereabouts, Urgency urgency, bool submit)
    {
        var result = judged.Screening.Result;
        result = urgency > result.Urgency ? Raised(result, urgency) : result;
        return judged with
        {
            Screening = judged.Screening with { Submitted = submit, Result = result },
            Referral = judged.Referral with { Submitted = submit, Urgency = urgency, Outcome = result.Outcome, Whereabouts = whereabouts },
        };
    }

    /// <summary>A replay keeps what the form's history added, which the last answers alone cannot show.</summary>
    internal static ScreeningResult KeepRaised(ScreeningResult replayed, Urgency recorded, IReadOnlyList<Finding> findings) =>
        findings.Any(f => f.Rule == ChangedRule) && recorded > replayed.Urgency ? Raised(replayed, recorded) : replayed;

    // What was said once is not unsaid by a second thought: a clinician hears of both.
    private static ScreeningResult Raised(ScreeningResult result, Urgency urgency) => ClinicScreening.WithReview(
        result with { Urgency = urgency }, ChangedRule, "An earlier suicide-risk answer in this form was more serious and was changed later.", "design: suicide risk");

    // Who declined an unfinished form has not seen what came later: more urgent answers, or the finished form, open the referral again.
    private static ReferralStatus StatusOf(Referral earlier, Referral now) =>
        !ReferralInbox.IsOpen(earlier.Status) && (now.Submitted || now.Urgency > earlier.Urgency) ? ReferralStatus.New : earlier.Status;

    // Who corrects the number in the form is found under the new one, and under the old one no more.
    private static async Task<IReadOnlyList<Change>> PhonesAsync(ClinicContext clinic, PhoneBook phones, Patient patient, CancellationToken cancellation)
    {
        var hash = await phones.HashAsync(clinic, patient.Phone, cancellation);
        var entry = PhoneBook.Entry(hash, patient.Id);
        if (await clinic.Records.FindAsync(Rows.Patient(patient.Id), cancellation) is not { } row)
        {
            return [entry];
        }

        // One number may have been written in two forms.
        var earlier = await phones.HashAsync(clinic, RecordJson.Read<Patient>(row).Phone, cancellation);
        var old = earlier == hash ? null : await clinic.Records.FindAsync(Rows.Phone(earlier, patient.Id), cancellation);
        return old is null ? [entry] : [entry, new Change.Delete(old.Key, old.ETag)];
    }

    // The referral exists: a clinician may have acted on it, so decisions and the time it was received stay.
    private static async Task<List<Change>> UpdatesAsync(ClinicContext clinic, PhoneBook phones, Intake intake, CancellationToken cancellation)
    {
        var row = await clinic.Records.FindAsync(Rows.Referral(intake.Referral.Id), cancellation)
            ?? throw new InvalidOperationException("A draft's referral is gone.");
        var earlier = RecordJson.Read<Referral>(row);
        var referral = intake.Referral with { Status = StatusOf(earlier, intake.Referral), Decisions = earlier.Decisions, ReceivedAt = earlier.ReceivedAt };
        var screeningKey = Rows.Screening(intake.Patient.Id, intake.Screening.Id);
        return
        [
            new Change.Upsert(Rows.Patient(intake.Patient.Id), RecordJson.Write(intake.Patient with { CreatedAt = earlier.ReceivedAt })),
            new Change.Upsert(screeningKey, RecordJson.Write(intake.Screening)),
            .. await PhonesAsync(clinic, phones, intake.Patient, cancellation),
            .. await ReferralInbox.ReplaceAsync(clinic.Records, row, referral, intake.Patient, cancellation),
            new AuditEntry(intake.Screening.ReceivedAt, "patient", intake.Screening.Submitted ? "screening.received" : "screening.saved", screeningKey).ToChange(),
        ];
    }
}
