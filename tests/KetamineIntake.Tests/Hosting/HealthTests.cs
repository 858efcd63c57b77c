using System.Net;
using KetamineIntake.Core.Records;
using KetamineIntake.Tests.Reminders;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Hosting;

/// <summary>Issue 14, point 5: readiness writes, liveness asks nothing of the store.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task On_a_full_disk_the_program_is_alive_and_not_ready()
    {
        var full = new FullDisk();
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z", full.Around);
        full.IsFull = true;

        using var ready = await app.Client.GetAsync("/api/v1/health");
        using var live = await app.Client.GetAsync("/api/v1/health/live");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
        Assert.Equal("{\"status\":\"ok\"}", await live.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_write_is_tried_once_in_five_seconds_however_many_ask_and_its_outcome_is_told_until_then()
    {
        var full = new FullDisk();
        await using var app = await LocalApp.StartAsync("2026-11-16T15:00:00Z", full.Around);

        for (var i = 0; i < 20; i++)
        {
            using var answer = await app.Client.GetAsync("/api/v1/health");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        full.IsFull = true;
        using var within = await app.Client.GetAsync("/api/v1/health");
        await Task.Delay(TimeSpan.FromSeconds(5.2));
        using var behind = await app.Client.GetAsync("/api/v1/health");

        Assert.InRange(full.HealthWrites, 1, 2);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (within.StatusCode, behind.StatusCode));
    }

    private sealed class FullDisk
    {
        private int writes;

        public bool IsFull { get; set; }

        public int HealthWrites => writes;

        public IRecordStores Around(IRecordStores stores) => new MeddlingStores(stores)
        {
            BeforeCommit = changes =>
            {
                writes += changes.Any(c => c.Key == "health") ? 1 : 0;
                return IsFull ? throw new RecordStoreException("No room.", null, isFull: true) : Task.FromResult(false);
            },
        };
    }
}
