using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Tests.Reminders;
using KetamineIntake.Tests.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Appointments;

public class BookAppointmentsTests
{
    private static readonly BookingRequest.Series Twelve = new(SmallClinic.Local("2026-12-01T14:00"), 12, 2);

    [Fact]
    public async Task The_longest_series_is_planned_to_the_end()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var done = Assert.IsType<BookingResult.Done>(await clinic.Book.RunAsync(clinic.Context, patient, Twelve, clinic.Ana, default));
        var stored = (await clinic.RemindersAsync(patient)).Count;
        await clinic.DeliverAsync(clinic.Clock.Now);

        Assert.Equal(27, done.Reminders.Count);
        Assert.Equal(27, stored);
        Assert.Equal(
            done.Reminders.Select(r => (r.Id, r.SendAt)).Order(),
            (await clinic.RemindersAsync(patient)).Select(r => (r.Id, r.Template == ReminderTemplate.Booked ? done.Reminders.Single(d => d.Id == r.Id).SendAt : r.SendAt)).Order());
    }

    [Fact]
    public async Task Planning_again_changes_nothing()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-01T14:00");
        var before = await clinic.RemindersAsync(patient);

        await clinic.DeliverAsync(new Message(Queues.Plans, "northside", patient));
        await clinic.DeliverAsync(new Message(Queues.Plans, "northside", patient));

        Assert.Equal(before, await clinic.RemindersAsync(patient));
    }

    [Fact]
    public async Task Ordinals_count_visits_of_a_kind_and_come_back_after_a_cancellation()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var first = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        Assert.Equal(2, (await clinic.VisitAsync(patient, "2026-12-08T14:00")).Ordinal);
        await clinic.Change.CancelAsync(clinic.Context, patient, first.Id, clinic.Ana, default);

        Assert.Equal((1, "Seen in person"), (await clinic.VisitAsync(patient, "2026-12-15T14:00")) is var again ? (again.Ordinal, again.OverrideReason) : default);
    }

    [Fact]
    public async Task A_moved_visit_frees_its_chair_and_takes_the_new_one()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        Assert.IsType<BookingResult.Done>(await clinic.Change.MoveAsync(clinic.Context, patient, visit.Id, SmallClinic.Local("2026-12-01T15:00"), clinic.Ana, default));
        Assert.IsType<BookingResult.Done>(await clinic.Change.MoveAsync(clinic.Context, patient, visit.Id, SmallClinic.Local("2026-12-03T15:00"), clinic.Ana, default));

        var row = await clinic.Context.Records.FindAsync(Rows.Day(new LocalDate(2026, 12, 1)), default);
        Assert.Empty(RecordJson.Read<ClinicDay>(row!).Visits);
        row = await clinic.Context.Records.FindAsync(Rows.Day(new LocalDate(2026, 12, 3)), default);
        Assert.Equal(visit.Id, Assert.Single(RecordJson.Read<ClinicDay>(row!).Visits).AppointmentId);
    }

    [Fact]
    public async Task A_visit_that_has_begun_is_not_moved()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        clinic.Clock.Now = visit.StartsAt;

        Assert.IsType<BookingResult.Conflict>(await clinic.Change.MoveAsync(clinic.Context, patient, visit.Id, SmallClinic.Local("2026-12-03T15:00"), clinic.Ana, default));
        Assert.IsType<BookingResult.NotFound>(await clinic.Change.CancelAsync(clinic.Context, patient, RowId.New(), clinic.Ana, default));
    }

    [Fact]
    public async Task A_visit_that_has_begun_is_not_cancelled_and_keeps_its_number_and_its_evening_text()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        clinic.Clock.Now = visit.StartsAt;

        Assert.IsType<BookingResult.Conflict>(await clinic.Change.CancelAsync(clinic.Context, patient, visit.Id, clinic.Ana, default));

        Assert.Equal(ReminderStatus.Planned, (await clinic.ReminderAsync(patient, ReminderTemplate.EveningAfter)).Status);
        Assert.Equal(2, (await clinic.VisitAsync(patient, "2026-12-08T14:00")).Ordinal);
    }

    [Fact]
    public async Task A_visit_is_cancelled_until_the_moment_it_begins()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, "2026-12-01T14:00");
        clinic.Clock.Now = visit.StartsAt - Duration.Epsilon;

        var done = Assert.IsType<BookingResult.Done>(await clinic.Change.CancelAsync(clinic.Context, patient, visit.Id, clinic.Ana, default));

        Assert.Contains("Please call.", Assert.Single(done.Notes), StringComparison.Ordinal);
    }
}
