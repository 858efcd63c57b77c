using System.Text.Json;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Labs.Fhir;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>A clinic's day is its own: the far ends of the world on both sides of midnight.</summary>
public sealed class LabZonesTests
{
    [Theory]
    [InlineData("Asia/Tokyo", "2026-10-01T14:59:59Z", "2026-10-01")]
    [InlineData("Asia/Tokyo", "2026-10-01T15:00:00Z", "2026-10-02")]
    [InlineData("Pacific/Honolulu", "2026-10-02T09:59:59Z", "2026-10-01")]
    [InlineData("Pacific/Honolulu", "2026-10-02T10:00:00Z", "2026-10-02")]
    public void A_result_is_of_the_clinics_day(string zone, string collected, string day)
    {
        var reading = Read(zone, collected, "2026-10-02");

        Assert.Equal(Day(day), Assert.Single(reading.Results).CollectedOn);
        Assert.Equal(Day(day) > Day("2026-10-01"), Read(zone, collected, "2026-10-01").Results.Count == 0);
    }

    [Theory]
    [InlineData("Asia/Tokyo", 14)]
    [InlineData("Pacific/Honolulu", 33)]
    public async Task A_result_is_too_old_from_the_clinics_midnight_on_and_the_sweep_is_due_in_its_morning(string zone, int hoursUtc)
    {
        await using var clinic = await LabClinic.StartAsync("2026-11-20");
        clinic.Context = clinic.Context with { Clinic = clinic.Context.Clinic with { TimeZone = zone } };
        var patient = await clinic.PatientAsync();
        await clinic.AddAsync(patient, Typed(LabTests.Ecg, "2026-09-01"));
        var lastMinute = Instant.FromUtc(2026, 12, 1, 0, 59) + Duration.FromHours(hoursUtc);

        clinic.Inner.Clock.Now = lastMinute;
        await clinic.SweepAsync();
        Assert.DoesNotContain(await clinic.FlagsAsync(patient), f => f.Test == LabTests.Ecg);

        clinic.Inner.Clock.Now = lastMinute + Duration.FromMinutes(1);
        await clinic.SweepAsync();
        Assert.Equal(LabStanding.Expired, (await clinic.FlagsAsync(patient)).Single(f => f.Test == LabTests.Ecg).Kind);
    }

    private static FhirLabReading Read(string zone, string collected, string today)
    {
        using var document = JsonDocument.Parse(
            $$"""{"resourceType":"Observation","id":"e","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"11524-6"}]},"effectiveDateTime":"{{collected}}"}""");
        return FhirLabs.Read(document.RootElement, new FhirLabContext(Requirements, Day(today), DateTimeZoneProviders.Tzdb[zone], null, Units));
    }
}
