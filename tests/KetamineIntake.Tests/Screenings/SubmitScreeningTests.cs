using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Screenings;

public sealed class SubmitScreeningTests
{
    private static readonly AnswerSet HeartHistory = TestClinic.Answers(("cv.any", "yes"));
    private static readonly IdempotencyKey Key = new("client-key-1", "hash-1");

    [Fact]
    public async Task A_submission_stores_patient_screening_and_referral_and_lists_the_referral()
    {
        await using var clinic = await TestClinic.StartAsync();

        var receipt = await SubmitAsync(clinic, HeartHistory);

        var listed = Assert.Single((await new ListReferrals(clinic.Clock).RunAsync(clinic.Context, new ReferralFilter(null, null, null, 10, null), clinic.Ana, default)).Items);
        var view = (await new FindReferral(clinic.Clock).RunAsync(clinic.Context, listed.Id, clinic.Ana, default))!;
        Assert.Equal(receipt.ReferralId, listed.Id);
        Assert.Equal(Outcome.NeedsReview, view.Referral.Outcome);
        Assert.Equal("Park", view.Patient.FamilyName);
        Assert.Equal(clinic.Context.Protocol.Hash, view.Screening.ProtocolHash);
        Assert.Equal(clinic.Context.Rules.Hash, view.Screening.RuleSetHash);
        Assert.Equal(clinic.Context.Protocol.Questionnaire.Canonical, view.Screening.Questionnaire);
        Assert.Equal(new Answer.Choice("yes"), view.Screening.Answers.Find("cv.any"));
    }

