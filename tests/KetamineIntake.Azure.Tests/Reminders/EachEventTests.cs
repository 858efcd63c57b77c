using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Functions;
using KetamineIntake.Tests.Reminders;
using KetamineIntake.Tests.Reminders.Events;
using KetamineIntake.Tests.Reminders.Sending;
using Microsoft.Extensions.Logging.Abstractions;

namespace KetamineIntake.Azure.Tests.Reminders;

public class EachEventTests
{
    private const string Theirs = "+12125550123";

    [Fact]
    public async Task An_event_that_fails_keeps_none_behind_it_from_being_heard_and_the_first_failure_is_told()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.PatientAsync();

        var failure = await Assert.ThrowsAsync<RecordStoreException>(
            () => Handle(clinic).RunEachAsync([Text("broken-1", "hello"), Text("fine", "I want to die"), Text("broken-2", "hello")], default));

        Assert.Equal("broken-1", failure.Message);
        Assert.Equal(NoteKind.Crisis, Assert.Single(await clinic.NotesAsync()).Kind);
    }

    [Fact]
    public async Task A_host_that_stops_is_not_kept()
    {
        await using var clinic = await TextingClinic.StartAsync();
        using var stopping = new CancellationTokenSource();
        var handle = Handle(clinic, stopping.Cancel);

        await Assert.ThrowsAnyAsync<Exception>(() => handle.RunEachAsync([Text("broken-1", "hello"), Text("fine", "I want to die")], stopping.Token));

        Assert.Empty(await clinic.NotesAsync());
    }

    [Fact]
    public async Task In_a_queues_message_too_a_stop_behind_an_event_that_fails_counts()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.PatientAsync();
        var triggers = new QueueTriggers(clinic.Stores, null!, null!, null!, null!, null!, null!, Handle(clinic), NullLogger<QueueTriggers>.Instance);
        var events = $"[{Json("broken-1", "hello")},{Json("fine", "STOP")}]";

        await Assert.ThrowsAsync<RecordStoreException>(() => triggers.SmsEventsFromGrid(events, default));

        var hash = await clinic.Phones.HashAsync(clinic.Context, Theirs, default);
        Assert.True((await PhoneBook.LedgerAsync(clinic.Context, hash, default)).Ledger.IsOptedOut());
    }

    private static SmsEvent.Received Text(string id, string words) => new(id, Theirs, "+12125550199", words, null);

    private static string Json(string id, string words) =>
        $$$"""{"id":"{{{id}}}","eventType":"Microsoft.Communication.SMSReceived","data":{"from":"{{{Theirs}}}","to":"+12125550199","message":"{{{words}}}"}}""";

    /// <summary>Cannot keep an event whose id says that it is broken.</summary>
    private static HandleSmsEvent Handle(TextingClinic clinic, Action? meanwhile = null)
    {
        string[] broken = ["broken-1", "broken-2"];
        var stores = new MeddlingStores(clinic.Stores)
        {
            BeforeCommit = changes =>
            {
                if (Array.Find(broken, id => changes.Any(c => c.Key == Rows.Event(id))) is not { } id)
                {
                    return Task.FromResult(false);
                }

                meanwhile?.Invoke();
                throw new RecordStoreException(id);
            },
        };
        return new HandleSmsEvent(new ClinicDirectory(stores, clinic.Context.Protocol), stores, new PhoneBook(stores), new SiteAddress(), clinic.Clock);
    }
}
