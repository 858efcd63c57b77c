using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Reminders.Sending;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

/// <summary>Issue 10: who has to call about food first hears it while there is time to plan.</summary>
public class CallFirstInTimeTests
{
    private static readonly AnswerSet OnInsulin = TestClinic.Answers(("endo.diabetes", "yes"), ("endo.diabetes.insulin", "yes"), ("med.classes", new Answer.Choices(["insulin"])));

    [Fact]
    public async Task Booked_far_ahead_the_week_before_text_asks_for_the_call()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: OnInsulin);
        await clinic.VisitAsync(patient, "2026-12-07T09:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-08T00:00"));

        Assert.Equal(
            ["booked 2026-11-16 10:00", "call-first 2026-11-30 10:00", "day-before 2026-12-06 18:00", "evening-after 2026-12-07 12:00"],
            await SentAsync(clinic, patient));
        Assert.Equal(
            "Northside Care: visit Mon Dec 7 9:00 AM. Call 212-555-0199 now to plan food and drink with us. An adult must take you home.", clinic.Sender.Texts[1].Text.Body);
        NamesNoTimes(clinic);
    }

    [Theory]
    [InlineData("2026-11-24T09:00", true)]
    [InlineData("2026-11-25T09:00", false)]
    public async Task Booked_eight_days_ahead_or_less_the_text_about_the_booking_asks_for_it(string start, bool isLate)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: OnInsulin);
        await clinic.VisitAsync(patient, start);
        await clinic.DeliverAsync(SmallClinic.At("2026-12-01T00:00"));

        Assert.Equal(isLate, clinic.Sender.Texts[0].Text.Body.Contains("Call 212-555-0199 now to plan food, drink.", StringComparison.Ordinal));
        Assert.Equal(!isLate, (await SentAsync(clinic, patient)).Any(t => t.StartsWith("call-first", StringComparison.Ordinal)));
        NamesNoTimes(clinic);
    }

    [Fact]
    public async Task A_second_late_booking_asks_again()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: OnInsulin);
        await clinic.VisitAsync(patient, "2026-12-07T09:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-10T10:00"));
        await clinic.VisitAsync(patient, "2026-12-15T09:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-10T11:00"));

        Assert.Equal("Northside Care: visit Tue Dec 15 9:00 AM. Call 212-555-0199 now to plan food and drink with us. An adult must take you home.", clinic.Sender.Texts[^1].Text.Body);
    }

    [Fact]
    public async Task Known_only_within_the_last_week_it_is_said_at_once_and_not_first_on_the_evening_before()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-07T09:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-04T11:00"));
        await OrderAsync(clinic, patient, onFile: false, needed: true);
        await clinic.DeliverAsync(SmallClinic.At("2026-12-04T12:00"));

        Assert.Equal("call-first 2026-12-04 11:00", (await SentAsync(clinic, patient))[^1]);
    }

    [Fact]
    public async Task Known_only_on_the_day_before_one_text_says_it_at_once()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-07T09:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-06T11:00"));
        await OrderAsync(clinic, patient, onFile: false, needed: true);
        await clinic.DeliverAsync(SmallClinic.At("2026-12-06T20:00"));

        Assert.Equal(["booked 2026-11-16 10:00", "week-before 2026-11-30 10:00", "day-before 2026-12-06 11:00"], await SentAsync(clinic, patient));
        Assert.Contains("Please call us about food and drink", clinic.Sender.Texts[^1].Text.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_that_went_out_are_taken_back_for_that_very_visit_or_somebody_calls()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        await clinic.VisitAsync(patient, "2026-12-07T09:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-06T20:30"));
        Assert.Contains("No food from", clinic.Sender.Texts[^1].Text.Body, StringComparison.Ordinal);
        await OrderAsync(clinic, patient, onFile: false, needed: true);
        await clinic.DeliverAsync(SmallClinic.At("2026-12-06T21:00"), times: 2);

        Assert.Contains("visit on 2026-12-07 09:00", Assert.Single(await clinic.NotesAsync()).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_no_text_may_ask_to_call_first_a_person_asks()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(TestClinic.Kim with { SmsConsent = false }, answers: OnInsulin);
        await clinic.VisitAsync(patient, "2026-12-07T14:00");

        Assert.Contains("visit on 2026-12-07 14:00 (no consent to texts)", Assert.Single(await clinic.NotesAsync()).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_to_call_first_is_told_of_another_time_without_times_for_food()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: OnInsulin);
        var visit = await clinic.VisitAsync(patient, "2026-12-07T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-06T19:00"));
        await clinic.Change.MoveAsync(clinic.Context, patient, visit.Id, SmallClinic.Local("2026-12-07T16:00"), clinic.Ana, default);
        await clinic.DeliverAsync(SmallClinic.At("2026-12-06T19:10"));

        Assert.Equal(
            "Northside Care: your Dec 7 visit is now Mon Dec 7 4:00 PM. Ignore the old food and water times. Reply C=OK R=other time, or call 212-555-0199",
            clinic.Sender.Texts.Single(t => t.At == SmallClinic.At("2026-12-06T19:02")).Text.Body);
        NamesNoTimes(clinic);
    }

    [Fact]
    public async Task A_plan_to_make_that_comes_while_a_text_with_times_is_due_takes_them_out()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync();
        var visit = await clinic.VisitAsync(patient, "2026-12-07T14:00");
        await clinic.DeliverAsync(SmallClinic.At("2026-12-06T12:00"));
        await clinic.Change.MoveAsync(clinic.Context, patient, visit.Id, SmallClinic.Local("2026-12-07T16:00"), clinic.Ana, default);
        var due = await clinic.ReminderAsync(patient, ReminderTemplate.MovedSoon);
        clinic.Clock.Advance(Duration.FromMinutes(3));
        await OrderAsync(clinic, patient, onFile: false, needed: true);

        await clinic.DeliverAsync(clinic.MessageOf(due));

        Assert.StartsWith("Northside Care: your Dec 7 visit is now Mon Dec 7 4:00 PM. Ignore", clinic.Sender.Texts[^1].Text.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_holds_for_one_series()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: OnInsulin);
        var first = await SeriesAsync(clinic, patient, "2026-12-01T09:00");
        await OrderAsync(clinic, patient, onFile: true, needed: null);
        Assert.False(await CallsFirstAsync(clinic, patient, first));

        clinic.Clock.Now = SmallClinic.At("2026-12-10T10:00");
        var second = await SeriesAsync(clinic, patient, "2027-01-12T09:00");
        Assert.Equal((false, true), (await CallsFirstAsync(clinic, patient, first), await CallsFirstAsync(clinic, patient, second)));

        await OrderAsync(clinic, patient, onFile: true, needed: null);
        Assert.False(await CallsFirstAsync(clinic, patient, second));
    }

    [Fact]
    public async Task A_plan_that_was_made_before_its_series_was_booked_holds_for_it()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: OnInsulin);
        await OrderAsync(clinic, patient, onFile: true, needed: null);
        clinic.Clock.Advance(Duration.FromHours(1));

        Assert.False(await CallsFirstAsync(clinic, patient, await SeriesAsync(clinic, patient, "2026-12-01T09:00")));
    }

    [Theory]
    [InlineData("med.list", "something new", true)]
    [InlineData("cv.any", "no", false)]
    public async Task A_plan_is_void_when_a_medicine_changes(string question, string answer, bool isVoid)
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: OnInsulin);
        var visit = (await clinic.VisitAsync(patient, "2026-12-07T09:00")).Id;
        await OrderAsync(clinic, patient, onFile: true, needed: null);
        Assert.False(await CallsFirstAsync(clinic, patient, visit));

        clinic.Clock.Advance(Duration.FromDays(1));
        await AnswerAsync(clinic, patient, a => a.With(question, question == "med.list" ? new Answer.Text(answer) : new Answer.Choice(answer)));

        Assert.Equal(isVoid, await CallsFirstAsync(clinic, patient, visit));
    }

    [Fact]
    public async Task A_plan_from_before_medicines_were_kept_with_it_holds_until_anything_is_answered()
    {
        await using var clinic = await TextingClinic.StartAsync();
        var patient = await clinic.PatientAsync(answers: OnInsulin);
        var visit = (await clinic.VisitAsync(patient, "2026-12-07T09:00")).Id;
        clinic.Clock.Advance(Duration.FromDays(1));
        var old = $$"""{"benzodiazepine":false,"lamotrigine":false,"fastingPlanOnFile":true,"by":"x","at":"2026-11-17T15:00:00Z"}""";
        await clinic.Context.Records.CommitAsync([new Change.Upsert(Rows.Orders(patient), System.Text.Encoding.UTF8.GetBytes(old))], default);
        Assert.False(await CallsFirstAsync(clinic, patient, visit));

        clinic.Clock.Advance(Duration.FromDays(1));
        await AnswerAsync(clinic, patient, a => a);

        Assert.True(await CallsFirstAsync(clinic, patient, visit));
    }

    private static void NamesNoTimes(TextingClinic clinic) =>
        Assert.All(clinic.Sender.Texts, t => Assert.DoesNotMatch("(?i)no food|only water|stop water|no coma|solo agua", t.Text.Body));

    private static async Task AnswerAsync(TextingClinic clinic, string patient, Func<AnswerSet, AnswerSet> change)
    {
        await foreach (var row in clinic.Context.Records.ListAsync(Rows.PatientScreenings(patient), default))
        {
            var stored = RecordJson.Read<StoredScreening>(row);
            var later = stored with { Id = RowId.New(), ReceivedAt = clinic.Clock.Now, Answers = change(stored.Answers) };
            await clinic.Context.Records.CommitAsync([new Change.Insert(Rows.Screening(patient, later.Id), RecordJson.Write(later))], default);
            return;
        }
    }

    private static async Task<string> SeriesAsync(TextingClinic clinic, string patient, string first) => Assert.IsType<BookingResult.Done>(
        await clinic.Book.RunAsync(clinic.Context, patient, new BookingRequest.Series(SmallClinic.Local(first), 6, 2), clinic.Ana, default)).Appointments[^1].Id;

    private static async Task<bool> CallsFirstAsync(TextingClinic clinic, string patient, string visit)
    {
        var visits = (await PatientVisits.LoadAsync(clinic.Context, clinic.Phones, patient, default))!;
        return visits.CallsFirst(visits.Appointments.Single(a => a.Value.Id == visit).Value);
    }

    private static async Task OrderAsync(TextingClinic clinic, string patient, bool onFile, bool? needed) =>
        Assert.True(await new OrderPreparation(clinic.Clock).RunAsync(
            clinic.Context, patient, PreparationOrders.None with { FastingPlanOnFile = onFile, FastingPlanNeeded = needed }, clinic.Ana, default));

    private static async Task<string[]> SentAsync(TextingClinic clinic, string patient) =>
    [
        .. (await clinic.RemindersAsync(patient)).Where(r => r.SentAt is not null).OrderBy(r => r.SentAt)
            .Select(r => $"{ReminderWords.Of(r.Template)} {r.SentAt!.Value.InZone(SmallClinic.NewYork).ToString("uuuu-MM-dd HH:mm", null)}"),
    ];
}
