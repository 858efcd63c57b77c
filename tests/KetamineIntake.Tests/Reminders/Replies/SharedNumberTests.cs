using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Replies;

/// <summary>Numbers under which many records stand, and numbers of ours behind which several clinics do.</summary>
public class SharedNumberTests
{
    private const string Ours = "+12125550199";
    private const int Forms = 10_000;

    [Fact]
    public async Task A_stop_is_one_row_and_one_message_however_many_forms_name_the_number_and_all_plans_follow()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var hash = await clinic.Phones.HashAsync(clinic.Context, TestClinic.Kim.Phone, default);
        await AddFormsAsync(clinic, hash);
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T11:00"));

        await clinic.ReceiveAsync("STOP");
        var waiting = await MessagesAsync(clinic, clinic.Clock.Now);
        Assert.Equal([Queues.Consents, Queues.TextAnswers], waiting.Select(m => m.Queue).Order(StringComparer.Ordinal));
        await clinic.DeliverAsync(SmallClinic.At("2026-12-03T00:00"));

        Assert.Single((await PhoneBook.LedgerAsync(clinic.Context, hash, default)).Ledger.Entries);
        Assert.All((await clinic.RemindersAsync(patient)).Where(r => r.Template is not (ReminderTemplate.OptIn or ReminderTemplate.Booked)), r => Assert.Equal("cancelled", r.StatusWord()));
        Assert.Single(clinic.Sender.Texts, t => t.Text.Body.Contains("unsubscribed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Among_ten_thousand_forms_an_answer_and_a_question_are_those_of_the_patient_whom_we_text()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await AddFormsAsync(clinic, await clinic.Phones.HashAsync(clinic.Context, TestClinic.Kim.Phone, default));
        var patient = await clinic.PatientAsync(TestClinic.Kim with { SmsConsent = true, Language = "es" });
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:05"));
        await clinic.ReceiveAsync("C");
        await clinic.ReceiveAsync("I want to die");
        await clinic.DeliverAsync(clinic.Clock.Now);

        Assert.NotNull((await clinic.Visits.RunAsync(clinic.Context, patient, clinic.Ana, default))!.Appointments[0].ConfirmedAt);
        var note = Assert.Single(await clinic.NotesAsync());
        Assert.Equal((NoteKind.Crisis, patient, true), (note.Kind, note.PatientIds[0], note.HasMorePatients));
        Assert.InRange(note.PatientIds.Count, 1, KnownNumber.MostNamed);
        Assert.Contains("si piensa en hacerse", clinic.Sender.Texts[^1].Text.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C")]
    [InlineData("R")]
    [InlineData("Where do I park?")]
    [InlineData("Sorry I didn't mean to stop the texts")]
    [InlineData("HELP")]
    public async Task What_is_written_to_a_number_of_two_clinics_is_heard_by_the_one_whose_text_came_last(string words)
    {
        await using var clinic = await TextingClinic.StartAsync("2026-11-30T18:05");
        var south = await SouthsideAsync(clinic);
        var here = await AskedAsync(clinic, clinic.Context, "2026-11-30T18:01");
        var there = await AskedAsync(clinic, south, "2026-11-30T18:03");
        var text = new SmsEvent.Received("e1", TestClinic.Kim.Phone, Ours, words, clinic.Clock.Now);

        await clinic.Events.RunAsync(text, default);

        Assert.Equal((false, words == "C"), (await IsConfirmedAsync(clinic.Context, here), await IsConfirmedAsync(south, there)));
        Assert.Empty(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default));
        Assert.Equal(words is "C" or "HELP" ? 0 : 1, (await clinic.Notes.ListAsync(south, clinic.Ana, default)).Count);

        // The event comes again after the other clinic has texted too.
        await PutAsync(clinic, clinic.Context, here, "2026-11-30T18:06");
        clinic.Clock.Now = SmallClinic.At("2026-11-30T18:07");
        await clinic.Events.RunAsync(text, default);
        await clinic.Events.RunAsync(text with { At = null }, default);

        Assert.False(await IsConfirmedAsync(clinic.Context, here));
        Assert.Empty(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default));
    }

    [Fact]
    public async Task An_answer_that_was_written_before_the_other_clinic_texted_belongs_to_the_first()
    {
        await using var clinic = await TextingClinic.StartAsync("2026-11-30T18:05");
        var south = await SouthsideAsync(clinic);
        var here = await AskedAsync(clinic, clinic.Context, "2026-11-30T18:01");
        var there = await AskedAsync(clinic, south, "2026-11-30T18:03");

        await clinic.Events.RunAsync(new SmsEvent.Received("e1", TestClinic.Kim.Phone, Ours, "C", SmallClinic.At("2026-11-30T18:02")), default);

        Assert.Equal((true, false), (await IsConfirmedAsync(clinic.Context, here), await IsConfirmedAsync(south, there)));
    }

    [Fact]
    public async Task Where_none_has_texted_every_clinic_that_knows_the_number_hears_a_question()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var south = await SouthsideAsync(clinic);
        await AddPatientAsync(clinic, clinic.Context);
        await AddPatientAsync(clinic, south);
        await clinic.ReceiveAsync("Where do I park?");

        Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default));
        Assert.Single(await clinic.Notes.ListAsync(south, clinic.Ana, default));
    }

    private static async Task AddFormsAsync(TextingClinic clinic, string hash)
    {
        foreach (var some in Enumerable.Range(0, Forms).Select(_ => RowId.New()).Chunk(50))
        {
            await clinic.Context.Records.CommitAsync(
                [
                    .. some.Select(id => PhoneBook.Entry(hash, id)),
                    .. some.Select(id => new Change.Insert(Rows.Patient(id), RecordJson.Write(TestClinic.Kim.ToPatient(id, clinic.Clock.Now)))),
                ],
                default);
        }

        await clinic.Context.Records.CommitAsync([new Change.Upsert(Rows.PhonesIndexed, RecordJson.Write(new IndexedPhones(null, true, 2)))], default);
    }

    private static async Task<List<Message>> MessagesAsync(TextingClinic clinic, Instant until)
    {
        var messages = new List<Message>();
        await foreach (var row in clinic.Context.Records.ListAsync(Rows.OutboxDueBy(until), default))
        {
            messages.Add(Outbox.Read(row));
        }

        return messages;
    }

    private static async Task<ClinicContext> SouthsideAsync(TextingClinic clinic)
    {
        Assert.Empty((await clinic.Clinics.RunAsync(new NewClinic("southside", "Southside Care", "America/New_York", "+12125550166", true, Ours), default)).Faults);
        return (await new ClinicDirectory(clinic.Stores, clinic.Context.Protocol).FindAsync("southside", default))!;
    }

    private static async Task<string> AddPatientAsync(TextingClinic clinic, ClinicContext context)
    {
        var id = RowId.New();
        var hash = await clinic.Phones.HashAsync(context, TestClinic.Kim.Phone, default);
        await context.Records.CommitAsync(
            [new Change.Insert(Rows.Patient(id), RecordJson.Write(TestClinic.Kim.ToPatient(id, clinic.Clock.Now))), PhoneBook.Entry(hash, id)], default);
        return id;
    }

    /// <summary>A patient with a visit about which a text asked.</summary>
    private static async Task<string> AskedAsync(TextingClinic clinic, ClinicContext context, string at)
    {
        var id = await AddPatientAsync(clinic, context);
        var visit = SmallClinic.Visit("2026-12-01T14:00", VisitOf(id)) with { PatientId = id };
        var text = new Reminder(VisitOf(id), id, ReminderTemplate.DayBefore, visit.Id, 1, null, SmallClinic.At(at), visit.StartsAt, "text", "why", ReminderStatus.Sent, 1, null, SmallClinic.At(at), "m", true);
        await context.Records.CommitAsync(
            [new Change.Insert(Rows.Appointment(id, visit.Id), RecordJson.Write(visit)), new Change.Insert(Rows.Reminder(id, text.Id), RecordJson.Write(text))], default);
        await PutAsync(clinic, context, id, at);
        return id;
    }

    private static async Task PutAsync(TextingClinic clinic, ClinicContext context, string id, string at)
    {
        var hash = await clinic.Phones.HashAsync(context, TestClinic.Kim.Phone, default);
        var texted = new TextedPatient(id, SmallClinic.At(at), new AskedVisit(VisitOf(id), VisitOf(id), 1, SmallClinic.At(at)));
        await context.Records.CommitAsync([new Change.Upsert(Rows.Texted(hash, id), RecordJson.Write(texted))], default);
    }

    private static string VisitOf(string patient) => patient;

    private static async Task<bool> IsConfirmedAsync(ClinicContext context, string id) =>
        RecordJson.Read<Core.Appointments.Appointment>((await context.Records.FindAsync(Rows.Appointment(id, VisitOf(id)), default))!).ConfirmedAt is not null;
}
