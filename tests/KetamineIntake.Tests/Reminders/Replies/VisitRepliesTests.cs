using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Replies;

public class VisitRepliesTests
{
    private static readonly Instant Now = SmallClinic.At("2026-12-01T10:00");
    private static readonly string One = RowId.New();
    private static readonly string Other = RowId.New();

    [Theory]
    [InlineData(ReplyKind.Confirm, null)]
    [InlineData(ReplyKind.Reschedule, NoteKind.Reschedule)]
    public async Task The_visit_that_was_asked_about_is_meant_whatever_else_is_booked(ReplyKind kind, NoteKind? expected)
    {
        await using var clinic = await TestClinic.StartAsync();
        await VisitAsync(clinic, One, "2026-12-02T14:00", '1');
        var asked = await VisitAsync(clinic, One, "2026-12-03T14:00", '2');

        var (changes, note) = await ForAsync(clinic, kind, await AskAsync(clinic, asked));

        var change = Assert.IsType<Change.Replace>(Assert.Single(changes));
        Assert.Equal(
            kind == ReplyKind.Confirm ? asked with { ConfirmedAt = Now } : asked with { RescheduleAskedAt = Now },
            RecordJson.Read<Appointment>(new Row(change.Key, change.Body, "")));
        Assert.Equal((await clinic.Context.Records.FindAsync(Rows.Appointment(One, asked.Id), default))!.ETag, change.ETag);
        Assert.Equal(expected, note);
    }

    [Theory]
    [InlineData(ReplyKind.Confirm)]
    [InlineData(ReplyKind.Reschedule)]
    public async Task The_later_answer_takes_back_the_earlier(ReplyKind later)
    {
        await using var clinic = await TestClinic.StartAsync();
        var visit = await VisitAsync(clinic, One, "2026-12-03T14:00", '1');
        var answered = visit with { ConfirmedAt = Now - Duration.FromHours(1), RescheduleAskedAt = Now - Duration.FromHours(1) };
        await clinic.Context.Records.CommitAsync([new Change.Upsert(Rows.Appointment(One, visit.Id), RecordJson.Write(answered))], default);

        var (changes, _) = await ForAsync(clinic, later, await AskAsync(clinic, visit));

        var change = Assert.IsType<Change.Replace>(Assert.Single(changes));
        Assert.Equal(
            later == ReplyKind.Confirm ? visit with { ConfirmedAt = Now } : visit with { RescheduleAskedAt = Now },
            RecordJson.Read<Appointment>(new Row(change.Key, change.Body, "")));
    }

    [Theory]
    [InlineData(ReplyKind.Confirm, NoteKind.Reply)]
    [InlineData(ReplyKind.Reschedule, NoteKind.Reschedule)]
    public async Task Where_nobody_or_two_were_asked_a_person_sorts_it_out(ReplyKind kind, NoteKind expected)
    {
        await using var clinic = await TestClinic.StartAsync();
        var one = await VisitAsync(clinic, One, "2026-12-03T14:00", '1');
        var other = await VisitAsync(clinic, Other, "2026-12-04T14:00", '2');

        Assert.Equal(expected, await NoteAloneAsync(clinic, kind));
        Assert.Equal(expected, await NoteAloneAsync(clinic, kind, new TextedPatient(One, Now, null)));
        Assert.Equal(expected, await NoteAloneAsync(clinic, kind, await AskAsync(clinic, one), await AskAsync(clinic, other)));
    }

    [Theory]
    [InlineData("2026-11-30T10:01", 1)]
    [InlineData("2026-12-03T14:00", 2)]
    [InlineData("2026-12-03T14:00", 1, ReminderStatus.Failed)]
    public async Task A_visit_that_began_was_moved_or_whose_text_never_arrived_is_not_confirmed(string start, int version, ReminderStatus status = ReminderStatus.Delivered)
    {
        await using var clinic = await TestClinic.StartAsync();
        var visit = await VisitAsync(clinic, One, start, '1');
        var asked = await AskAsync(clinic, visit, status);
        await clinic.Context.Records.CommitAsync([new Change.Upsert(Rows.Appointment(One, visit.Id), RecordJson.Write(visit with { Version = version }))], default);

        Assert.Equal(NoteKind.Reply, await NoteAloneAsync(clinic, ReplyKind.Confirm, asked));
    }

    [Theory]
    [InlineData(-6, true)]
    [InlineData(-5, false)]
    [InlineData(0, false)]
    public async Task An_answer_that_was_written_before_the_text_went_is_not_about_it(int minutes, bool isAlone)
    {
        await using var clinic = await TestClinic.StartAsync();
        var visit = await VisitAsync(clinic, One, "2026-12-03T14:00", '1');
        var asked = await AskAsync(clinic, visit);

        var (changes, _) = await VisitReplies.ForAsync(
            clinic.Context, new Reply(ReplyKind.Confirm, false), [asked], asked.At + Duration.FromMinutes(minutes), Now, default);

        Assert.Equal(isAlone, changes.Count == 0);
    }

    [Theory]
    [InlineData(ReplyKind.Crisis)]
    [InlineData(ReplyKind.Stop)]
    [InlineData(ReplyKind.MayStop)]
    [InlineData(ReplyKind.Start)]
    [InlineData(ReplyKind.Help)]
    [InlineData(ReplyKind.ToStaff)]
    public async Task Other_replies_are_about_no_visit(ReplyKind kind)
    {
        await using var clinic = await TestClinic.StartAsync();
        var visit = await VisitAsync(clinic, One, "2026-12-03T14:00", '1');

        Assert.Null(await NoteAloneAsync(clinic, kind, await AskAsync(clinic, visit)));
    }

    private static Task<(IReadOnlyList<Change> Changes, NoteKind? Note)> ForAsync(TestClinic clinic, ReplyKind kind, params TextedPatient[] texted) =>
        VisitReplies.ForAsync(clinic.Context, new Reply(kind, false), texted, null, Now, default);

    private static async Task<NoteKind?> NoteAloneAsync(TestClinic clinic, ReplyKind kind, params TextedPatient[] texted)
    {
        var (changes, note) = await ForAsync(clinic, kind, texted);
        Assert.Empty(changes);
        return note;
    }

    /// <summary>A day-before text about the visit went an hour ago.</summary>
    private static async Task<TextedPatient> AskAsync(TestClinic clinic, Appointment visit, ReminderStatus status = ReminderStatus.Sent)
    {
        var at = Now - Duration.FromHours(1);
        var text = new Reminder(RowId.New(), visit.PatientId, ReminderTemplate.DayBefore, visit.Id, 1, null, at, at, "text", "why", status, 1, null, at, "m", true);
        await clinic.Context.Records.CommitAsync([new Change.Insert(Rows.Reminder(visit.PatientId, text.Id), RecordJson.Write(text))], default);
        return new TextedPatient(visit.PatientId, at, new AskedVisit(text.Id, visit.Id, 1, at));
    }

    private static async Task<Appointment> VisitAsync(TestClinic clinic, string patient, string start, char id)
    {
        var visit = SmallClinic.Visit(start, new string(id, RowId.Length)) with { PatientId = patient };
        await clinic.Context.Records.CommitAsync([new Change.Insert(Rows.Appointment(patient, visit.Id), RecordJson.Write(visit))], default);
        return visit;
    }
}
