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

    private static async Task<IReadOnlyList<string>> HeldAsync(LabClinic clinic, string patient) =>
        (await new ListVisits(new PhoneBook(clinic.Inner.Stores), clinic.Inner.Clock).RunAsync(clinic.Context, patient, clinic.Inner.Ana, default))!.HeldVisits;
}
