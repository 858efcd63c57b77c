using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Replies;

/// <summary>Which visit a C or an R is about.</summary>
public class AskedVisitTests
{
    [Fact]
    public async Task C_confirms_the_visit_of_the_text_that_asked_not_the_examination_before_it()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await BookAsync(clinic, patient, "2026-12-01T09:00", AppointmentKind.Exam);
        var infusion = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:05"));
        await clinic.ReceiveAsync("C");

        Assert.Equal([infusion.Id], (await VisitsAsync(clinic, patient)).Where(v => v.ConfirmedAt is not null).Select(v => v.Id));
    }

    [Theory]
    [InlineData("C", NoteKind.Reply, AppointmentKind.Infusion)]
    [InlineData("R", NoteKind.Reschedule, AppointmentKind.Infusion)]
    [InlineData("C", NoteKind.Reply, AppointmentKind.Exam)]
    public async Task Before_any_text_has_asked_an_answer_is_for_a_person_and_confirms_nothing(string words, NoteKind expected, AppointmentKind kind)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await BookAsync(clinic, patient, "2026-12-01T09:00", kind);
        await clinic.DeliverAsync(SmallClinic.At("2026-11-16T12:00"));
        await clinic.ReceiveAsync(words);

        Assert.All(await VisitsAsync(clinic, patient), v => Assert.True(v.ConfirmedAt is null && v.RescheduleAskedAt is null));
        Assert.Equal((expected, words), Assert.Single(await clinic.NotesAsync()) is var note ? (note.Kind, note.Words) : default);
    }

    [Fact]
    public void Every_text_that_asks_for_C_counts_as_asking()
    {
        var visit = SmallClinic.Visit("2026-12-02T14:30");
        foreach (var template in Enum.GetValues<ReminderTemplate>().Where(t => SmsTextNames.All.Contains(ReminderWords.Of(t))))
        {
            var words = SmallClinic.Texts(SmsLanguage.English).Fill(ReminderWords.Of(template), VisitWords.Of(new TextSubject(visit), SmallClinic.Rules, SmallClinic.Signature, SmsLanguage.English));
            Assert.Equal(words.Split(' ', '=', ',', '.').Contains("C", StringComparer.Ordinal), ReminderWords.Asks(template));
        }
    }

    [Theory]
    [InlineData("C")]
    [InlineData("R")]
    public async Task Right_after_the_start_an_answer_is_not_about_the_next_session(string words)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.VisitAsync(patient, "2026-12-04T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T14:05"));
        await clinic.ReceiveAsync(words);

        Assert.All(await VisitsAsync(clinic, patient), v => Assert.True(v.ConfirmedAt is null && v.RescheduleAskedAt is null));
        Assert.Equal(words, Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default)).Words);
    }

    [Fact]
    public async Task After_a_move_C_does_not_confirm_the_time_that_the_text_did_not_name()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:05"));
        Assert.IsType<BookingResult.Done>(await clinic.Change.MoveAsync(clinic.Context, patient, visit.Id, SmallClinic.Local("2026-12-04T14:00"), clinic.Ana, default));
        await clinic.ReceiveAsync("C");

        Assert.Null(Assert.Single(await VisitsAsync(clinic, patient)).ConfirmedAt);
        Assert.Equal(NoteKind.Reply, Assert.Single(await clinic.Notes.ListAsync(clinic.Context, clinic.Ana, default)).Kind);
    }

    [Fact]
    public async Task On_a_shared_number_C_is_about_the_only_one_who_was_asked()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var kim = await clinic.PatientAsync();
        var lee = await clinic.PatientAsync(TestClinic.Kim with { GivenName = "Lee", SmsConsent = true });
        await clinic.VisitAsync(kim, "2026-12-01T14:00");
        await clinic.VisitAsync(lee, "2026-12-08T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-11-30T18:05"));
        await clinic.ReceiveAsync("C");

        Assert.NotNull(Assert.Single(await VisitsAsync(clinic, kim)).ConfirmedAt);
        Assert.Null(Assert.Single(await VisitsAsync(clinic, lee)).ConfirmedAt);
    }

    private static async Task BookAsync(TextingClinic clinic, string patient, string start, AppointmentKind kind) =>
        Assert.IsType<BookingResult.Done>(await clinic.Book.RunAsync(clinic.Context, patient, new BookingRequest.Visit(SmallClinic.Local(start), kind), clinic.Ana, default));

    private static async Task<IReadOnlyList<Appointment>> VisitsAsync(TextingClinic clinic, string patient) =>
        (await clinic.Visits.RunAsync(clinic.Context, patient, clinic.Ana, default))!.Appointments;
}
