using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Reminders.Preparation;

public class PreparationTickTests
{
    [Fact]
    public async Task Ticks_of_what_can_be_ticked_are_kept_in_the_order_of_the_page_and_read_again()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var visit = await clinic.VisitAsync("2026-12-01T14:00");

        for (var time = 0; time < 2; time++)
        {
            Assert.True(await clinic.TickAsync("pack", "ride", "ride", "made-up", "calm", "insulin", "RIDE", "Title"));

            Assert.Equal(["ride", "pack"], Assert.Single((await clinic.StoredLinkAsync()).Ticks, t => t.Key == visit.Id).Value);
            Assert.Equal(["pack", "ride"], (await clinic.ViewAsync()).Ticks.Order(StringComparer.Ordinal));
        }

        Assert.Equal((clinic.Patient, 0), ((await clinic.StoredLinkAsync()).PatientId, (await clinic.StoredLinkAsync()).WrongTries));
    }

    [Fact]
    public async Task Each_save_says_all_that_is_ticked()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        await clinic.TickAsync("ride");

        Assert.True(await clinic.TickAsync("payment"));
        Assert.Equal(["payment"], (await clinic.ViewAsync()).Ticks);
        Assert.True(await clinic.TickAsync());
        Assert.Empty((await clinic.ViewAsync()).Ticks);
    }

    [Fact]
    public async Task Every_visit_has_ticks_of_its_own()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        var first = await clinic.VisitAsync("2026-12-01T14:00");
        var second = await clinic.VisitAsync("2026-12-04T14:00");
        await clinic.TickAsync("ride");
        clinic.At("2026-12-03T10:00");

        Assert.Empty((await clinic.ViewAsync()).Ticks);
        Assert.True(await clinic.TickAsync("pack"));

        var kept = (await clinic.StoredLinkAsync()).Ticks;
        Assert.Equal((2, "ride", "pack"), (kept.Count, kept[first.Id].Single(), kept[second.Id].Single()));
    }

    [Theory]
    [InlineData("yes", "insulin")]
    [InlineData("no", "no-food")]
    public async Task Only_what_the_patient_sees_can_be_ticked(string insulin, string seen)
    {
        await using var clinic = await PreparedClinic.StartAsync(answers: TestClinic.NoInsulinBut(("endo.diabetes", "yes"), ("endo.diabetes.insulin", insulin)));
        await clinic.VisitAsync("2026-12-01T14:00");

        Assert.True(await clinic.TickAsync("insulin", "no-food"));

        Assert.Equal([seen], (await clinic.ViewAsync()).Ticks);
    }

    [Fact]
    public async Task Ticks_saved_while_somebody_tries_a_date_of_birth_are_kept_and_the_try_counts()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        var meddled = clinic.Meddled(() => clinic.UnlockAsync(PreparedClinic.BirthDate.PlusDays(3)));

        Assert.Equal(TickResult.Saved, await clinic.Pages.TickAsync(meddled, PreparedClinic.Token, ["ride"], default));

        Assert.Equal(["ride"], (await clinic.ViewAsync()).Ticks);
        Assert.Equal(1, (await clinic.StoredLinkAsync()).WrongTries);
    }

    [Fact]
    public async Task Tries_and_openings_leave_the_ticks_alone()
    {
        await using var clinic = await PreparedClinic.StartAsync();
        await clinic.VisitAsync("2026-12-01T14:00");
        await clinic.TickAsync("ride");

        Assert.Equal(UnlockResult.Wrong, await clinic.UnlockAsync(PreparedClinic.BirthDate.PlusDays(3)));
        Assert.Equal(UnlockResult.Opened, await clinic.UnlockAsync(PreparedClinic.BirthDate));

        Assert.Equal(["ride"], (await clinic.ViewAsync()).Ticks);
    }
}
