using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Reminders.Replies;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class HeldVisitsTests
{
    [Fact]
    public async Task A_visit_is_held_on_its_day_before_the_sweep_has_run_and_not_on_the_day_after()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-09-05", "24323-8", "58410-2", "11524-6"));
        var visit = await clinic.BookAsync(patient, "2026-12-10");

        Assert.Empty(await HeldAsync(clinic, patient));
        clinic.GoTo("2026-12-10");
        Assert.Equal([visit], await HeldAsync(clinic, patient));
        clinic.GoTo("2026-12-11");
        Assert.Empty(await HeldAsync(clinic, patient));
    }

    [Fact]
    public async Task Todays_visit_is_held_although_the_flag_still_names_yesterdays_and_the_rest_of_the_series_is_marked()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Coded("2026-09-08", "24323-8", "58410-2", "11524-6"));
        var fine = await clinic.BookAsync(patient, "2026-12-08");
        var (first, second, third) = (await clinic.BookAsync(patient, "2026-12-09"), await clinic.BookAsync(patient, "2026-12-10"), await clinic.BookAsync(patient, "2026-12-14"));
        var consult = await clinic.BookAsync(patient, "2026-12-10", kind: AppointmentKind.Consult);

        var before = await ViewAsync(clinic, patient);
        clinic.GoTo("2026-12-10");
        var today = await ViewAsync(clinic, patient);

        Assert.All(today.LabFlags, f => Assert.Equal(first, f.VisitId));
        Assert.Empty(before.HeldVisits);
        Assert.Equal([first, second, third], before.FailingVisits.OrderBy(id => Array.IndexOf([fine, first, second, third, consult], id)));
        Assert.Equal([second], today.HeldVisits);
        Assert.Equal([second, third], today.FailingVisits.OrderBy(id => Array.IndexOf([second, third], id)));
    }

    private static async Task<IReadOnlyList<string>> HeldAsync(LabClinic clinic, string patient) => (await ViewAsync(clinic, patient)).HeldVisits;

    private static async Task<VisitsView> ViewAsync(LabClinic clinic, string patient) =>
        (await new ListVisits(new PhoneBook(clinic.Inner.Stores), clinic.Inner.Clock).RunAsync(clinic.Context, patient, clinic.Inner.Ana, default))!;
}