    [Fact]
    public async Task A_patient_is_told_what_the_fired_rules_say_to_patients_each_sentence_once_and_worst_first()
    {
        await using var clinic = await TestClinic.StartAsync();
        var answers = TestClinic.Answers(("sub.ketamineRec", "yes"), ("cv.any", "yes"), ("cv.pacemaker", "yes"), ("psy.schiz", "not-sure"), ("log.escort", "no"));

        var receipt = await SubmitAsync(clinic, answers);

        Assert.StartsWith("Your own use of ketamine or PCP has to be talked about first.", receipt.Notes[0], StringComparison.Ordinal);
        Assert.Single(receipt.Notes, n => n.Contains("about your heart", StringComparison.Ordinal));
        Assert.StartsWith("Please plan for an adult to take you home.", receipt.Notes[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(receipt.Notes, n => n.Contains("may not be safe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_key_and_request_answer_the_same_and_store_nothing_more()
    {
        await using var clinic = await TestClinic.StartAsync();
        var submit = new SubmitScreening(clinic.Phones, clinic.Clock);

        var first = Assert.IsType<SubmitResult.Created>(await submit.RunAsync(clinic.Context, TestClinic.Kim, HeartHistory, Key, default));
        var again = Assert.IsType<SubmitResult.Replayed>(await submit.RunAsync(clinic.Context, TestClinic.Kim, HeartHistory, Key, default));

        Assert.Equal(RecordJson.Write(first.Receipt).ToArray(), RecordJson.Write(again.Receipt).ToArray());
        Assert.Single(await clinic.RowsAsync(Rows.Referrals));
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused()
    {
        await using var clinic = await TestClinic.StartAsync();
        var submit = new SubmitScreening(clinic.Phones, clinic.Clock);
        await submit.RunAsync(clinic.Context, TestClinic.Kim, HeartHistory, Key, default);

        var result = await submit.RunAsync(clinic.Context, TestClinic.Kim, HeartHistory, Key with { RequestHash = "hash-2" }, default);

        Assert.IsType<SubmitResult.KeyReused>(result);
        Assert.Single(await clinic.RowsAsync(Rows.Referrals));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    public async Task A_key_counts_for_24_hours(int secondsPast, int referrals)
    {
        await using var clinic = await TestClinic.StartAsync();
        var submit = new SubmitScreening(clinic.Phones, clinic.Clock);
        await submit.RunAsync(clinic.Context, TestClinic.Kim, HeartHistory, Key, default);

        clinic.Clock.Advance(SubmitScreening.KeyLifetime + Duration.FromSeconds(secondsPast));
        await submit.RunAsync(clinic.Context, TestClinic.Kim, HeartHistory, Key, default);

        Assert.Equal(referrals, (await clinic.RowsAsync(Rows.Referrals)).Count);
    }

    [Fact]
    public async Task Two_instances_with_the_same_key_at_once_store_one_referral()
    {
        await using var clinic = await TestClinic.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
            new SubmitScreening(clinic.Phones, clinic.Clock).RunAsync(clinic.Context, TestClinic.Kim, HeartHistory, Key, default))));

        Assert.Single(results.OfType<SubmitResult.Created>());
        Assert.Equal(15, results.OfType<SubmitResult.Replayed>().Count());
        Assert.Single(await clinic.RowsAsync(Rows.Referrals));
    }

    [Fact]
    public async Task While_a_submission_is_being_stored_another_with_its_key_is_told_so()
    {
        await using var clinic = await TestClinic.StartAsync();
        var submit = new SubmitScreening(clinic.Phones, clinic.Clock);
        var slow = new SlowCommits(clinic.Context.Records);

        // The first of all waits for the secret of the numbers before it is on its way.
        await clinic.Phones.HashAsync(clinic.Context, TestClinic.Kim.Phone, default);
        var first = submit.RunAsync(clinic.Context with { Records = slow }, TestClinic.Kim, HeartHistory, Key, default);

        Assert.IsType<SubmitResult.InFlight>(await submit.RunAsync(clinic.Context, TestClinic.Kim, HeartHistory, Key, default));

        slow.Go.SetResult();
        Assert.IsType<SubmitResult.Created>(await first);
        Assert.IsType<SubmitResult.Replayed>(await submit.RunAsync(clinic.Context, TestClinic.Kim, HeartHistory, Key, default));
    }

    [Fact]
    public void A_receipt_that_was_stored_before_there_were_notes_has_none()
    {
        var stored = """{"requestHash":"h","receipt":{"id":"i","outcome":"Eligible","urgency":"None","message":"m","resources":[],"missing":[],"referralId":"r"},"expiresAt":"2026-12-01T00:00:00Z"}"""u8;

        Assert.Empty(RecordJson.Read<StoredReceipt>(new Row("idempotency|h", stored.ToArray(), "1")).Receipt.Notes);
    }

    [Theory]
    [InlineData("h", "01kx0000000000000000000000")]
    [InlineData("another submission's", null)]
    public async Task An_answer_from_before_keys_counted_for_one_person_is_given_again_to_the_same_submission_only(string hash, string? replayed)
    {
        await using var clinic = await TestClinic.StartAsync();
        var stored = """
            {"requestHash":"HASH","receipt":{"id":"01kx0000000000000000000000","outcome":"Eligible","urgency":"None","message":"m","resources":[],"missing":[],"referralId":"r"},"expiresAt":"2026-12-31T00:00:00Z"}
            """.Replace("HASH", hash, StringComparison.Ordinal);
        await clinic.Context.Records.CommitAsync([new Change.Insert("idempotency|64dbdc38ede19b85cac8beccc15d52debb1a30e42c2fa15716ce95ac0913ad09", System.Text.Encoding.UTF8.GetBytes(stored))], default);

        var result = await new SubmitScreening(clinic.Phones, clinic.Clock).RunAsync(clinic.Context, TestClinic.Kim, HeartHistory, Key with { RequestHash = "h" }, default);

        Assert.Equal(replayed, (result as SubmitResult.Replayed)?.Receipt.Id);
        Assert.Equal(replayed is null, result is SubmitResult.Created);
    }

    [Fact]
    public async Task An_expired_key_is_deleted_when_its_time_comes_and_not_before()
    {
        await using var clinic = await TestClinic.StartAsync();
        await new SubmitScreening(clinic.Phones, clinic.Clock).RunAsync(clinic.Context, TestClinic.Kim, HeartHistory, Key, default);
        var row = Rows.Idempotency(Key.Key, "Kim", "Park", "1985-04-12", await clinic.Phones.HashAsync(clinic.Context, TestClinic.Kim.Phone, default));

        clinic.Clock.Advance(SubmitScreening.KeyLifetime - Duration.FromSeconds(1));
        await clinic.DeliverAsync();
        Assert.NotNull(await clinic.Context.Records.FindAsync(row, default));

        clinic.Clock.Advance(Duration.FromSeconds(1));
        await clinic.DeliverAsync();
        Assert.Null(await clinic.Context.Records.FindAsync(row, default));
        await clinic.DeliverAsync();
    }

    [Fact]
    public async Task A_clinic_whose_protocol_nobody_signed_finds_nobody_eligible()
    {
        await using var clinic = await TestClinic.StartAsync(demonstration: false);

        var judged = ClinicScreening.Judge(clinic.Context, HealthyPatient.Man, TestClinic.Kim.BirthDate, new LocalDate(2026, 12, 1));

        Assert.Equal(Outcome.NeedsReview, judged.Outcome);
        Assert.Contains(judged.Findings, f => f.Rule == "PROTO-01");
    }

    [Fact]
    public async Task A_finding_that_no_rule_made_stands_among_those_of_its_severity()
    {
        await using var clinic = await TestClinic.StartAsync(demonstration: false);
        var answers = TestClinic.Answers(("psy.schiz", "yes"), ("cv.any", "yes"), ("log.escort", "no"), ("alg.other", "yes"));

        var judged = ClinicScreening.Judge(clinic.Context, answers, new LocalDate(1985, 4, 12), new LocalDate(2026, 12, 1));

        Assert.Contains(judged.Findings, f => f.Rule == "PROTO-01");
        Assert.Equal(judged.Findings.Select(f => f.Severity).OrderDescending(), judged.Findings.Select(f => f.Severity));
    }

    [Fact]
    public async Task The_demonstration_clinic_may_find_the_healthy_patient_eligible()
    {
        await using var clinic = await TestClinic.StartAsync();

        var receipt = await SubmitAsync(clinic, HealthyPatient.Man);

        Assert.Equal((Outcome.Eligible, Urgency.None), (receipt.Outcome, receipt.Urgency));
        Assert.Empty(receipt.Missing);
    }

    [Fact]
    public async Task A_replay_by_the_recorded_rules_gives_the_same_bytes()
    {
        await using var clinic = await TestClinic.StartAsync();
        await SubmitAsync(clinic, HeartHistory);
        await SubmitAsync(clinic, HealthyPatient.Man);

        var replayed = new List<Rescreened>();
        await foreach (var screening in Rescreen.RunAsync(clinic.Context, asRecorded: true, default))
        {
            replayed.Add(screening);
        }

        Assert.Equal(2, replayed.Count);
        Assert.All(replayed, r => Assert.True(r.IsSame));
    }

    [Fact]
    public async Task A_replay_by_other_rules_reports_what_changed()
    {
        await using var clinic = await TestClinic.StartAsync();
        await SubmitAsync(clinic, TestClinic.Answers(("anes.motion", "yes")));
        var faults = await clinic.Clinics.OverrideAsync(
            "northside", new Core.Clinics.ClinicOverrides([new("NV-01", Severity.Absolute)], []), default);
        Assert.Empty(faults);
        var stricter = (await clinic.Directory.FindAsync("northside", default))!;

        var now = await (Rescreen.RunAsync(stricter, asRecorded: false, default)).SingleAsync();
        var then = await (Rescreen.RunAsync(stricter, asRecorded: true, default)).SingleAsync();

        Assert.False(now.IsSame);
        Assert.Equal(Outcome.Contraindicated, now.After!.Outcome);
        Assert.True(then.IsSame);
    }

    private static async Task<ScreeningReceipt> SubmitAsync(TestClinic clinic, AnswerSet answers) =>
        Assert.IsType<SubmitResult.Created>(await new SubmitScreening(clinic.Phones, clinic.Clock).RunAsync(clinic.Context, TestClinic.Kim, answers, null, default)).Receipt;

    /// <summary>Commits wait until they are let go.</summary>
    private sealed class SlowCommits(IRecordStore inner) : IRecordStore
    {
        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Row?> FindAsync(string key, CancellationToken cancellation) => inner.FindAsync(key, cancellation);

        public IAsyncEnumerable<Row> ListAsync(RowRange range, CancellationToken cancellation) => inner.ListAsync(range, cancellation);

        public async Task<CommitResult> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            await Go.Task;
            return await inner.CommitAsync(changes, cancellation);
        }
    }
}
