using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Screenings;

/// <summary>What one intake puts on record.</summary>
public sealed class IntakeTests
{
    /// <summary>The evening of 1 December in New York.</summary>
    private static readonly Instant Now = Instant.FromUtc(2026, 12, 2, 4, 30);

    private static readonly IntakeIds Ids = IntakeIds.New();

    [Fact]
    public void Ids_are_new_and_three()
    {
        var ids = new[] { IntakeIds.New(), IntakeIds.New() }.SelectMany(i => new[] { i.Patient, i.Screening, i.Referral }).ToList();

        Assert.Equal(6, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(RowId.IsValid(id)));
    }

    [Fact]
    public void Patient_screening_and_referral_hold_everything_and_name_each_other()
    {
        var clinic = SmallClinic.With(new MemoryRecords());
        var answers = TestClinic.Answers(("phq9.9", 2));

        var intake = Intake.Of(clinic, Ids, TestClinic.Kim, answers, Now);

        var screening = intake.Screening;
        Assert.Equal(
            new StoredScreening(
                Ids.Screening, Ids.Patient, Ids.Referral, Submitted: true, Now, new LocalDate(2026, 12, 1), TestClinic.Kim.BirthDate,
                "http://example.org/Questionnaire/small|1.0.0", "1.0.0", new string('0', 64), "1.0.0", clinic.Rules.Hash, answers, screening.Result),
            screening);
        Assert.Equal((Outcome.NeedsReview, Urgency.High), (screening.Result.Outcome, screening.Result.Urgency));
        Assert.Empty(intake.Referral.Decisions);
        Assert.Equal(
            new Referral(
                Ids.Referral, Ids.Patient, Ids.Screening, ReferralStatus.New, Outcome.NeedsReview, Urgency.High, Submitted: true, Now, intake.Referral.Decisions),
            intake.Referral);
        Assert.Equal(new Patient(Ids.Patient, "Kim", "Park", TestClinic.Kim.BirthDate, "+12125550123", null, null, "en", false, Now), intake.Patient);
    }

    [Fact]
    public void All_of_it_goes_into_one_commit_that_fails_when_any_of_it_is_there()
    {
        var intake = Intake.Of(SmallClinic.With(new MemoryRecords()), Ids, TestClinic.Kim, AnswerSet.Empty, Now);

        var changes = intake.Inserts("somebody", "00ff");
        var inserts = changes.Take(5).Cast<Change.Insert>().ToList();

        var screening = Rows.Screening(Ids.Patient, Ids.Screening);
        var listed = new ReferralSummary(
            Ids.Referral, Ids.Patient, "Kim Park", TestClinic.Kim.BirthDate, ReferralStatus.New, Outcome.Incomplete, Urgency.None, Submitted: true, Now);
        (string Key, string Body)[] expected =
        [
            (Rows.Patient(Ids.Patient), Text(RecordJson.Write(intake.Patient))),
            (screening, Text(RecordJson.Write(intake.Screening))),
            (Rows.Referral(Ids.Referral), Text(RecordJson.Write(intake.Referral))),
            (Rows.InboxEntry(true, Urgency.None, Outcome.Incomplete, Now, Ids.Referral), Text(RecordJson.Write(listed))),
        ];
        Assert.Equal(expected, inserts.Take(4).Select(i => (i.Key, Text(i.Body))));
        Assert.Equal(6, changes.Count);
        Assert.Equal(Rows.Phone("00ff", Ids.Patient), Assert.IsType<Change.Upsert>(changes[5]).Key);
        Assert.Equal(new AuditEntry(Now, "somebody", "screening.received", screening), RecordJson.Read<AuditEntry>(new Row(inserts[4].Key, inserts[4].Body, "1")));
    }

    private static string Text(ReadOnlyMemory<byte> body) => System.Text.Encoding.UTF8.GetString(body.Span);
}
