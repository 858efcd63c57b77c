using FsCheck;
using FsCheck.Fluent;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Texts;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

/// <summary>What holds for every plan, over random clinics, zones, visits, bookings in between and nights in which clocks change.</summary>
public class ReminderPlanProperties
{
    private static readonly string[] Zones =
    [
        "America/New_York", "America/Phoenix", "America/Los_Angeles", "Pacific/Honolulu", "America/Puerto_Rico", "Europe/London", "Asia/Kathmandu",
        "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "Pacific/Auckland", "Pacific/Kiritimati", "America/St_Johns", "America/Havana",
    ];

    // Days around clock changes of those zones are as likely as all others together.
    private static readonly LocalDate[] Days =
    [
        new(2026, 10, 4), new(2026, 10, 25), new(2026, 11, 1), new(2027, 3, 14), new(2027, 3, 28), new(2027, 4, 4), new(2027, 9, 26), new(2026, 12, 31), new(2028, 2, 29),
    ];

    private static readonly Gen<LocalDate> Date = Gen.OneOf(
        Gen.Elements(Days).SelectMany(d => Gen.Choose(-3, 3).Select(d.PlusDays)),
        Gen.Choose(0, 700).Select(new LocalDate(2026, 9, 1).PlusDays));

    private static readonly Gen<Case> Cases =
        from clinicZone in Gen.Elements(Zones)
        from patientZone in Gen.Elements(Zones)
        from first in Date
        from offsets in Gen.Choose(0, 12).ArrayOf(6)
        from minutes in Gen.Choose(0, (24 * 60) - 1).ArrayOf(6)
        from lead in Gen.Choose(-60, 15 * 24 * 60)
        from isSeries in Gen.Elements(true, false)
        from window in Gen.Elements(new TextWindow(new LocalTime(9, 0), new LocalTime(20, 0)), new TextWindow(new LocalTime(10, 30), new LocalTime(16, 0)), new TextWindow(new LocalTime(12, 0), new LocalTime(12, 5)))
        from spread in Gen.Elements(15, 120)
        select new Case(clinicZone, patientZone, first, offsets, [.. minutes.Select(m => m / spread * spread)], lead, isSeries, window);

    [Fact]
    public void No_text_goes_in_quiet_hours_or_at_or_after_its_cut_off() => Check(c => c.Plan().Where(r => !r.IsDropped).All(r =>
        c.Window.Contains(r.SendAt, c.PatientPlace) && r.SendAt < r.ActionableBy && r.SendAt >= c.Now));

    [Fact]
    public void Every_cut_off_is_the_first_that_the_text_names() => Check(c => c.Plan().All(r => r.Template switch
    {
        ReminderTemplate.DayBefore => r.ActionableBy == r.Visit!.StartsAt - Duration.FromHours(6),
        ReminderTemplate.DayOf => r.ActionableBy == r.Visit!.StartsAt - Duration.FromHours(2),
        ReminderTemplate.WeekBefore => r.ActionableBy == r.Visit!.StartsAt - Duration.FromHours(48),
        ReminderTemplate.EveningAfter => r.SendAt >= r.Visit!.StartsAt || r.IsDropped,
        ReminderTemplate.Booked => r.ActionableBy == r.Visit!.StartsAt,
        _ => false,
    }));

    [Fact]
    public void Nothing_but_the_evening_text_is_third_on_a_day_or_ninth_in_seven_days() => Check(c =>
    {
        var sent = c.Plan().Where(r => !r.IsDropped).OrderBy(r => r.SendAt).ToList();
        return sent.Index().Where(t => t.Item.Template != ReminderTemplate.EveningAfter).All(t =>
        {
            var before = sent.Take(t.Index).Select(r => r.SendAt).ToList();
            return before.Count(s => s.InZone(c.PatientPlace).Date == t.Item.SendAt.InZone(c.PatientPlace).Date) < 2
                && before.Count(s => t.Item.SendAt < s + Duration.FromDays(7) || t.Item.SendAt < s.InZone(c.PatientPlace).LocalDateTime.PlusDays(7).InZoneLeniently(c.PatientPlace).ToInstant()) < 8;
        });
    });

    [Fact]
    public void Planning_twice_plans_once() => Check(c =>
    {
        var plan = c.Plan();
        return plan.SequenceEqual(c.Plan()) && plan.Select(r => r.Id).Distinct().Count() == plan.Count;
    });

