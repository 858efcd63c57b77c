using FsCheck;
using FsCheck.Fluent;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Sending;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Sending;

public class SendDecisionTests
{
    private static readonly Appointment Visit = SmallClinic.Visit("2026-12-01T14:00");
    private static readonly SendRules Rules = new(TextWindow.Widest, SmallClinic.NewYork, new TextCaps(2, 6), null);
    private static readonly Instant SendAt = SmallClinic.At("2026-11-30T18:00");

    private static readonly Reminder Planned = new(
        "r", "p", ReminderTemplate.DayBefore, Visit.Id, 1, null, SendAt, SmallClinic.At("2026-12-01T08:00"), "text", "why", ReminderStatus.Planned);

    [Fact]
    public void In_time_with_consent_it_is_sent() => Assert.IsType<SendDecision.Send>(Decide());

    [Theory]
    [InlineData(ReminderStatus.Sent)]
    [InlineData(ReminderStatus.Delivered)]
    [InlineData(ReminderStatus.Failed)]
    [InlineData(ReminderStatus.Dropped)]
    [InlineData(ReminderStatus.Cancelled)]
    public void What_is_done_is_left_alone(ReminderStatus status) => Assert.IsType<SendDecision.Leave>(Decide(Planned with { Status = status }));

    [Fact]
    public void What_is_not_due_is_left_alone() =>
        Assert.IsType<SendDecision.Leave>(Decide(Planned with { SendAt = SendAt + Duration.Epsilon }));

    [Fact]
    public void While_another_handler_may_have_it_it_is_looked_at_again_when_that_is_over()
    {
        var until = SendAt + Duration.FromMinutes(1);
        var sending = Planned with { Status = ReminderStatus.Sending, SendingUntil = until, Tries = 1 };

        Assert.Equal(new SendDecision.LookAgain(until), Decide(sending));
        Assert.IsType<SendDecision.Send>(Decide(sending, now: until));
    }

    [Theory]
    [InlineData(1, AppointmentStatus.Booked, true)]
    [InlineData(2, AppointmentStatus.Booked, false)]
    [InlineData(1, AppointmentStatus.Cancelled, false)]
    public void Only_the_version_of_the_visit_that_it_was_planned_for_counts(int version, AppointmentStatus status, bool sends)
    {
        var decision = Decide(visit: Visit with { Version = version, Status = status });

        Assert.Equal(sends, decision is SendDecision.Send);
        Assert.True(sends || decision is SendDecision.Drop { Status: ReminderStatus.Cancelled });
    }

    [Fact]
    public void A_text_about_no_single_visit_needs_a_booked_one()
    {
        var optIn = Planned with { AppointmentId = null, AppointmentVersion = 0 };

        Assert.IsType<SendDecision.Send>(Decide(optIn));
        Assert.IsType<SendDecision.Drop>(Decide(optIn, visit: Visit with { Status = AppointmentStatus.Cancelled }));
    }

    [Fact]
    public void Without_consent_it_is_dropped() =>
        Assert.Equal(new SendDecision.Drop(ReminderStatus.Dropped, "no consent to texts"), Decide(mayBeTexted: false));

    [Fact]
    public void At_its_cut_off_it_is_too_late() =>
        Assert.Equal(new SendDecision.Drop(ReminderStatus.Dropped, "late: its moment has passed") { IsLate = true }, Decide(now: Planned.ActionableBy));

    [Fact]
    public void What_was_tried_in_vain_until_its_cut_off_has_failed() =>
        Assert.Equal(
            new SendDecision.Drop(ReminderStatus.Failed, "could not be sent before its moment passed"), Decide(Planned with { Tries = 1 }, now: Planned.ActionableBy));

