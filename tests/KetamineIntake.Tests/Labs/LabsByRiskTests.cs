using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Tests.Labs;

public sealed class LabsByRiskTests
{
    [Fact]
    public async Task Findings_of_the_screening_decide_where_a_clinic_tests_by_risk()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var setting = new LabSetting(LabTests.Ecg, LabPolicy.ByRisk, null, "Dr. Example");
        clinic.Context = clinic.Context with { Clinic = clinic.Context.Clinic with { Overrides = clinic.Context.Clinic.Overrides with { Labs = [setting] } } };
        var healthy = await clinic.PatientAsync();
        var heart = await clinic.PatientAsync(findings: [new Finding("CV-06", Severity.Caution, Verdict.True, false, "Reason.", [], "made up")]);

        var silent = await clinic.PatientAsync(missing: ["cv.any"]);
        await clinic.Review.RunAsync(clinic.Context, silent, default);
        await clinic.Review.RunAsync(clinic.Context, healthy, default);
        await clinic.Review.RunAsync(clinic.Context, heart, default);

        Assert.DoesNotContain(await clinic.FlagsAsync(healthy), f => f.Test == LabTests.Ecg);
        Assert.Contains(await clinic.FlagsAsync(heart), f => f.Test == LabTests.Ecg);
        // A skipped question is not a no.
        Assert.Contains(await clinic.FlagsAsync(silent), f => f.Test == LabTests.Ecg);
    }
}
