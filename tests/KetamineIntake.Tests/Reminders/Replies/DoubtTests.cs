using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Replies;

/// <summary>A text that may ask for no more of them, from the moment it is heard until somebody, or the end of the next business day, has decided.</summary>
public class DoubtTests
{
    private const string Doubtful = "Sorry I didn't mean to stop the texts";

    // The text comes on Monday at eleven; the clinic is open on weekdays until seven.
    private static readonly Instant Deadline = SmallClinic.At("2026-11-17T19:00");

    [Fact]
    public async Task What_was_meant_is_asked_once_a_person_decides_and_until_then_only_texts_for_the_visits_safety_go()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await BookedAsync(clinic);
        await DoubtAsync(clinic);
        await DoubtAsync(clinic);

        Assert.Single(clinic.Sender.Texts, t => t.Text.Body.Contains("did you want no more texts?", StringComparison.Ordinal));
        var notes = await clinic.NotesAsync();
        Assert.Equal(2, notes.Count);
        Assert.All(notes, n => Assert.Equal((NoteKind.MayOptOut, Doubtful, Deadline, true), (n.Kind, n.Words, n.Question!.DecideBy, n.IsQuestion)));
        Assert.All(
            await clinic.RemindersAsync(patient),
            r => Assert.Equal(r.Template == ReminderTemplate.Booked ? "sent" : VisitSafety.IsVisitSafety(r.Template) ? "planned" : "cancelled", r.StatusWord()));
        Assert.Contains("may want no more texts", (await clinic.ReminderAsync(patient, ReminderTemplate.WeekBefore)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_was_due_at_that_moment_does_not_go_unless_the_visits_safety_needs_it()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await BookedAsync(clinic);
        clinic.Clock.Now = SmallClinic.At("2026-11-30T18:00");
        await clinic.ReceiveAsync(Doubtful);
        foreach (var template in new[] { ReminderTemplate.WeekBefore, ReminderTemplate.DayBefore })
        {
            var due = await clinic.ReminderAsync(patient, template) with { SendAt = clinic.Clock.Now, ActionableBy = clinic.Clock.Now + Duration.FromHours(2) };
            await clinic.PutAsync(due);
            await clinic.DeliverAsync(clinic.MessageOf(due));
        }

        Assert.Equal("dropped", (await clinic.ReminderAsync(patient, ReminderTemplate.WeekBefore)).StatusWord());
        Assert.Equal("sent", (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).StatusWord());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_decision_settles_it_and_a_second_is_told_that_nothing_is_open(bool optsOut)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await BookedAsync(clinic);
        await DoubtAsync(clinic);
        var note = Assert.Single(await clinic.NotesAsync());

        Assert.False(await clinic.Notes.CloseAsync(clinic.Context, note.Id, clinic.Ana, default));
        Assert.True(await clinic.Decide.RunAsync(clinic.Context, note.Id, optsOut, clinic.Ana, default));
        Assert.False(await clinic.Decide.RunAsync(clinic.Context, note.Id, !optsOut, clinic.Ana, default));
        var at = clinic.Clock.Now;
        await clinic.DeliverAsync(Deadline, times: 2);

        var ledger = await LedgerAsync(clinic, clinic.Context);
        Assert.Equal((optsOut, false), (ledger.IsOptedOut(), ledger.IsInDoubt()));
        Assert.Equal(optsOut ? [("decided", clinic.Ana.Id)] : [], ledger.Entries.Select(e => (e.How, e.By)));
        Assert.Equal(optsOut ? "cancelled" : "planned", (await clinic.ReminderAsync(patient, ReminderTemplate.WeekBefore)).StatusWord());
        Assert.Equal(optsOut ? "cancelled" : "planned", (await clinic.ReminderAsync(patient, ReminderTemplate.DayBefore)).StatusWord());
        var closed = RecordJson.Read<StaffNote>((await clinic.Context.Records.FindAsync(Rows.Note(false, false, note.At, note.Id), default))!);
        Assert.Equal((optsOut, clinic.Ana.Id, at), (closed.Question!.OptsOut, closed.Question.By, closed.Question.DecidedAt));
        Assert.Contains(await AuditAsync(clinic), a => a.Action == (optsOut ? "note.opt-out" : "note.keep") && a.By == clinic.Ana.Id);
        Assert.DoesNotContain(clinic.Sender.Texts, t => t.Text.Body.Contains("unsubscribed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Undecided_at_the_end_of_the_next_business_day_it_is_an_opt_out_and_somebody_is_asked_to_call_about_the_visit()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await BookedAsync(clinic);
        await DoubtAsync(clinic);
        await clinic.DeliverAsync(Deadline - Duration.FromSeconds(1));
        Assert.False((await LedgerAsync(clinic, clinic.Context)).IsOptedOut());

        await clinic.DeliverAsync(Deadline, times: 2);

        Assert.Equal((false, "deadline", Deadline), Assert.Single((await LedgerAsync(clinic, clinic.Context)).Entries) is var entry ? (entry.Allows, entry.How, entry.At) : default);
        Assert.All((await clinic.RemindersAsync(patient)).Where(r => r.Template is not (ReminderTemplate.OptIn or ReminderTemplate.Booked)), r => Assert.Equal("cancelled", r.StatusWord()));
        var notes = await clinic.NotesAsync();
        Assert.Equal([NoteKind.OptedOut, NoteKind.Visits], notes.Select(n => n.Kind).Order());
        Assert.True(await clinic.Notes.CloseAsync(clinic.Context, notes.Single(n => n.Kind == NoteKind.OptedOut).Id, clinic.Ana, default));
    }

    [Theory]
    [InlineData("START", false, new[] { true })]
    [InlineData("STOP", true, new[] { false })]
    public async Task A_clear_word_afterwards_decides_and_the_deadline_adds_nothing(string word, bool isOptedOut, bool[] entries)
    {
        await using var clinic = await TextingClinic.StartAsync();
        await BookedAsync(clinic);
        await DoubtAsync(clinic);
        clinic.Clock.Advance(Duration.FromMinutes(1));
        await clinic.ReceiveAsync(word);
        await clinic.DeliverAsync(Deadline, times: 2);

        var ledger = await LedgerAsync(clinic, clinic.Context);
        Assert.Equal((isOptedOut, false), (ledger.IsOptedOut(), ledger.IsInDoubt()));
        Assert.Equal(entries, ledger.Entries.Select(e => e.Allows));
    }

    [Theory]
    [InlineData("START")]
    [InlineData("STOP")]
    public async Task A_doubtful_text_that_was_written_before_a_clear_one_and_comes_after_it_puts_nothing_in_doubt(string word)
    {
        await using var clinic = await TextingClinic.StartAsync();
        await BookedAsync(clinic);
        await clinic.ReceiveAsync(word);
        await clinic.Events.RunAsync(
            new SmsEvent.Received(RowId.New(), TestClinic.Kim.Phone, "+12125550199", Doubtful, clinic.Clock.Now - Duration.FromMinutes(2)), default);
        await clinic.DeliverAsync(Deadline);

        var ledger = await LedgerAsync(clinic, clinic.Context);
        Assert.Equal((word == "STOP", false, 1), (ledger.IsOptedOut(), ledger.IsInDoubt(), ledger.Entries.Count));
        Assert.Contains(await clinic.NotesAsync(), n => n.Kind == NoteKind.Reply && n.Words == Doubtful);
        Assert.DoesNotContain(clinic.Sender.Texts, t => t.Text.Body.Contains("did you want no more texts?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(299, 1)]
    [InlineData(300, 0)]
    public async Task Nobody_is_asked_later_than_five_minutes_after_the_text(int seconds, int asked)
    {
        await using var clinic = await TextingClinic.StartAsync();
        await clinic.PatientAsync();
        await clinic.ReceiveAsync(Doubtful);
        clinic.Clock.Advance(Duration.FromSeconds(seconds));
        await clinic.DeliverAsync(clinic.Clock.Now);

        Assert.Equal(asked, clinic.Sender.Texts.Count);
    }

    [Theory]
    [InlineData("2026-11-16T10:00", "2026-11-17T19:00")]
    [InlineData("2026-11-20T23:59", "2026-11-21T19:00")]
    [InlineData("2026-11-21T00:00", "2026-11-23T19:00")]
    [InlineData("2026-11-22T09:00", "2026-11-23T19:00")]
    [InlineData("2026-03-07T12:00", "2026-03-09T19:00")]
    public async Task A_business_day_is_one_on_which_the_clinic_is_open(string heard, string decideBy)
    {
        await using var clinic = await TestClinic.StartAsync();
        Assert.Equal(SmallClinic.At(decideBy), DecisionDay.EndAfter(clinic.Context, SmallClinic.At(heard)));
    }

    [Theory]
    [InlineData(null, "2026-11-17T17:00")]
    [InlineData(IsoDayOfWeek.Monday, "2026-11-23T12:30")]
    [InlineData(IsoDayOfWeek.Wednesday, "2026-11-18T12:30")]
    public async Task The_clinics_own_hours_count_and_a_clinic_that_never_opens_has_a_day_all_the_same(IsoDayOfWeek? open, string decideBy)
    {
        await using var clinic = await TestClinic.StartAsync();
        var hours = open is { } day ? new[] { new OpeningHours(day, new LocalTime(9, 0), new LocalTime(12, 30)) } : [];
        var context = clinic.Context with { Clinic = clinic.Context.Clinic with { Schedule = new ClinicSchedule(hours, 1) } };

        Assert.Equal(SmallClinic.At(decideBy), DecisionDay.EndAfter(context, SmallClinic.At("2026-11-16T10:00")));
    }

    [Fact]
    public async Task An_opt_out_that_one_clinic_decides_counts_for_every_clinic_behind_the_number()
    {
        await using var clinic = await TextingClinic.StartAsync();
        await BookedAsync(clinic);
        var (added, _) = await clinic.Clinics.RunAsync(new NewClinic("southside", "Southside Care", "America/New_York", "+12125550166", true, "+12125550199"), default);
        var south = (await new ClinicDirectory(clinic.Stores, clinic.Context.Protocol).FindAsync(added!.Clinic.Slug, default))!;
        await DoubtAsync(clinic);

        Assert.True(await clinic.Decide.RunAsync(clinic.Context, Assert.Single(await clinic.NotesAsync()).Id, true, clinic.Ana, default));

        Assert.True((await LedgerAsync(clinic, clinic.Context)).IsOptedOut());
        Assert.True((await LedgerAsync(clinic, south)).IsOptedOut());
    }

    [Fact]
    public void A_ledger_from_before_doubts_were_kept_is_in_none()
    {
        var body = """{"entries":[{"allows":true,"at":"2026-11-16T15:00:00Z","how":"reply","wordsHash":"x","sender":"+1","heardAt":"2026-11-16T15:00:00Z","isTimeKnown":true}]}"""u8.ToArray();
        Assert.False(RecordJson.Read<ConsentLedger>(new Row("", body, "")).IsInDoubt());
    }

    private static async Task<string> BookedAsync(TextingClinic clinic)
    {
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T11:00"));
        return patient;
    }

    private static async Task DoubtAsync(TextingClinic clinic)
    {
        await clinic.ReceiveAsync(Doubtful);
        await clinic.DeliverAsync(clinic.Clock.Now);
    }

    private static async Task<ConsentLedger> LedgerAsync(TextingClinic clinic, ClinicContext context) =>
        (await PhoneBook.LedgerAsync(context, await clinic.Phones.HashAsync(context, TestClinic.Kim.Phone, default), default)).Ledger;

    private static async Task<List<AuditEntry>> AuditAsync(TextingClinic clinic)
    {
        var entries = new List<AuditEntry>();
        await foreach (var row in clinic.Context.Records.ListAsync(Rows.Audit, default))
        {
            entries.Add(RecordJson.Read<AuditEntry>(row));
        }

        return entries;
    }
}
