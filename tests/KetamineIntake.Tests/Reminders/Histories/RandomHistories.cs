using FsCheck;
using FsCheck.Fluent;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders;
using NodaTime;

namespace KetamineIntake.Tests.Reminders.Histories;

/// <summary>Random histories around nights in which clocks change; a history that fails is made shorter and plainer.</summary>
internal static class RandomHistories
{
    private static readonly string[] Zones =
    [
        "America/New_York", "America/Phoenix", "America/Los_Angeles", "Pacific/Honolulu", "Europe/London", "Asia/Kathmandu",
        "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "Pacific/Auckland", "Pacific/Kiritimati", "America/St_Johns", "America/Havana",
    ];

    private static readonly LocalDate[] Days =
    [
        new(2026, 10, 4), new(2026, 10, 25), new(2026, 11, 1), new(2027, 3, 14), new(2027, 3, 28), new(2027, 4, 4), new(2027, 9, 26), new(2026, 12, 31),
    ];

    private static readonly (string Words, Wish Wish)[] Words =
    [
        ("STOP", Wish.NoTexts), ("Stop!", Wish.NoTexts), ("no me manden mensajes", Wish.NoTexts), ("please take me off your list", Wish.NoTexts),
        ("START", Wish.Texts), ("unstop", Wish.Texts), ("HELP", Wish.Answer), ("ayuda", Wish.Answer), ("I want to die", Wish.Answer),
        ("C", Wish.Nothing), ("R", Wish.Nothing), ("should I stop my sertraline?", Wish.Nothing), ("thanks", Wish.Nothing),
    ];

    private static readonly Gen<ClinicSetting> Clinics =
        from zone in Gen.Elements(Zones)
        from alias in Gen.Elements("Northside Care", "WWWWWWWWWWWWWWWW", "Q")
        from phone in Gen.Elements("+12125550199", "+33123456789")
        from window in Gen.Elements(
            TextWindow.Widest, TextWindow.Widest, new TextWindow(new LocalTime(10, 30), new LocalTime(16, 0)), new TextWindow(new LocalTime(12, 0), new LocalTime(12, 5)))
        from solids in Gen.Choose(4, 12)
        from water in Gen.Choose(1, 4)
        from alcohol in Gen.Elements(24, 48, 96)
        from perDay in Gen.Choose(1, 3)
        from perWeek in Gen.Choose(3, 7)
        select new ClinicSetting(zone, alias, phone, window, solids, water, alcohol, new TextCaps(perDay, perWeek));

    private static readonly Gen<PatientSetting> Patients =
        from zone in Gen.OneOf(Gen.Constant<string?>(null), Gen.Elements<string?>(Zones))
        from number in Gen.Choose(0, 1)
        from language in Gen.Elements("en", "es")
        from consents in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from hasTests in Gen.Elements(true, false)
        select new PatientSetting(zone, number, language, consents, hasTests);

    private static readonly Gen<Step> Booking =
        from patient in Gen.Choose(0, 2)
        from days in Gen.Choose(0, 12)
        from quarter in Gen.Choose(0, (24 * 4) - 1)
        from kind in Gen.Frequency((9, Gen.Constant(AppointmentKind.Infusion)), (1, Gen.Constant(AppointmentKind.Consult)))
        from sessions in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(2, 6)))
        from perWeek in Gen.Choose(1, 4)
        select (Step)new Step.Book(patient, days, quarter * 15, kind, sessions, perWeek);

    private static readonly Gen<Step> Moving =
        from visit in Gen.Choose(0, 9)
        from days in Gen.OneOf(Gen.Choose(0, 9), Gen.Choose(1, 2))
        from quarter in Gen.Choose(0, (24 * 4) - 1)
        select (Step)new Step.Move(visit, days, quarter * 15);

    private static readonly Gen<Step> Passing =
        from minutes in Gen.OneOf(Gen.Choose(0, 90), Gen.Choose(90, 24 * 60), Gen.Choose(24 * 60, 5 * 24 * 60))
        from times in Gen.Choose(1, 2)
        from outage in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (Step)new Step.Pass(minutes, times, outage);

    private static readonly Gen<Step> Saying =
        from number in Gen.Choose(0, 1)
        from said in Gen.Elements(Words)
        select (Step)new Step.Say(number, said.Words, said.Wish);

    private static readonly Gen<Step> Reporting =
        from back in Gen.Choose(0, 4)
        from code in Gen.Elements(2000, 2000, 4001, 4007, 4010, 5001, 5002)
        select (Step)new Step.Report(back, code);

    private static readonly Gen<Step> Cancelling = Gen.Choose(0, 9).Select(v => (Step)new Step.Cancel(v));

    private static readonly Gen<Step> Refusing = Gen.Elements(-1, 4001, 4007, 4010, 5001).Select(c => (Step)new Step.Refuse(c));

    private static readonly Gen<Step> Redelivering = Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 99)).Select(b => (Step)new Step.Redeliver(b));

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (5, Booking), (2, Moving), (1, Cancelling), (9, Passing), (3, Saying), (2, Reporting), (1, Refusing),
        (1, Redelivering),
        (1, Gen.OneOf(Saying, Moving, Cancelling, Reporting, Booking, Redelivering).Select(s => (Step)new Step.Meanwhile(s))));

    private static readonly Gen<History> All =
        from clinic in Clinics
        from patients in Patients.ArrayOf(3)
        from count in Gen.Choose(1, 3)
        from day in Gen.Elements(Days)
        from before in Gen.Choose(0, 12)
        from minute in Gen.Choose(0, (24 * 60) - 1)
        from first in Booking
        from length in Gen.Choose(3, 24)
        from steps in Steps.ArrayOf(length)
        select new History(clinic, [.. patients.Take(count)], day.PlusDays(-before).At(LocalTime.Midnight.PlusMinutes(minute)), [first, .. steps]);

    public static Arbitrary<History> Arbitrary => Arb.ToArbitrary(All, Shrink);

    private static IEnumerable<History> Shrink(History history)
    {
        // Halves first, then single steps.
        for (var size = history.Steps.Count / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from + size <= history.Steps.Count; from += size)
            {
                yield return history with { Steps = [.. history.Steps.Take(from), .. history.Steps.Skip(from + size)] };
            }
        }

        if (history.Patients.Count > 1)
        {
            yield return history with { Patients = [.. history.Patients.Take(history.Patients.Count - 1)] };
        }

        foreach (var step in Enumerable.Range(0, history.Steps.Count))
        {
            if (history.Steps[step] is Step.Pass { Times: > 1 } pass)
            {
                yield return history with { Steps = [.. history.Steps.Take(step), pass with { Times = 1 }, .. history.Steps.Skip(step + 1)] };
            }
        }
    }
}
