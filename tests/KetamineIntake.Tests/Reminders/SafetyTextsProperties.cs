using FsCheck;
using FsCheck.Fluent;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

/// <summary>Issue 10, over random series, late bookings, moves and cancellations: what the caps may take, and what whoever has to call first never reads.</summary>
public class SafetyTextsProperties
{
    private static readonly Gen<Case> Cases =
        from first in Gen.Choose(0, 20)
        from hour in Gen.Choose(7, 17)
        from sessions in Gen.Choose(1, 6)
        from perWeek in Gen.Choose(1, 3)
        from bookedDaysAhead in Gen.Choose(0, 14)
        from moves in Gen.Choose(0, 11).ArrayOf(3)
        from moveDays in Gen.Choose(-1, 2).ArrayOf(3)
        from now in Gen.Choose(0, 20 * 24 * 60)
        from labs in Gen.Elements(true, false)
        select new Case(first, hour, sessions, perWeek, bookedDaysAhead, moves, moveDays, now, labs);

    [Fact]
    public void No_safety_text_gives_way_to_texts_about_tests() => Check(c =>
    {
        var with = ReminderPlan.For(c.Input()).Where(r => VisitSafety.IsVisitSafety(r.Template)).Select(Show);
        var without = ReminderPlan.For(c.Input() with { LabNotices = [] }).Where(r => VisitSafety.IsVisitSafety(r.Template)).Select(Show);
        return with.SequenceEqual(without);
    });

    [Fact]
    public void Up_to_three_visits_a_week_nothing_that_keeps_a_patient_safe_is_dropped_for_a_cap() => Check(c =>
        !ReminderPlan.For(c.Input() with { Appointments = c.Visits }).Any(r => r.IsDropped && VisitSafety.IsVisitSafety(r.Template) && r.Why.Contains("are the most", StringComparison.Ordinal)));

    [Fact]
    public void Nothing_but_moved_cancelled_and_evening_texts_is_third_on_a_day_or_ninth_in_seven_days() => Check(c =>
    {
        var sent = ReminderPlan.For(c.Input()).Where(r => !r.IsDropped).OrderBy(r => r.SendAt).ThenBy(r => !ReminderWords.MayExceedCaps(r.Template)).ToList();
        return sent.Index().Where(t => !ReminderWords.MayExceedCaps(t.Item.Template)).All(t =>
            sent.Take(t.Index).Count(r => Day(r.SendAt) == Day(t.Item.SendAt)) < 2 && sent.Take(t.Index).Count(r => t.Item.SendAt < r.SendAt + Duration.FromDays(7)) < 8);
    });

    [Fact]
    public void Whoever_has_to_call_first_never_reads_a_time_for_food_or_water() => Check(c =>
    {
        var input = c.Input();
        var plan = ReminderPlan.For(input with { CallFirst = input.Appointments.Select(a => a.Id).ToHashSet(StringComparer.Ordinal) });
        return plan.All(r => r.Template != ReminderTemplate.MovedSoon) && plan.Where(r => r.Visit is not null).SelectMany(r => Enum.GetValues<SmsLanguage>().Select(l => SmallClinic.Text(r.Template, r.Visit!, l, callsFirst: true)))
            .All(t => !t.Contains("No food", StringComparison.Ordinal) && !t.Contains("water to", StringComparison.Ordinal) && !t.Contains("Stop water", StringComparison.Ordinal)
                && !t.Contains("No coma", StringComparison.Ordinal) && !t.Contains("agua hasta", StringComparison.Ordinal) && !t.Contains("beba agua", StringComparison.Ordinal));
    });

    private static void Check(Func<Case, bool> property) => Prop.ForAll(Cases.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    private static string Show(PlannedReminder reminder) => $"{reminder.Id} {reminder.SendAt} {reminder.IsDropped}";

    private static LocalDate Day(Instant instant) => instant.InZone(SmallClinic.NewYork).Date;

    private sealed record Case(int First, int Hour, int Sessions, int PerWeek, int BookedDaysAhead, int[] Moves, int[] MoveDays, int NowMinutes, bool Labs)
    {
        private LocalDateTime Start => new LocalDate(2026, 11, 16).PlusDays(First).At(new LocalTime(Hour, 0));

        private Instant Now => SmallClinic.At("2026-11-10T09:00") + Duration.FromMinutes(NowMinutes);

        public IReadOnlyList<Appointment> Visits =>
        [
            .. Enumerable.Range(0, Sessions).Select(i => Visit(Start.PlusDays(i * 7 / PerWeek), i) with
            {
                BookedAt = Start.PlusDays(-BookedDaysAhead).InZoneLeniently(SmallClinic.NewYork).ToInstant(),
                IsConfirmedByText = true,
            }),
        ];

        public PlanInput Input() => new("northside", "patient1", Changed(), SmallClinic.Rules, SmallClinic.NewYork, SmallClinic.NewYork, [SmallClinic.OptedIn], Now)
        {
            LabNotices = Labs ? [.. Visits.Select(v => new LabNotice("labs-" + v.Id, new LabVisit(v.Id, v.Start.Date), 3, Now, true))] : [],
        };

        // A move by a day, or a cancellation.
        private List<Appointment> Changed()
        {
            var visits = Visits.ToList();
            foreach (var (move, days) in Moves.Zip(MoveDays).Where(m => m.First < visits.Count))
            {
                var visit = visits[move];
                visits[move] = days == 0
                    ? visit with { Status = AppointmentStatus.Cancelled, Version = visit.Version + 1, ChangedAt = Now }
                    : Visit(visit.Start.PlusDays(days), move) with { Version = visit.Version + 1, ChangedAt = Now, BookedStart = visit.BookedStart ?? visit.Start, BookedAt = visit.BookedAt, IsConfirmedByText = true };
            }

            return visits;
        }

        private static Appointment Visit(LocalDateTime start, int index) =>
            SmallClinic.Visit(start.ToString("uuuu-MM-dd'T'HH:mm", null), $"visit{index}", series: "s");
    }
}
