using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Staff;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Staff;

public sealed class StaffKeysTests
{
    [Fact]
    public async Task A_key_opens_its_own_clinic_and_no_other()
    {
        await using var clinic = await TestClinic.StartAsync();
        var (other, _) = await clinic.Clinics.RunAsync(new NewClinic("southside", "Southside", "America/Chicago", "+13125550199", false), default);
        var southside = (await clinic.Directory.FindAsync("southside", default))!;

        Assert.NotNull(await clinic.Staff.AuthenticateAsync(southside, other!.ClinicianKey, default));
        Assert.Null(await clinic.Staff.AuthenticateAsync(clinic.Context, other.ClinicianKey, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("no-dot")]
    [InlineData("00000000000000000000000000.00000000000000000000000000")]
    public async Task What_is_no_key_opens_nothing(string key)
    {
        await using var clinic = await TestClinic.StartAsync();

        Assert.Null(await clinic.Staff.AuthenticateAsync(clinic.Context, key, default));
    }

    [Fact]
    public async Task A_key_with_one_character_changed_opens_nothing()
    {
        await using var clinic = await TestClinic.StartAsync();
        var (key, row) = clinic.Staff.Issue("Cleo", StaffRole.Clinician);
        await clinic.Context.Records.CommitAsync([row], default);
        Assert.Equal("Cleo", (await clinic.Staff.AuthenticateAsync(clinic.Context, key, default))!.Name);

        for (var i = 0; i < key.Length; i++)
        {
            var changed = key[..i] + (key[i] == 'a' ? 'b' : 'a') + key[(i + 1)..];
            Assert.Null(await clinic.Staff.AuthenticateAsync(clinic.Context, changed, default));
        }
    }

    [Fact]
    public async Task The_key_itself_is_not_stored()
    {
        await using var clinic = await TestClinic.StartAsync();
        var (key, row) = clinic.Staff.Issue("Cleo", StaffRole.Clinician);

        var body = System.Text.Encoding.UTF8.GetString(((Change.Insert)row).Body.Span);

        Assert.DoesNotContain(key.Split('.')[1], body, StringComparison.Ordinal);
    }
}