    [Fact]
    public void Whatever_has_gone_is_never_planned_again_as_time_passes() => Check(c =>
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var past = new List<PastReminder>();
        for (var input = c.Input(); past.Count < 60; input = input with { Past = [.. past] })
        {
            var next = ReminderPlan.For(input).FirstOrDefault(r => !r.IsDropped);
            if (next is null)
            {
                return true;
            }

            if (!seen.Add(next.Id) || next.SendAt < input.Now || next.SendAt >= next.ActionableBy)
            {
                return false;
            }

            past.Add(new PastReminder(next.Id, next.Template, next.Visit?.Id, next.Visit?.SeriesId, next.SendAt));
            input = input with { Now = next.SendAt };
        }

        return false;
    });

    [Fact]
    public void Nothing_planned_for_the_visits_before_a_move_is_planned_after_it() => Check(c =>
    {
        var before = c.Plan().Where(r => r.Visit is not null).Select(r => r.Id);
        var moved = c.Input() with { Appointments = [.. c.Visits.Select(v => v with { Version = v.Version + 1, StartsAt = v.StartsAt + Duration.FromDays(1), Start = v.Start.PlusDays(1) })] };
        return !before.Intersect(ReminderPlan.For(moved).Select(r => r.Id)).Any();
    });

    [Fact]
    public void A_day_before_text_is_only_missing_when_none_could_have_gone() => Check(c => c.Plan().Where(r => r is { Template: ReminderTemplate.DayBefore, IsDropped: true }).All(r =>
        c.Window.NextInside(c.Now, c.PatientPlace) + Duration.FromMinutes(1) >= r.ActionableBy || r.Why.Contains("are the most", StringComparison.Ordinal)));

    /// <summary>Found by the property above: booked in the window's last minute, the opt-in text took the place of the food and water times.</summary>
    [Fact]
    public void In_the_last_minute_of_the_window_the_day_before_text_still_goes() =>
        Prop.ForAll(Cases.ToArbitrary(), (Case c) => c.Plan().Where(r => r is { Template: ReminderTemplate.DayBefore, IsDropped: true }).All(r =>
            c.Window.NextInside(c.Now, c.PatientPlace) + Duration.FromMinutes(1) >= r.ActionableBy || r.Why.Contains("are the most", StringComparison.Ordinal)))
            .Check(Config.QuickThrowOnFailure.WithReplay(12275759237769643366UL, 17818740559576438433UL, 6).WithMaxTest(1));

    [Fact]
    public void Every_text_takes_one_segment_of_the_cheap_alphabet_in_both_languages() => Check(c =>
        c.Plan().SelectMany(r => Enum.GetValues<SmsLanguage>().Select(l => SmallClinic.Text(r.Template, r.Visit!, l)))
            .All(t => SmsLength.Of(t) is { Encoding: SmsEncoding.Gsm7, Segments: 1 }), 60);

    private static void Check(Func<Case, bool> property, int runs = 1500) =>
        Prop.ForAll(Cases.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(runs));

    private sealed record Case(
        string ClinicZone, string PatientZone, LocalDate First, int[] Offsets, int[] Minutes, int LeadMinutes, bool IsSeries, TextWindow Window)
    {
        public DateTimeZone PatientPlace => SmallClinic.Zone(PatientZone);

        public ReminderRules Rules => SmallClinic.Rules with { Window = Window };

        public Instant Now => Visits[0].StartsAt - Duration.FromMinutes(LeadMinutes);

        public IReadOnlyList<Appointment> Visits =>
        [
            .. Offsets.Select((days, i) =>
            {
                var local = First.PlusDays(days).At(LocalTime.Midnight.PlusMinutes(Minutes[i]));
                var starts = local.InZoneLeniently(SmallClinic.Zone(ClinicZone));
                return SmallClinic.Visit("2026-12-01T09:00", $"visit{i}", series: IsSeries ? "s" : null) with { Start = starts.LocalDateTime, StartsAt = starts.ToInstant(), TimeZone = ClinicZone };
            }),
        ];

        public PlanInput Input() => new("northside", "patient1", Visits, Rules, SmallClinic.Zone(ClinicZone), PatientPlace, [], Now);

        public IReadOnlyList<PlannedReminder> Plan() => ReminderPlan.For(Input());
    }
}
