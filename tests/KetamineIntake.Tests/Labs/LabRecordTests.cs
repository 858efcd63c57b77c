using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Records;
using NodaTime;
using static KetamineIntake.Tests.Labs.LabSamples;

namespace KetamineIntake.Tests.Labs;

public sealed class LabRecordTests
{
    private static readonly Instant One = Instant.FromUtc(2026, 10, 2, 0, 0);
    private static readonly Instant Two = Instant.FromUtc(2026, 10, 3, 0, 0);
    private static readonly LabResult First = Coded("2026-10-01", "2160-0");

    [Fact]
    public void The_version_issued_last_holds_however_they_arrive()
    {
        var final = First with { IssuedAt = One };
        var corrected = First with { IssuedAt = Two, Status = LabResultStatus.Corrected, CollectedOn = Day("2026-09-20") };

        Assert.Equal(corrected, Fold(final, corrected).Current);
        Assert.Equal(corrected, Fold(corrected, final).Current);
    }

    [Fact]
    public void A_retraction_holds_against_a_final_version_that_arrives_late()
    {
        var retracted = First with { Status = LabResultStatus.EnteredInError, CollectedOn = null };

        Assert.Equal(retracted, Fold(First, retracted).Current);
        Assert.Equal(retracted, Fold(retracted, First).Current);
    }

    [Fact]
    public void A_result_reissued_after_a_retraction_counts_again()
    {
        var reissued = First with { IssuedAt = Two };

        Assert.Equal(reissued, Fold(First with { IssuedAt = One, Status = LabResultStatus.EnteredInError }, reissued).Current);
    }

    [Theory]
    [InlineData(LabResultStatus.Preliminary, LabResultStatus.Final)]
    [InlineData(LabResultStatus.Registered, LabResultStatus.Preliminary)]
    [InlineData(LabResultStatus.Final, LabResultStatus.Corrected)]
    [InlineData(LabResultStatus.Final, LabResultStatus.Amended)]
    [InlineData(LabResultStatus.Corrected, LabResultStatus.Cancelled)]
    [InlineData(LabResultStatus.Unknown, LabResultStatus.Preliminary)]
    public void Versions_without_a_date_of_issue_go_by_their_place_in_a_results_life(LabResultStatus earlier, LabResultStatus later)
    {
        var (one, two) = (First with { Status = earlier }, First with { Status = later });

        Assert.Equal(later, Fold(one, two).Current.Status);
        Assert.Equal(later, Fold(two, one).Current.Status);
    }

    [Fact]
    public void One_undated_version_makes_the_place_in_life_decide()
    {
        var corrected = First with { Status = LabResultStatus.Corrected };

        Assert.Equal(corrected, Fold(corrected, First with { IssuedAt = Two }).Current);
    }

    [Fact]
    public void Of_two_versions_issued_at_one_moment_the_later_step_holds()
    {
        var final = First with { IssuedAt = One };
        var corrected = final with { Status = LabResultStatus.Corrected };

        Assert.Equal(corrected, Fold(corrected, final).Current);
    }

    [Fact]
    public void The_same_version_again_is_nothing_new()
    {
        var corrected = First with { Status = LabResultStatus.Corrected };
        var record = Fold(First, corrected);

        Assert.Null(record.With(corrected, Two));
        Assert.Null(record.With(First with { }, Two));
    }

    [Fact]
    public void Staff_may_take_a_typed_result_back_and_type_it_again()
    {
        var typed = Typed(LabTests.Ecg, "2026-10-01");
        var record = Fold(typed, typed with { Status = LabResultStatus.EnteredInError }, typed);

        Assert.Equal(LabResultStatus.Final, record.Current.Status);
        Assert.Equal(3, record.Versions.Count);
        Assert.Null(record.With(typed, Two));
    }

    [Fact]
    public void Versions_with_other_values_are_new()
    {
        var value = Value("2160-0", 0.9m, "mg/dL");
        var result = First with { Values = [value] };

        Assert.NotNull(Fold(result).With(result with { Values = [value with { Number = 1.9m }] }, Two));
        Assert.NotNull(Fold(result).With(result with { Codes = ["2160-0", "98979-8"] }, Two));
        Assert.Null(Fold(result).With(result with { Values = [value with { }], Codes = ["2160-0"] }, Two));
    }

    [Fact]
    public void A_part_taken_back_leaves_only_the_other_parts()
    {
        LabValue[] values = [Value("1742-6", 20, "U/L") with { SourceId = "Observation/alt" }, Value("2160-0", 0.9m, "mg/dL") with { SourceId = "Observation/creat" }];
        var record = Fold(First with { Codes = ["24323-8", "1742-6", "2160-0"], Values = values });

        var less = record.Without("Observation/alt", Two)!.Current;

        Assert.Equal(["2160-0"], less.Codes);
        Assert.Equal("Observation/creat", Assert.Single(less.Values).SourceId);
        Assert.Equal(LabResultStatus.Final, less.Status);
        Assert.Null(record.Without("Observation/other", Two));
    }

