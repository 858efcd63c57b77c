using FsCheck;
using FsCheck.Fluent;
using KetamineIntake.Core.Labs;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>What holds for any results, visits and days.</summary>
public sealed class LabPropertyTests
{
    private static readonly LocalDate Origin = new(2026, 1, 1);

    private static readonly Gen<LocalDate> Days = Gen.Choose(0, 800).Select(d => Origin.PlusDays(d));

    private static readonly Gen<(LocalDate Today, LabResult[] Results, LabVisit[] Visits, int Months)> Cases =
        from today in Days
        from results in (from day in Days
                         from status in Gen.Elements(Enum.GetValues<LabResultStatus>())
                         select Typed(LabTests.Ecg, Iso(day), status)).ArrayOf()
        from visits in (from day in Days select Visit(Iso(day))).ArrayOf()
        from months in Gen.Choose(1, 12)
        select (today, results, visits, months);

    // A result of the future is refused at the door, so no stored one ever becomes good by waiting.
    private static LabResult[] Stored((LocalDate Today, LabResult[] Results, LabVisit[] Visits, int Months) c) => [.. c.Results.Where(r => r.CollectedOn <= c.Today)];

    [Fact]
    public void The_judgement_agrees_with_looking_at_every_visit_one_by_one() => Check(c =>
    {
        var status = LabJudgement.Judge([Ecg(c.Months)], c.Results, c.Visits, c.Today).Single();
        var newest = c.Results.Where(r => r.Status is LabResultStatus.Final or LabResultStatus.Amended or LabResultStatus.Corrected or LabResultStatus.Appended && r.CollectedOn <= c.Today)
            .Select(r => r.CollectedOn).Max();
        var days = c.Visits.Select(v => v.Date).Where(d => d >= c.Today).DefaultIfEmpty(c.Today).Append(c.Today);
        var valid = newest is { } collected && days.All(d => d <= collected.PlusMonths(c.Months));
        return valid == (status.Standing == LabStanding.Valid) && newest == status.CollectedOn;
    });

    [Fact]
    public void Order_of_results_and_visits_never_matters() => Check(c =>
        LabJudgement.Judge([Ecg()], c.Results, c.Visits, c.Today)[0] == LabJudgement.Judge([Ecg()], [.. c.Results.Reverse()], [.. c.Visits.Reverse()], c.Today)[0]);

    [Fact]
    public void Judging_only_on_recheck_days_finds_what_judging_every_day_finds() => Check(c =>
    {
        var daily = Walk(Stored(c), c.Visits, c.Today, everyDay: true);
        var indexed = Walk(Stored(c), c.Visits, c.Today, everyDay: false);
        return daily == indexed;
    });

    [Fact]
    public void A_sweep_after_days_of_silence_ends_where_a_daily_one_does() => Check(c =>
    {
        // Of a visit that came and went in silence there is nothing left to say.
        var last = c.Today.PlusDays(60);
        LabVisit[] visits = [.. c.Visits.Where(v => v.Date >= last)];
        var daily = Enumerable.Range(0, 61).Select(c.Today.PlusDays).Aggregate(new List<LabFlag>(), (flags, day) => Sweep(flags, Stored(c), visits, day));
        var late = Sweep(Sweep([], Stored(c), visits, c.Today), Stored(c), visits, last);
        return OpenFacts(daily).SequenceEqual(OpenFacts(late), StringComparer.Ordinal);
    });

    [Fact]
    public void No_test_ever_has_two_open_flags() => Check(c =>
    {
        var flags = new List<LabFlag>();
        for (var i = 0; i <= c.Results.Length; i++)
        {
            flags = Sweep(flags, [.. c.Results.Take(i)], c.Visits, c.Today);
        }

        return flags.Count(f => f.IsOpen) <= 1 && flags.Select(f => f.Id).Distinct(StringComparer.Ordinal).Count() == flags.Count;
    });

    // Everything that can be seen from outside, day by day, for three months.
    private static string Walk(LabResult[] results, LabVisit[] visits, LocalDate from, bool everyDay)
    {
        var seen = new List<string>();
        var flags = new List<LabFlag>();
        LocalDate? next = from;
        for (var day = from; day < from.PlusDays(90); day = day.PlusDays(1))
        {
            if (!everyDay && day != next)
            {
                continue;
            }

            var before = string.Join(',', OpenFacts(flags));
            flags = Sweep(flags, results, visits, day);
            var told = LabSchedule.DueTexts(Patient, flags, day, Noon, LeadDays).Select(t => t.Id).Except(seen.SelectMany(s => s.Split(' ')), StringComparer.Ordinal).ToList();
            var holds = LabSchedule.Holds(flags, visits, day);
            if (told.Count > 0 || holds.Count > 0 || before != string.Join(',', OpenFacts(flags)))
            {
                seen.Add($"{Iso(day)} {string.Join(' ', told)} {string.Join(' ', holds)} {string.Join(',', OpenFacts(flags))}");
            }

            next = LabSchedule.NextRecheck(LabJudgement.Judge([Ecg()], results, visits, day), day, LeadDays);
        }

        return string.Join('\n', seen);
    }

    private static List<LabFlag> Sweep(IReadOnlyList<LabFlag> flags, LabResult[] results, LabVisit[] visits, LocalDate today) =>
        [.. LabFlags.Decide(Patient, flags, LabJudgement.Judge([Ecg()], results, visits, today), today, Noon, LeadDays[0]).Select(c => c.Flag)];

    private static IEnumerable<string> OpenFacts(IEnumerable<LabFlag> flags) => flags.Where(f => f.IsOpen).Select(f => $"{f.Id} {f.Kind} {f.VisitId}").Order(StringComparer.Ordinal);

    private static string Iso(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);

    private static void Check(Func<(LocalDate Today, LabResult[] Results, LabVisit[] Visits, int Months), bool> holds) =>
        FsCheck.Fluent.Prop.ForAll(Cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
