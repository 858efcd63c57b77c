using KetamineIntake.Azure.Tests.Functions;
using KetamineIntake.Azure.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Names = KetamineIntake.Core.Records.Queues;

namespace KetamineIntake.Azure.Tests.Worker;

/// <summary>What the built worker tells its host of itself.</summary>
[Collection(nameof(WorkerFixture))]
[NeedsEmulator]
public sealed class WorkerFunctionsTests(WorkerFixture worker)
{
    [Fact]
    public void It_lists_each_function_of_the_code_and_no_other() =>
        Assert.Equal(Trigger.All.Select(t => t.Name).Order(StringComparer.Ordinal), worker.Host.Functions.Select(f => f.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void It_lists_each_route_as_the_code_declares_it() =>
        Assert.Equal(
            Trigger.Of<HttpTriggerAttribute>().Select(t => (t.Name, t.Binding.Route)).Order(),
            worker.Host.Functions.Where(f => f.Trigger == "httpTrigger").Select(f => (f.Name, f.Route)).Order());

    [Fact]
    public void It_listens_to_each_queue_once() =>
        Assert.Equal(Names.All.Order(StringComparer.Ordinal), worker.Host.Functions.Select(f => f.Queue).OfType<string>().Order(StringComparer.Ordinal));

    [Fact]
    public void Its_timers_take_their_schedules_from_settings() =>
        Assert.Equal(["%FlagLabsSchedule%", "%ReleaseMessagesSchedule%"], worker.Host.Functions.Select(f => f.Schedule).OfType<string>().Order(StringComparer.Ordinal));
}
