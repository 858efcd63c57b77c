using static KetamineIntake.Tests.Labs.FhirSamples;

namespace KetamineIntake.Tests.Labs;

/// <summary>A number of an order or of a tube that stands on several results: what befalls one of them is not the others' affair.</summary>
public sealed class SharedNumbersTests
{
    private static readonly string Tube = Bundle(
        Report("58410-2", "r", ["Observation/h", "Observation/p"]), Observation("718-7", "h", 5, Identifiers("A1")), Observation("777-3", "p", 200, Identifiers("A1")));

    [Theory]
    [InlineData("corrected")]
    [InlineData("cancelled")]
    [InlineData("entered-in-error")]
    public async Task What_befalls_the_platelets_of_a_tube_leaves_the_hemoglobin(string status)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Tube));

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("777-3", "p", 210, Identifiers("A1"), status)));
    }

    [Fact]
    public async Task A_retraction_that_was_stripped_of_its_code_takes_back_all_under_its_number()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Tube);
        var stripped = """{"resourceType":"Observation","status":"entered-in-error","code":{"text":"removed"}""" + Identifiers("A1") + "}";

        Assert.Equal("", await clinic.SendAsync(patient, stripped));
        Assert.Equal(0, (await clinic.AddAsync(patient, [.. Read(stripped).Results])).New);
        // And the late original under it.
        var other = await clinic.PatientAsync();
        await clinic.SendAsync(other, stripped);
        Assert.Equal("", await clinic.SendAsync(other, Observation("718-7", "h", 5, Identifiers("A1"))));
    }

    [Theory]
    // A platelet count that was never done, sent before and after; a hemoglobin of another tube of the order; one of another day.
    [InlineData("777-3", "cancelled", "2026-10-01")]
    [InlineData("718-7", "cancelled", "2026-10-01")]
    [InlineData("718-7", "corrected", "2026-09-01")]
    [InlineData("718-7", "corrected", "2026-10-01")]
    public async Task What_befalls_one_result_of_an_order_leaves_the_others(string code, string status, string day)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var (one, other) = (Observation(code, "a", 13, Identifiers("1", "order"), status, day), Observation("718-7", "b", 5, Identifiers("2", "order")));
        var (before, after) = (await clinic.PatientAsync(), await clinic.PatientAsync());
        await clinic.SendAsync(before, one);
        await clinic.SendAsync(after, other);

        Assert.Equal("HEM-01", await clinic.SendAsync(before, other));
        Assert.Equal("HEM-01", await clinic.SendAsync(after, one));
    }

    [Theory]
    // Sent again with a number, or with its numbers in another order.
    [InlineData("", "7")]
    [InlineData("7,8", "8,7")]
    [InlineData("7", "7,8")]
    public async Task The_same_result_under_one_more_name_is_one_and_goes_whole(string first, string second)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "h", 5, Numbers(first)));
        Assert.Equal(0, (await clinic.AddAsync(patient, [.. Read(Observation("718-7", "h", 5, Numbers(second))).Results])).New);

        Assert.Equal("", await clinic.SendAsync(patient, Observation("718-7", "h", 5, Numbers(second), "entered-in-error")));
        Assert.Single(await clinic.KeysAsync(Core.Records.Rows.PatientLabs(patient)));
    }

    [Theory]
    [InlineData("2026-09-01")]
    [InlineData("2026-10-01")]
    public async Task Two_laboratories_that_count_from_one_do_not_overwrite_each_other(string day)
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", "1", 5, Identifiers("here-7")));

        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("718-7", "1", 13, Identifiers("there-9"), day: day)));
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("777-3", "1", 200, Identifiers("there-8"))));
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("6690-2", "1", 6)));
        Assert.Equal(4, (await clinic.KeysAsync(Core.Records.Rows.PatientLabs(patient))).Count);
        // Nobody can say whose retraction by the address alone is: all of that name go.
        Assert.Equal("", await clinic.SendAsync(patient, Observation("718-7", "1", 5, status: "entered-in-error")));
        Assert.DoesNotContain((await clinic.AddAsync(patient)).View.Results, r => r.Counts);
    }

    [Fact]
    public async Task A_number_of_its_own_that_came_second_once_is_the_same_result_on_the_same_day_only()
    {
        await using var clinic = await LabClinic.StartAsync("2026-12-01");
        var patient = await clinic.PatientAsync();
        await clinic.SendAsync(patient, Observation("718-7", null, 5, Identifiers("7", "8")));

        Assert.Equal(0, (await clinic.AddAsync(patient, [.. Read(Observation("718-7", null, 5, Identifiers("8"))).Results])).New);
        Assert.Equal("", await clinic.SendAsync(patient, Observation("718-7", null, 5, Identifiers("7"), "entered-in-error")));
        Assert.Equal("HEM-01", await clinic.SendAsync(patient, Observation("718-7", null, 5, Identifiers("8"), day: "2026-10-02")));
        Assert.Equal(2, (await clinic.KeysAsync(Core.Records.Rows.PatientLabs(patient))).Count);
    }

    private static string Numbers(string numbers) => numbers.Length == 0 ? "" : Identifiers(numbers.Split(','));
}
