using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
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
    public async Task The_next_visit_is_meant_whatever_the_order_of_the_rows(ReplyKind kind, NoteKind? expected)
    {
        await using var clinic = await TestClinic.StartAsync();
        await VisitAsync(clinic, One, "2026-12-01T10:00", '0');
        await VisitAsync(clinic, One, "2026-12-09T14:00", '1');
        var next = await VisitAsync(clinic, One, "2026-12-03T14:00", '2');
        await VisitAsync(clinic, One, "2026-12-05T14:00", '3');
        await VisitAsync(clinic, One, "2026-12-02T14:00", '4', AppointmentStatus.Cancelled);

        var (changes, note) = await VisitReplies.ForAsync(clinic.Context, new Reply(kind, false), [One], Now, default);

        var change = Assert.IsType<Change.Replace>(Assert.Single(changes));
        Assert.Equal(
            kind == ReplyKind.Confirm ? next with { ConfirmedAt = Now } : next with { RescheduleAskedAt = Now },
            RecordJson.Read<Appointment>(new Row(change.Key, change.Body, "")));
        Assert.Equal((await clinic.Context.Records.FindAsync(Rows.Appointment(One, next.Id), default))!.ETag, change.ETag);
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

        var (changes, _) = await VisitReplies.ForAsync(clinic.Context, new Reply(later, false), [One], Now, default);

        var change = Assert.IsType<Change.Replace>(Assert.Single(changes));
        Assert.Equal(
            later == ReplyKind.Confirm ? visit with { ConfirmedAt = Now } : visit with { RescheduleAskedAt = Now },
            RecordJson.Read<Appointment>(new Row(change.Key, change.Body, "")));
    }

    [Theory]
    [InlineData(ReplyKind.Confirm, NoteKind.Reply)]
    [InlineData(ReplyKind.Reschedule, NoteKind.Reschedule)]
    public async Task Without_a_visit_ahead_or_with_two_patients_who_have_one_a_person_sorts_it_out(ReplyKind kind, NoteKind expected)
    {
        await using var clinic = await TestClinic.StartAsync();
        await VisitAsync(clinic, One, "2026-12-01T10:00", '0');
        Assert.Equal(expected, await NoteAloneAsync(clinic, kind, One));
        Assert.Equal(expected, await NoteAloneAsync(clinic, kind));

        await VisitAsync(clinic, One, "2026-12-03T14:00", '1');
        await VisitAsync(clinic, Other, "2026-12-04T14:00", '2');
        Assert.Equal(expected, await NoteAloneAsync(clinic, kind, One, Other));
    }

    [Fact]
    public async Task Under_a_shared_number_the_only_visit_ahead_is_meant()
    {
        await using var clinic = await TestClinic.StartAsync();
        await VisitAsync(clinic, One, "2026-11-30T10:00", '0');
        var ahead = await VisitAsync(clinic, Other, "2026-12-04T14:00", '1');

        var (changes, note) = await VisitReplies.ForAsync(clinic.Context, new Reply(ReplyKind.Confirm, false), [One, Other], Now, default);

        Assert.Equal(Rows.Appointment(Other, ahead.Id), Assert.Single(changes).Key);
        Assert.Null(note);
    }

    [Theory]
    [InlineData(ReplyKind.Crisis)]
    [InlineData(ReplyKind.Stop)]
    [InlineData(ReplyKind.Start)]
    [InlineData(ReplyKind.Help)]
    [InlineData(ReplyKind.ToStaff)]
    public async Task Other_replies_are_about_no_visit(ReplyKind kind)
    {
        await using var clinic = await TestClinic.StartAsync();
        await VisitAsync(clinic, One, "2026-12-03T14:00", '1');

        Assert.Null(await NoteAloneAsync(clinic, kind, One));
    }

    private static async Task<NoteKind?> NoteAloneAsync(TestClinic clinic, ReplyKind kind, params string[] patients)
    {
        var (changes, note) = await VisitReplies.ForAsync(clinic.Context, new Reply(kind, false), patients, Now, default);
        Assert.Empty(changes);
        return note;
    }

    private static async Task<Appointment> VisitAsync(TestClinic clinic, string patient, string start, char id, AppointmentStatus status = AppointmentStatus.Booked)
    {
        var visit = SmallClinic.Visit(start, new string(id, RowId.Length), status: status) with { PatientId = patient };
        await clinic.Context.Records.CommitAsync([new Change.Insert(Rows.Appointment(patient, visit.Id), RecordJson.Write(visit))], default);
        return visit;
    }
}
