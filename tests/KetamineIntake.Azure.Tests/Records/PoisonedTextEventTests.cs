using System.Net;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using KetamineIntake.Azure.Records;
using KetamineIntake.Azure.Tests.Support;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Events;
using NodaTime;

namespace KetamineIntake.Azure.Tests.Records;

/// <summary>Events about texts that failed: they lie in their queue as Event Grid wrote them, without a clinic's name.</summary>
[Collection(nameof(StorageQueueTests))]
[NeedsEmulator]
public sealed class PoisonedTextEventTests : IAsyncLifetime
{
    private const string Received =
        """{"id":"e1","eventType":"Microsoft.Communication.SMSReceived","data":{"from":"12125550123","to":"18005550100","message":"STOP Zqxwords"}}""";

    private const string Report =
        """{"id":"e2","eventType":"Microsoft.Communication.SMSDeliveryReportReceived","data":{"messageId":"m","from":"+18005550100","to":"+12125550123","deliveryStatus":"Failed"}}""";

    private TestStorage storage = null!;

    private QueueClient Waiting => storage.Queues.GetQueueClient(Queues.SmsEvents);

    private QueueClient Poison => storage.Queues.GetQueueClient(PoisonQueue.Of(Queues.SmsEvents));

    private PoisonKeeper Keeper => new(storage.UndecodedQueues, storage.Setup);

    private PoisonQueue Failed => new(storage.Queues, storage.Setup, storage.Records);

    public async Task InitializeAsync()
    {
        storage = await TestStorage.StartAsync();
        await storage.ClearQueuesAsync();
        foreach (var (slug, number) in new[] { ("northside", "+18005550100"), ("westside", "+18005550100"), ("southside", "+18005550111") })
        {
            var clinic = new Clinic(slug, slug, "America/New_York", number, true, "iv-ketamine", ClinicOverrides.None, Instant.FromUtc(2026, 12, 1, 14, 0));
            await storage.Records.Open(Rows.Global).CommitAsync([ClinicNumbers.Row(clinic)], default);
        }
    }

    public Task DisposeAsync() => storage is null ? Task.CompletedTask : storage.DisposeAsync().AsTask();

