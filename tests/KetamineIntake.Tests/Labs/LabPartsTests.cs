using KetamineIntake.Core.Labs;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>A value inside a panel and the same value by itself: which of them stands.</summary>
public sealed class LabPartsTests
{
    private static readonly LabResult Panel = Measured("2026-10-01", Value("718-7", 7, "g/dL") with { SourceId = "part" }) with { Id = "panel" };
    private static readonly LabResult Part = Measured("2026-10-01", Value("718-7", 13, "g/dL")) with { Id = "part" };

    [Theory]
    [InlineData(0, 60, "13")]
    [InlineData(60, 0, "7")]
    [InlineData(60, 60, "7 13")]
    public void The_one_issued_later_stands_and_both_where_they_were_issued_at_once(int panel, int part, string standing) =>
        Assert.Equal(standing, Standing(Panel with { IssuedAt = After(panel) }, Part with { IssuedAt = After(part) }));

    [Theory]
    [InlineData(LabResultStatus.Final, LabResultStatus.Corrected, "13")]
    [InlineData(LabResultStatus.Final, LabResultStatus.Amended, "13")]
    [InlineData(LabResultStatus.Corrected, LabResultStatus.Final, "7")]
    [InlineData(LabResultStatus.Final, LabResultStatus.Final, "7 13")]
    [InlineData(LabResultStatus.Corrected, LabResultStatus.Amended, "7 13")]
    public void Without_times_of_issue_a_correction_stands_and_both_where_that_does_not_tell(LabResultStatus panel, LabResultStatus part, string standing) =>
        Assert.Equal(standing, Standing(Panel with { Status = panel }, Part with { Status = part }));

    [Fact]
    public void What_does_not_count_overrules_nothing() =>
        Assert.Equal("7", Standing(Panel, Part with { Status = LabResultStatus.Preliminary, IssuedAt = After(60) }));

    private static Instant After(int minutes) => Noon + Duration.FromMinutes(minutes);

    private static string Standing(params LabResult[] results) =>
        string.Join(' ', LabParts.Standing(results).Select(s => s.Value.Number!.Value.ToString("0", null)));
}
