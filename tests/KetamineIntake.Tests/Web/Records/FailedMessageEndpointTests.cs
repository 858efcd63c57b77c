using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Records;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Web.Records;

public sealed class FailedMessageEndpointTests(IntakeApp app) : IClassFixture<IntakeApp>
{
    [Fact]
    public async Task Staff_see_a_message_that_failed_five_tries_and_put_it_back_once()
    {
        await FailAsync("draft|one");
        var shown = Assert.Single(await ListAsync(IntakeApp.Here))!;

        Assert.Equal(("purge", "draft|one", 5), (shown["queue"]!.GetValue<string>(), shown["subject"]!.GetValue<string>(), shown["tries"]!.GetValue<int>()));
        Assert.Equal(HttpStatusCode.NoContent, await RetryAsync(IntakeApp.Here, shown["id"]!.GetValue<string>()));
        Assert.Empty(await ListAsync(IntakeApp.Here));
        Assert.Equal(HttpStatusCode.NotFound, await RetryAsync(IntakeApp.Here, shown["id"]!.GetValue<string>()));
        Assert.Equal("draft|one", await FinishAsync());
    }

    [Fact]
    public async Task Another_clinic_neither_sees_nor_puts_back_the_message()
    {
        await FailAsync("draft|two");
        var id = (await ListAsync(IntakeApp.Here)).Single()!["id"]!.GetValue<string>();

        Assert.Empty(await ListAsync(IntakeApp.Elsewhere));
        Assert.Equal(HttpStatusCode.NotFound, await RetryAsync(IntakeApp.Elsewhere, id));
        Assert.Equal(HttpStatusCode.NoContent, await RetryAsync(IntakeApp.Here, id));
        Assert.Equal("draft|two", await FinishAsync());
    }

    private async Task FailAsync(string subject)
    {
        await app.Queue.SendAsync(new Message(Queues.Purge, IntakeApp.Here, subject), default);
        for (var tries = 0; tries < SqliteQueue.MaximumTries; tries++)
        {
            var delivery = await app.Queue.ReceiveAsync(null, app.Clock.Now, Duration.FromMinutes(5), default);
            await app.Queue.FailAsync(delivery!.Receipt, "Broken", app.Clock.Now, app.Clock.Now, default);
        }
    }

    /// <summary>The subject of the message that is due, which is done then.</summary>
    private async Task<string> FinishAsync()
    {
        var delivery = await app.Queue.ReceiveAsync(null, app.Clock.Now, Duration.FromMinutes(5), default);
        await app.Queue.CompleteAsync(delivery!.Receipt, default);
        return delivery.Message.Subject;
    }

    private async Task<JsonArray> ListAsync(string clinic)
    {
        using var answer = await app.GetAsync(IntakeApp.Path("failed-messages", clinic), app.Clinics[clinic].ClinicianKey);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["items"]!.AsArray();
    }

    private async Task<HttpStatusCode> RetryAsync(string clinic, string id)
    {
        using var answer = await app.PostAsync(IntakeApp.Path($"failed-messages/{id}/retry", clinic), null, app.Clinics[clinic].ClinicianKey);
        return answer.StatusCode;
    }
}