    [Fact]
    public void A_part_taken_back_goes_again_from_the_report_issued_anew_and_from_an_older_one_that_comes_late()
    {
        LabValue[] values = [Value("1742-6", 20, "U/L") with { SourceId = "alt" }, Value("2160-0", 0.9m, "mg/dL")];
        var report = First with { Codes = ["1742-6", "2160-0"], Values = values, IssuedAt = Two };
        var record = Fold(report).Without("alt", Two)!;

        Assert.Equal(["2160-0"], record.With(report with { IssuedAt = One }, Two)!.Current.Codes);
        var anew = record.With(report with { IssuedAt = Two + Duration.FromDays(1) }, Two)!;
        Assert.Equal(["1742-6", "2160-0"], anew.Current.Codes);
        var again = anew.Without("alt", Two)!;
        Assert.Equal(["2160-0"], again.Current.Codes);
        Assert.Equal(["2160-0"], again.With(report with { IssuedAt = Two + Duration.FromDays(2) }, Two)!.Without("alt", Two)!.Current.Codes);
    }

    [Fact]
    public void A_report_without_a_time_of_issue_loses_its_part_as_often_as_it_is_sent_with_another_remark()
    {
        LabValue[] values = [Value("1742-6", 20, "U/L") with { SourceId = "alt" }, Value("2160-0", 0.9m, "mg/dL")];
        var report = First with { Codes = ["1742-6", "2160-0"], Values = values };
        var other = report with { Values = [values[0] with { Text = "hemolysed" }, values[1]] };

        Assert.Equal(["2160-0"], Fold(report).Without("alt", Two)!.With(other, Two)!.Without("alt", Two)!.Current.Codes);
    }

    [Fact]
    public void A_sender_that_repeats_itself_does_not_grow_the_record_without_end()
    {
        var record = Fold(First);
        for (var i = 1; i <= 60; i++)
        {
            record = record.With(First with { IssuedAt = One + Duration.FromMinutes(i) }, Two)!;
        }

        Assert.Equal(50, record.Versions.Distinct().Count());
        Assert.Equal(One + Duration.FromMinutes(60), record.Current.IssuedAt);
    }

    [Fact]
    public void Entered_in_error_holds_over_a_correction_although_it_kept_its_first_time_of_issue()
    {
        var corrected = First with { Status = LabResultStatus.Corrected, IssuedAt = Two };
        var retracted = First with { Status = LabResultStatus.EnteredInError, CollectedOn = null, IssuedAt = One };
        var record = LabRecord.First(Patient, First with { IssuedAt = One }, One).With(corrected, Two)!.With(retracted, Two + Duration.FromDays(1))!;

        Assert.Equal(retracted, record.Current);
        Assert.Equal(retracted, LabRecord.First(Patient, retracted, Two + Duration.FromDays(1)).With(corrected, Two + Duration.FromDays(2))!.Current);
    }

    [Fact]
    public void The_version_that_holds_is_never_forgotten()
    {
        var holds = First with { IssuedAt = Two + Duration.FromDays(100), Status = LabResultStatus.Corrected };
        var record = Fold(First, holds);
        for (var i = 1; i <= 60; i++)
        {
            record = record.With(First with { IssuedAt = One + Duration.FromMinutes(i) }, Two)!;
        }

        Assert.Equal((holds, holds), (record.Current, record.Versions[0].Result));
        Assert.Equal(50, record.Versions.Distinct().Count());
        Assert.Equal(One + Duration.FromMinutes(60), record.Versions[^1].Result.IssuedAt);
    }

    [Fact]
    public void A_part_goes_by_each_of_its_names_and_a_row_with_one_name_still_does()
    {
        var named = Fold(First with { Values = [Value("2160-0", 0.9m, "mg/dL") with { SourceId = "one two" }] });
        var old = Fold(First with { Values = [Value("2160-0", 0.9m, "mg/dL") with { SourceId = "two" }] });

        Assert.NotNull(named.Without("one", Two));
        Assert.NotNull(named.Without("two", Two));
        Assert.Null(named.Without("one two", Two));
        Assert.NotNull(old.Without("two", Two));
    }

    [Fact]
    public void A_value_stored_without_day_and_ranges_still_reads_and_both_are_kept_when_there()
    {
        var old = Fold(First with { Values = [Value("2160-0", 0.9m, "mg/dL")] });
        var text = System.Text.Encoding.UTF8.GetString(RecordJson.Write(old).Span);
        Assert.DoesNotContain("\"day\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"ranges\"", text, StringComparison.Ordinal);
        Assert.Equal(old.Current, Read(old).Current);

        var full = Fold(First with { Values = [Value("2160-0", 0.9m, "mg/dL") with { Day = Day("2026-09-30"), Ranges = [new LabRange(1, 2, "mg/dL", "normal")] }] });
        Assert.Equal(full.Current, Read(full).Current);
        Assert.NotEqual(full.Current, old.Current);

        static LabRecord Read(LabRecord record) => RecordJson.Read<LabRecord>(new Row("k", RecordJson.Write(record), "1"));
    }

    [Fact]
    public void Another_result_is_one_that_has_no_code_in_common_with_any_version()
    {
        var other = First with { Codes = ["718-7"] };
        var retracted = First with { Codes = [], Status = LabResultStatus.EnteredInError };

        Assert.True(Fold(First).IsAnother(other));
        Assert.True(Fold(First, retracted).IsAnother(other));
        Assert.False(Fold(First, First with { Codes = ["2160-0", "718-7"] }).IsAnother(other));
        Assert.False(Fold(retracted).IsAnother(other));
        Assert.False(Fold(First).IsAnother(retracted));
    }

    private static LabRecord Fold(LabResult first, params LabResult[] more) =>
        more.Aggregate(LabRecord.First(Patient, first, One), (record, version) => record.With(version, Two) ?? record);
}
