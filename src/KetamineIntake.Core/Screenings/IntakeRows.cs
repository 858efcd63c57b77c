using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders.Replies;
using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>The ids that one intake gets, whether it begins as a draft or arrives whole.</summary>
public sealed record IntakeIds(string Patient, string Screening, string Referral)
{
    public static IntakeIds New() => new(RowId.New(), RowId.New(), RowId.New());
}

/// <summary>A judged intake: the three records that stand or fall together.</summary>
public sealed record Intake(Patient Patient, StoredScreening Screening, Referral Referral)
{
    /// <summary>Judges the answers and puts the records together; nothing is stored yet.</summary>
    /// <param name="questionnaire">url|version that was answered; null: the one the clinic asks.</param>
    /// <param name="isAmended">The sender says that it corrects an earlier form.</param>
    public static Intake Of(ClinicContext clinic, IntakeIds ids, PatientDetails details, AnswerSet answers, Instant now, string? questionnaire = null, bool isAmended = false)
    {
        var today = clinic.DayAt(now);
        var result = ClinicScreening.Judge(clinic, answers, details.BirthDate, today, questionnaire);
        var screening = new StoredScreening(
            ids.Screening, ids.Patient, ids.Referral, Submitted: true, now, today, details.BirthDate,
            questionnaire ?? clinic.Protocol.Questionnaire.Canonical, clinic.Protocol.Version, clinic.Protocol.Hash,
            clinic.Protocol.Rules.Version, clinic.Rules.Hash, answers, result)
        {
            IsAmended = isAmended ? true : null,
        };
        var referral = new Referral(
            ids.Referral, ids.Patient, ids.Screening, ReferralStatus.New, result.Outcome, result.Urgency, Submitted: true, now, []);
        return new Intake(details.ToPatient(ids.Patient, now), screening, referral);
    }

    /// <summary>The changes that store a new intake. They fail when any of it exists already.</summary>
    /// <param name="phoneHash">Of the patient's number: whoever texts from it is known from now on.</param>
    public IReadOnlyList<Change> Inserts(string by, string phoneHash) =>
    [
        new Change.Insert(Rows.Patient(Patient.Id), RecordJson.Write(Patient)),
        new Change.Insert(Rows.Screening(Patient.Id, Screening.Id), RecordJson.Write(Screening)),
        new Change.Insert(Rows.Referral(Referral.Id), RecordJson.Write(Referral)),
        ReferralInbox.Insert(Referral, Patient),
        new AuditEntry(Screening.ReceivedAt, by, "screening.received", Rows.Screening(Patient.Id, Screening.Id)).ToChange(),
        PhoneBook.Entry(phoneHash, Patient.Id),
    ];
}
