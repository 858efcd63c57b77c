using System.Text;
using Azure.Storage.Queues;
using KetamineIntake.Azure.Records;
using KetamineIntake.Azure.Tests.Support;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Azure.Tests.Records;

/// <summary>From the outbox to the storage queues, and what became of messages that failed.</summary>
[Collection(nameof(StorageQueueTests))]
[NeedsEmulator]
public sealed class StorageQueueTests : IAsyncLifetime
{
    private static readonly Instant Now = Instant.FromUtc(2026, 12, 1, 14, 0);
    private TestStorage storage = null!;

    private QueueClient Purge => storage.Queues.GetQueueClient(Queues.Purge);

    private QueueClient Poison => storage.Queues.GetQueueClient(PoisonQueue.Of(Queues.Purge));

    private PoisonQueue Failed => new(storage.Queues, storage.Setup, storage.Records);

    public async Task InitializeAsync()
    {
        storage = await TestStorage.StartAsync();
        await storage.ClearQueuesAsync();
    }

    public Task DisposeAsync() => storage is null ? Task.CompletedTask : storage.DisposeAsync().AsTask();

    [Fact]
    public async Task Due_messages_of_the_outbox_reach_the_queue_and_leave_the_outbox()
    {
        var store = storage.Records.Open("northside");
        await store.CommitAsync([Outbox.Row(Message("draft|1"), Now), Outbox.Row(Message("draft|2"), Now + Duration.FromDays(1))], default);
        var released = await OutboxRelease.ReleaseAsync("northside", store, new StorageQueue(storage.Queues, storage.Setup), Now, default);
        var received = (await Purge.ReceiveMessagesAsync(32)).Value;

        Assert.Equal(1, released.Sent);
        Assert.Equal(Now + Duration.FromDays(1), released.NextDue);
        Assert.Equal(Message("draft|1"), MessageText.Read(Queues.Purge, Assert.Single(received).Body.ToString()));
    }

    [Fact]
    public async Task A_message_that_nobody_handles_never_expires_by_itself()
    {
        await new StorageQueue(storage.Queues, storage.Setup).SendAsync(Message("draft|1"), default);
        var peeked = Assert.Single((await Purge.PeekMessagesAsync(32)).Value);
        Assert.True(peeked.ExpiresOn > DateTimeOffset.UtcNow.AddYears(10), $"It would expire on {peeked.ExpiresOn}.");
    }

    [Fact]
    public async Task On_the_wire_a_message_is_base64_as_event_grid_writes_it_and_the_host_reads_it()
    {
        await new StorageQueue(storage.Queues, storage.Setup).SendAsync(Message("draft|1"), default);
        var plain = new QueueServiceClient((await Azurite.StartAsync()).ConnectionString).GetQueueClient(Queues.Purge);
        var text = Assert.Single((await plain.PeekMessagesAsync(32)).Value).Body.ToString();
        Assert.Equal("""{"clinic":"northside","subject":"draft|1"}""", Encoding.UTF8.GetString(Convert.FromBase64String(text)));
    }

    [Fact]
    public async Task A_clinic_sees_its_own_failed_messages_only()
    {
        await FailAsync("northside", "draft|1");
        await FailAsync("southside", "draft|2");
        await Poison.SendMessageAsync("not ours");
        var seen = Assert.Single(await Failed.ListAsync("northside", default));
        Assert.Equal(("purge", "draft|1", 5), (seen.Queue, seen.Subject, seen.Tries));
        Assert.Equal(3, (await Poison.PeekMessagesAsync(32)).Value.Length);
    }

    [Fact]
    public async Task A_failed_message_is_put_back_once()
    {
        await FailAsync("northside", "draft|1");
        var id = Assert.Single(await Failed.ListAsync("northside", default)).Id;
        Assert.True(await Failed.PutBackAsync("northside", id, default));
        Assert.False(await Failed.PutBackAsync("northside", id, default));
        Assert.Empty(await Failed.ListAsync("northside", default));
        Assert.Equal("draft|1", MessageText.Read(Queues.Purge, Assert.Single((await Purge.PeekMessagesAsync(32)).Value).Body.ToString()).Subject);
    }

    [Fact]
    public async Task A_message_behind_many_others_is_found_and_the_others_stay_in_sight()
    {
        for (var i = 0; i < 40; i++)
        {
            await FailAsync("southside", $"draft|{i}");
        }

        var receipt = await FailAsync("northside", "draft|x");
        Assert.True(await Failed.PutBackAsync("northside", $"purge.{receipt}", default));
        Assert.Equal(32, (await Poison.PeekMessagesAsync(32)).Value.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("purge")]
    [InlineData("purge.nonsense")]
    [InlineData("other.nonsense")]
    public async Task What_is_no_failed_message_of_the_clinic_is_not_put_back(string id) =>
        Assert.False(await Failed.PutBackAsync("northside", id, default));

    [Fact]
    public async Task Another_clinic_cannot_put_a_message_back_and_does_not_lose_it()
    {
        var id = await FailAsync("northside", "draft|1");
        Assert.False(await Failed.PutBackAsync("southside", $"purge.{id}", default));
        Assert.Single(await Failed.ListAsync("northside", default));
    }

    private static Message Message(string subject) => new(Queues.Purge, "northside", subject);

    private async Task<string> FailAsync(string clinic, string subject) =>
        (await Poison.SendMessageAsync(MessageText.Write(new Message(Queues.Purge, clinic, subject)))).Value.MessageId;
}