    [Fact]
    public void In_quiet_hours_it_waits_when_the_morning_is_early_enough_and_is_dropped_when_not()
    {
        var night = SmallClinic.At("2026-11-30T23:00");

        Assert.IsType<SendDecision.Drop>(Decide(now: night));
        Assert.Equal(
            new SendDecision.Wait(SmallClinic.At("2026-12-01T09:00"), "late, and now quiet hours"),
            Decide(Planned with { ActionableBy = SmallClinic.At("2026-12-01T09:01") }, now: night));
        Assert.IsType<SendDecision.Drop>(Decide(Planned with { ActionableBy = SmallClinic.At("2026-12-01T09:00") }, now: night));
    }

    [Fact]
    public void While_the_sender_is_paused_it_waits()
    {
        var until = SendAt + Duration.FromMinutes(10);

        Assert.Equal(new SendDecision.Wait(until, "the sender is paused"), Decide(rules: Rules with { PausedUntil = until }));
        Assert.IsType<SendDecision.Send>(Decide(rules: Rules with { PausedUntil = SendAt }));
    }

    [Fact]
    public void Over_a_cap_it_is_dropped()
    {
        var two = new[] { SendAt - Duration.FromHours(1), SendAt - Duration.FromHours(2) };

        Assert.Equal(new SendDecision.Drop(ReminderStatus.Dropped, "2 texts a day are the most"), Decide(others: two));
        Assert.IsType<SendDecision.Send>(Decide(others: two[..1]));
    }

    [Theory]
    [InlineData(ReminderTemplate.Booked, "2026-12-01T09:01", true)]
    [InlineData(ReminderTemplate.Booked, "2026-12-01T09:00", false)]
    [InlineData(ReminderTemplate.WeekBefore, "2026-12-01T09:01", false)]
    public void Over_a_cap_the_text_that_says_how_to_end_texts_waits_for_the_next_day(ReminderTemplate template, string until, bool waits)
    {
        var two = new[] { SendAt - Duration.FromHours(1), SendAt - Duration.FromHours(2) };

        Assert.Equal<SendDecision>(
            waits ? new SendDecision.Wait(SmallClinic.At("2026-12-01T09:00"), "2 texts a day are the most") : new SendDecision.Drop(ReminderStatus.Dropped, "2 texts a day are the most"),
            Decide(Planned with { Template = template, ActionableBy = SmallClinic.At(until) }, others: two));
    }

    [Fact]
    public void Whatever_happens_it_is_never_sent_without_consent_in_quiet_hours_or_after_its_cut_off() => Prop.ForAll(
        (from minutes in Gen.Choose(-3000, 3000)
         from status in Gen.Elements(Enum.GetValues<ReminderStatus>())
         from consent in Gen.Elements(true, false)
         from version in Gen.Choose(1, 2)
         from texts in Gen.Choose(-20000, 20000).ListOf(5)
         from zone in Gen.Elements("America/New_York", "Europe/London", "Pacific/Honolulu", "Asia/Kathmandu")
         select (Now: SendAt + Duration.FromMinutes(minutes), status, consent, version, Texts: texts.Select(t => SendAt + Duration.FromMinutes(t)).ToList(), Zone: SmallClinic.Zone(zone))).ToArbitrary(),
        c =>
        {
            var decision = SendDecision.Of(
                Planned with { Status = c.status, SendingUntil = SendAt }, [Visit with { Version = c.version }], c.consent, c.Texts, Rules with { PatientZone = c.Zone }, c.Now);
            var allowed = c.consent && c.version == 1 && c.Now < Planned.ActionableBy && TextWindow.Widest.Contains(c.Now, c.Zone)
                && (c.status is ReminderStatus.Planned or ReminderStatus.Sending) && c.Texts.Count(t => t.InZone(c.Zone).Date == c.Now.InZone(c.Zone).Date) < 2;
            return decision is not SendDecision.Send || allowed;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static SendDecision Decide(
        Reminder? reminder = null, Appointment? visit = null, bool mayBeTexted = true, Instant[]? others = null, SendRules? rules = null, Instant? now = null) =>
        SendDecision.Of(reminder ?? Planned, [visit ?? Visit], mayBeTexted, others ?? [], rules ?? Rules, now ?? SendAt);
}