    [Theory]
    [InlineData(Received, "text from a patient")]
    [InlineData($"[{Report}]", "delivery report")]
    public async Task The_clinics_whose_number_it_names_see_it_without_the_patients_number_and_words(string json, string subject)
    {
        await Poison.SendMessageAsync(json);
        var seen = Assert.Single(await Failed.ListAsync("northside", default));
        Assert.Equal((Queues.SmsEvents, subject), (seen.Queue, seen.Subject));
        Assert.Single(await Failed.ListAsync("westside", default));
        Assert.Empty(await Failed.ListAsync("southside", default));
        Assert.DoesNotContain("2125550123", $"{seen}", StringComparison.Ordinal);
        Assert.DoesNotContain("Zqx", $"{seen}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clinic_puts_its_own_back_as_it_was()
    {
        await Poison.SendMessageAsync(Received);
        var id = Assert.Single(await Failed.ListAsync("northside", default)).Id;
        Assert.False(await Failed.PutBackAsync("southside", id, default));
        Assert.True(await Failed.PutBackAsync("northside", id, default));
        Assert.Empty((await Poison.PeekMessagesAsync(32)).Value);
        Assert.Equal(Received, Assert.Single((await Waiting.PeekMessagesAsync(32)).Value).Body.ToString());
    }

    [Theory]
    [InlineData("""{"id":"e","eventType":"Microsoft.Communication.SMSReceived","data":{"from":"+12125550123","to":"+18005550199","message":"STOP"}}""")]
    [InlineData("""{"id":"e","eventType":"Microsoft.Communication.SMSReceived","data":{}}""")]
    [InlineData("""{"id":"e","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"c"}}""")]
    [InlineData("nonsense")]
    public async Task What_names_no_clinics_number_is_shown_to_nobody_and_still_counted(string json)
    {
        await Poison.SendMessageAsync(json);
        Assert.Empty(await Failed.ListAsync("northside", default));
        Assert.Equal([(Queues.SmsEvents, 1)], await Failed.CountAsync(default));
    }

    [Fact]
    public async Task An_event_in_another_queue_is_nobodys()
    {
        await storage.Queues.GetQueueClient(PoisonQueue.Of(Queues.Purge)).SendMessageAsync(Received);
        Assert.Empty(await Failed.ListAsync("northside", default));
    }

    [Fact]
    public async Task A_message_that_is_not_base64_hides_no_other()
    {
        await new QueueServiceClient((await Azurite.StartAsync()).ConnectionString).GetQueueClient(PoisonQueue.Of(Queues.SmsEvents)).SendMessageAsync("<not base64>");
        await Poison.SendMessageAsync(Received);
        var id = Assert.Single(await Failed.ListAsync("northside", default)).Id;
        Assert.True(await Failed.PutBackAsync("northside", id, default));
    }

    [Fact]
    public async Task A_failed_message_no_longer_runs_out_of_time_once_the_timer_saw_it()
    {
        await Poison.SendMessageAsync(Received, timeToLive: TimeSpan.FromDays(7));
        await Poison.SendMessageAsync(Report, timeToLive: TimeSpan.FromSeconds(-1));
        await Keeper.KeepAsync(default);
        PeekedMessage[] kept = await Poison.PeekMessagesAsync(32);
        await Keeper.KeepAsync(default);
        PeekedMessage[] again = await Poison.PeekMessagesAsync(32);

        Assert.Equal([Received, Report], kept.Select(message => message.Body.ToString()).Order(StringComparer.Ordinal));
        Assert.All(kept, message => Assert.True(message.ExpiresOn > DateTimeOffset.UtcNow.AddYears(10), $"It would expire on {message.ExpiresOn}."));
        Assert.Equal(kept.Select(message => message.MessageId), again.Select(message => message.MessageId));
    }

    [Fact]
    public async Task One_that_is_no_base64_is_kept_too_and_as_it_is()
    {
        var raw = storage.UndecodedQueues.GetQueueClient(PoisonQueue.Of(Queues.SmsEvents));
        await raw.SendMessageAsync(Received, timeToLive: TimeSpan.FromDays(7));
        await Keeper.KeepAsync(default);

        var kept = Assert.Single((await raw.PeekMessagesAsync(32)).Value);
        Assert.Equal(Received, kept.Body.ToString());
        Assert.True(kept.ExpiresOn > DateTimeOffset.UtcNow.AddYears(10), $"It would expire on {kept.ExpiresOn}.");
    }

    [Fact]
    public async Task One_that_lies_behind_many_is_kept_too()
    {
        for (var i = 0; i < 33; i++)
        {
            await Poison.SendMessageAsync($"{i}", timeToLive: TimeSpan.FromSeconds(-1));
        }

        await Poison.SendMessageAsync(Received, timeToLive: TimeSpan.FromDays(7));
        await Keeper.KeepAsync(default);
        var kept = new List<QueueMessage>();
        while (await Poison.ReceiveMessagesAsync(32) is { Value: { Length: > 0 } batch })
        {
            kept.AddRange(batch);
        }

        Assert.Equal(34, kept.Count);
        Assert.All(kept, message => Assert.True(message.ExpiresOn > DateTimeOffset.UtcNow.AddYears(10)));
    }

    [Fact]
    public async Task One_that_could_not_be_sent_anew_stays_as_it_is()
    {
        await Poison.SendMessageAsync(Received);
        var refusing = storage.QueuesOver(new RefusingTransport(request => request.Method == HttpMethod.Post, HttpStatusCode.ServiceUnavailable));
        await new PoisonKeeper(refusing, storage.Setup).KeepAsync(default);
        Assert.Equal(1, (await Poison.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task A_search_that_outlived_its_hold_on_the_messages_is_no_outage()
    {
        await Poison.SendMessageAsync("another");
        await Poison.SendMessageAsync(Received);
        var id = Assert.Single(await Failed.ListAsync("northside", default)).Id;
        var stale = storage.QueuesOver(new RefusingTransport(request => request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete, HttpStatusCode.NotFound));

        Assert.True(await new PoisonQueue(stale, storage.Setup, storage.Records).PutBackAsync("northside", id, default));
        Assert.Equal(Received, Assert.Single((await Waiting.PeekMessagesAsync(32)).Value).Body.ToString());
    }
}
