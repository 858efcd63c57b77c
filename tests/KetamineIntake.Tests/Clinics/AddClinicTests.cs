using KetamineIntake.Core.Clinics;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Clinics;

public sealed class AddClinicTests
{
    [Theory]
    [InlineData("ab", "3 to 31")]
    [InlineData("Northside", "3 to 31")]
    [InlineData("1clinic", "3 to 31")]
    [InlineData("_global", "3 to 31")]
    [InlineData("admin", "reserved")]
    [InlineData("clinic\n", "3 to 31")]
    public async Task A_bad_slug_is_refused(string slug, string why)
    {
        await using var clinic = await TestClinic.StartAsync();

        var (added, faults) = await clinic.Clinics.RunAsync(new NewClinic(slug, "Name", "America/New_York", "+12125550199", false), default);

        Assert.Null(added);
        Assert.Contains(why, Assert.Single(faults), StringComparison.Ordinal);
        Assert.Null(await clinic.Directory.FindAsync(slug, default));
    }

    [Fact]
    public async Task Every_fault_is_named_at_once()
    {
        await using var clinic = await TestClinic.StartAsync();

        var (_, faults) = await clinic.Clinics.RunAsync(new NewClinic("x", " ", "Mars/Olympus", "12", false), default);

        Assert.Equal(4, faults.Count);
    }

    [Fact]
    public async Task A_second_clinic_of_the_same_name_is_refused_and_the_first_keeps_its_keys()
    {
        await using var clinic = await TestClinic.StartAsync();

        var (added, faults) = await clinic.Clinics.RunAsync(new NewClinic("northside", "Other", "America/New_York", "+12125550199", false), default);

        Assert.Null(added);
        Assert.Single(faults);
        Assert.Equal("Northside Care", (await clinic.Directory.FindAsync("northside", default))!.Clinic.Name);
        Assert.NotNull(await Core.Staff.StaffKeys.FindAsync(clinic.Context, clinic.Ana.Id, default));
    }

    [Theory]
    [InlineData("West\nside")]
    [InlineData("West\u001b[31mside")]
    [InlineData("West\u202eside")]
    public async Task A_name_that_would_rewrite_the_line_it_stands_on_is_refused(string name)
    {
        await using var clinic = await TestClinic.StartAsync();

        var (added, faults) = await clinic.Clinics.RunAsync(new NewClinic("southside", name, "America/Chicago", "+13125550199", false), default);

        Assert.Null(added);
        Assert.Single(faults);
    }

    [Fact]
    public async Task Keys_are_kept_before_there_is_a_clinic_that_only_they_can_open()
    {
        await using var clinic = await TestClinic.StartAsync();
        var wanted = new NewClinic("southside", "Southside", "America/Chicago", "+13125550199", false);
        AddedClinic? kept = null;

        await Assert.ThrowsAsync<IOException>(() => clinic.Clinics.RunAsync(wanted, default, _ => throw new IOException("The disk is full.")));
        Assert.Null(await clinic.Directory.FindAsync("southside", default));
        var (added, _) = await clinic.Clinics.RunAsync(wanted, default, keys => kept = keys);

        Assert.Equal(added, kept);
        var there = (await clinic.Directory.FindAsync("southside", default))!;
        Assert.NotNull(await clinic.Staff.AuthenticateAsync(there, kept!.DirectorKey, default));
    }

    [Fact]
    public async Task A_clinic_may_list_its_toll_free_number()
    {
        await using var clinic = await TestClinic.StartAsync();

        var (added, faults) = await clinic.Clinics.RunAsync(new NewClinic("southside", "Southside", "America/Chicago", "1-800-555-0199", false), default);

        Assert.Empty(faults);
        Assert.Equal("+18005550199", added!.Clinic.Phone);
    }
}
