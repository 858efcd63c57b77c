using System.Text.Json;
using Azure.Storage.Queues;
using KetamineIntake.Azure.Records;
using KetamineIntake.Azure.Tests.Support;
using KetamineIntake.Azure.Tests.Worker.Rpc;
using Names = KetamineIntake.Core.Records.Queues;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>Each queue of the built worker with a good, a throwing and a poison message; timers; an event of Event Grid.</summary>
[Collection(nameof(WorkerFixture))]
[NeedsEmulator]
public sealed class WorkerQueueTests(WorkerFixture worker)
{
    public static TheoryData<string, string> Good => new()
    {
        { Names.Purge, """{"clinic":"northside","subject":"draft|00000000000000000000000000"}""" },
        { Names.Labs, """{"clinic":"northside","subject":"sweep"}""" },
        { Names.Reminders, """{"clinic":"northside","subject":"reminder|00000000000000000000000000|gone"}""" },
        { Names.Plans, """{"clinic":"northside","subject":"00000000000000000000000000"}""" },
        { Names.TextAnswers, """{"clinic":"northside","subject":"answer|gone"}""" },
        { Names.Consents, """{"clinic":"northside","subject":"phone|00aa"}""" },
        { Names.SmsEvents, """{"id":"e1","eventType":"Microsoft.Communication.SMSReceived","eventTime":"2026-12-01T15:00:00Z","data":{"messageId":"m1","from":"+12125550123","to":"+18005550100","message":"hello","receivedTimestamp":"2026-12-01T15:00:00Z"}}""" },
    };

    [Fact]
    public void Every_queue_there_is_stands_in_the_list_of_these_tests() =>
        Assert.Equal(Names.All.Order(StringComparer.Ordinal), Good.Select(row => (string)row[0]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_message_whose_work_is_done_already_is_taken(string queue, string text)
    {
        await worker.ClinicsAreMadeAsync();
        var answer = await worker.Host.QueueAsync(Function(queue), text);
        Assert.True(answer.Result.Status == StatusResult.Types.Status.Success, answer.Result.Exception?.Message);
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task What_is_no_message_fails_five_times_lies_with_the_poison_and_is_told_at_the_next_minute(string queue, string good)
    {
        Assert.NotEmpty(good);
        await worker.ClinicsAreMadeAsync();
        var poison = worker.Queues.GetQueueClient(PoisonQueue.Of(queue));
        await poison.ClearMessagesAsync();
        await worker.Queues.GetQueueClient(queue).SendMessageAsync("no message at all");
        await worker.Pump.DrainAsync();

        Assert.Equal(1, (await poison.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        Assert.Equal(StatusResult.Types.Status.Success, (await worker.Host.TimerAsync("ReleaseMessages")).Result.Status);
        Assert.Contains(worker.Host.Logs, l => l.Message.Contains($"Failed messages wait in the queue {PoisonQueue.Of(queue)}: 1", StringComparison.Ordinal));
        await poison.ClearMessagesAsync();
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task What_a_handler_throws_is_told_to_the_host_without_the_message(string queue, string good)
    {
        Assert.NotEmpty(good);
        var answer = await worker.Host.QueueAsync(Function(queue), """{"clinic":"Zqx patient words","subject":7}""");
        Assert.Equal(StatusResult.Types.Status.Failure, answer.Result.Status);
        Assert.DoesNotContain("Zqx", answer.Result.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ReleaseMessages")]
    [InlineData("FlagLabs")]
    public async Task Both_timers_run_and_a_late_one_says_so(string timer)
    {
        await worker.ClinicsAreMadeAsync();
        Assert.Equal(StatusResult.Types.Status.Success, (await worker.Host.TimerAsync(timer)).Result.Status);
        Assert.Equal(StatusResult.Types.Status.Success, (await worker.Host.TimerAsync(timer, isLate: true)).Result.Status);
        Assert.Contains(worker.Host.Logs, l => l.Message.StartsWith($"The timer {timer} runs late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_Event_Grid_puts_into_the_queue_is_taken_once_and_leaves_nothing_behind()
    {
        await worker.ClinicsAreMadeAsync();
        var stop = JsonSerializer.Serialize(new
        {
            id = "stop-1",
            eventType = "Microsoft.Communication.SMSReceived",
            eventTime = DateTime.UtcNow,
            data = new { messageId = "m-stop", from = "+12125550177", to = "+18005550100", message = "I want to die", receivedTimestamp = DateTime.UtcNow },
        });
        await worker.Queues.GetQueueClient(Names.SmsEvents).SendMessageAsync(stop);
        await worker.Pump.DrainAsync();
        Assert.Equal(0, (await worker.Queues.GetQueueClient(Names.SmsEvents).GetPropertiesAsync()).Value.ApproximateMessagesCount);
        Assert.Equal(0, (await worker.Queues.GetQueueClient(PoisonQueue.Of(Names.SmsEvents)).GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    private string Function(string queue) => worker.Host.Functions.Single(f => f.Queue == queue).Name;
}
