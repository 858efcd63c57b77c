using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Screenings;

/// <summary>The edges of a submission: what one commit holds, and what becomes of it when another instance or an outage comes between.</summary>
public sealed class SubmitScreeningEdgeTests : IAsyncLifetime
{
    private static readonly IdempotencyKey Key = new("client-key-1", "hash-1");

    private readonly MemoryRecords records = new();
    private readonly PhoneBook phones = MemoryStores.Phones();

    private string StoredKey => records.Keys.Single(k => k.StartsWith("idempotency|", StringComparison.Ordinal));
    private readonly TestClock clock = new();

    // The first form of a clinic finds out that all its numbers are indexed; these tests are about every other form.
    public async Task InitializeAsync()
    {
        await new PhoneIndex(phones).CompleteAsync(SmallClinic.With(records), CancellationToken.None);
        records.Commits.Clear();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Without_a_key_only_the_intake_is_stored()
    {
        var receipt = Assert.IsType<SubmitResult.Created>(await RunAsync(null)).Receipt;

        Assert.Equal("audit inbox patient phone referral screening", string.Join(' ', Assert.Single(records.Commits).Select(c => c.Key.Split('|')[0]).Order(StringComparer.Ordinal)));
        Assert.DoesNotContain(records.Found, k => k.StartsWith("idempotency|", StringComparison.Ordinal));
        Assert.Equal((Outcome.Incomplete, Urgency.None), (receipt.Outcome, receipt.Urgency));
        Assert.Equal("patient", RecordJson.Read<AuditEntry>(records[records.Keys.Single(k => k.StartsWith("audit|", StringComparison.Ordinal))]).By);
    }

    [Fact]
    public async Task With_a_key_its_receipt_and_the_end_of_it_are_stored_in_the_same_commit()
    {
        var receipt = Assert.IsType<SubmitResult.Created>(await RunAsync(Key)).Receipt;

        Assert.Equal(8, Assert.Single(records.Commits).Count);
        var stored = RecordJson.Read<StoredReceipt>(records[StoredKey]);
        Assert.Equal(("hash-1", receipt.Id, TestClock.Start + Duration.FromHours(24)), (stored.RequestHash, stored.Receipt.Id, stored.ExpiresAt));
        var outbox = records.Keys.Single(Rows.IsOutbox);
        Assert.Equal(TestClock.Start + Duration.FromHours(24), Rows.OutboxDue(outbox));
        Assert.Equal(new Message(Queues.Purge, "northside", StoredKey), Outbox.Read(records[outbox]));
    }

    [Fact]
    public async Task The_instant_at_which_a_key_ends_it_is_free_and_its_row_is_replaced()
    {
        var first = Assert.IsType<SubmitResult.Created>(await RunAsync(Key)).Receipt;
        clock.Advance(SubmitScreening.KeyLifetime - Duration.FromNanoseconds(1));
        Assert.Equal(first.Id, Assert.IsType<SubmitResult.Replayed>(await RunAsync(Key)).Receipt.Id);

        clock.Advance(Duration.FromNanoseconds(1));
        var second = Assert.IsType<SubmitResult.Created>(await RunAsync(Key with { RequestHash = "hash-2" })).Receipt;

        Assert.Equal((second.Id, "hash-2"), (RecordJson.Read<StoredReceipt>(records[StoredKey]).Receipt.Id, RecordJson.Read<StoredReceipt>(records[StoredKey]).RequestHash));
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task A_commit_lost_to_another_instance_with_the_same_request_answers_what_that_one_answered()
    {
        var other = await AnotherInstanceAsync("hash-1");

        var result = Assert.IsType<SubmitResult.Replayed>(await RunAsync(Key));

        Assert.Equal(other.Id, result.Receipt.Id);
        Assert.Single(records.Commits);
        Assert.Equal([StoredKey, Rows.PhonesIndexed], records.Keys);
    }

    [Fact]
    public async Task A_commit_lost_to_another_instance_with_another_request_is_a_reused_key()
    {
        await AnotherInstanceAsync("hash-2");

        Assert.IsType<SubmitResult.KeyReused>(await RunAsync(Key));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task A_row_that_should_not_exist_is_an_outage_and_not_a_loop_without_end(bool withKey, int commits)
    {
        records.Instead = () => new CommitResult.Conflict("patient|x");

        var failure = await Assert.ThrowsAsync<RecordStoreException>(() => RunAsync(withKey ? Key : null));

        Assert.Equal("A new screening met a row that should not exist.", failure.Message);
        Assert.Equal(commits, records.Commits.Count);
        Assert.Equal([Rows.PhonesIndexed], records.Keys);
    }

    [Fact]
    public async Task After_an_outage_the_key_is_free_again()
    {
        var submit = new SubmitScreening(phones, clock);
        records.Instead = () => throw new RecordStoreException("The disk is full.");
        await Assert.ThrowsAsync<RecordStoreException>(() => RunAsync(Key, submit));

        records.Instead = null;

        Assert.IsType<SubmitResult.Created>(await RunAsync(Key, submit));
    }

    [Fact]
    public async Task Only_the_same_key_of_the_same_clinic_waits()
    {
        var submit = new SubmitScreening(phones, clock);
        var elsewhere = new MemoryRecords();
        var inside = new List<Task<SubmitResult>>();
        records.Instead = () =>
        {
            records.Instead = null;
            inside.Add(RunAsync(Key, submit));
            inside.Add(RunAsync(new IdempotencyKey("client-key-2", "hash-1"), submit));
            inside.Add(RunAsync(null, submit));
            inside.Add(submit.RunAsync(SmallClinic.With(elsewhere, slug: "southside"), TestClinic.Kim, AnswerSet.Empty, Key, default));
            return null;
        };

        var outside = await RunAsync(Key, submit);

        Assert.IsType<SubmitResult.Created>(outside);
        Assert.Equal("InFlight Created Created Created", string.Join(' ', (await Task.WhenAll(inside)).Select(r => r.GetType().Name)));
    }

    private Task<SubmitResult> RunAsync(IdempotencyKey? key, SubmitScreening? submit = null) =>
        (submit ?? new SubmitScreening(phones, clock)).RunAsync(SmallClinic.With(records), TestClinic.Kim, AnswerSet.Empty, key, default);

    /// <summary>Stores the key between the look and the commit.</summary>
    private async Task<ScreeningReceipt> AnotherInstanceAsync(string hash)
    {
        var row = Rows.Idempotency(Key.Key, "Kim", "Park", "1985-04-12", await phones.HashAsync(SmallClinic.With(records), TestClinic.Kim.Phone, default));
        var receipt = new ScreeningReceipt("other", Outcome.Eligible, Urgency.None, "m", [], [], "r");
        records.Instead = () =>
        {
            records.Put(row, RecordJson.Write(new StoredReceipt(hash, receipt, TestClock.Start + Duration.FromHours(1))));
            return null;
        };
        return receipt;
    }
}
