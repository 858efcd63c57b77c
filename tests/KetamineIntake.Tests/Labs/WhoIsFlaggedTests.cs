using KetamineIntake.Core.Records;
using KetamineIntake.Core.Referrals;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class WhoIsFlaggedTests
{
    [Theory]
    [InlineData(ReferralStatus.New, false)]
    [InlineData(ReferralStatus.InfoRequested, false)]
    [InlineData(ReferralStatus.Declined, false)]
    [InlineData(ReferralStatus.OverridePending, false)]
    [InlineData(ReferralStatus.Accepted, true)]
    [InlineData(ReferralStatus.Overridden, true)]
    public async Task Only_accepted_or_overridden_patients_are_flagged(ReferralStatus status, bool flagged)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync(status);

        await clinic.AddAsync(patient, Coded("2026-07-01", "11524-6"));

        Assert.Equal(flagged ? 4 : 0, (await clinic.FlagsAsync(patient)).Count);
        Assert.Equal(flagged, (await clinic.KeysAsync(Rows.LabFlags)).Count > 0);
    }

    [Theory]
    [InlineData(ReferralStatus.New)]
    [InlineData(ReferralStatus.Declined)]
    public async Task Whoever_can_be_booked_is_flagged_even_with_a_newer_screening_that_nobody_has_accepted(ReferralStatus newer)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        clinic.GoTo("2026-12-02");
        await clinic.ScreenAsync(patient, newer);

        await clinic.Review.RunAsync(clinic.Context, patient, default);

        Assert.Equal(4, (await clinic.FlagsAsync(patient)).Count);
    }
}
