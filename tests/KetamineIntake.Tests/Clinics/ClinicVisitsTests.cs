using System.Text;
using System.Text.Json;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Clinics;

public class ClinicVisitsTests
{
    private const string Good = """
        {"schedule":{"open":[{"day":"monday","from":"08:00","until":"18:00"}],"chairs":3},"textAlias":"North Care","textNumber":"+18005550100","textWindow":{"from":"10:00","before":"18:00"}}
        """;

    [Fact]
    public async Task A_clinic_books_and_texts_as_it_was_set()
    {
        await using var clinic = await TestClinic.StartAsync();
        Assert.Empty(await clinic.Clinics.SetVisitsAsync("northside", Read(Good), default));

        var set = (await clinic.Directory.FindAsync("northside", default))!.Clinic;

        Assert.Equal((3, "North Care", "+18005550100"), (set.Schedule!.Chairs, set.TextAlias, set.TextNumber));
        Assert.NotNull(set.Schedule.On(new LocalDate(2026, 11, 30)));
        Assert.Null(set.Schedule.On(new LocalDate(2026, 12, 1)));
        Assert.Equal(new TextWindow(new LocalTime(10, 0), new LocalTime(18, 0)), set.TextWindow);
        Assert.NotNull(await clinic.Stores.Open(Rows.Global).FindAsync(Rows.Number("18005550100", "northside"), default));
    }

    [Theory]
    [InlineData("""{"textAlias":"Ketamine NYC"}""")]
    [InlineData("""{"textNumber":"12"}""")]
    [InlineData("""{"textWindow":{"from":"08:00","before":"18:00"}}""")]
    [InlineData("""{"schedule":{"open":[],"chairs":0}}""")]
    public async Task What_cannot_be_used_is_told_and_nothing_changes(string json)
    {
        await using var clinic = await TestClinic.StartAsync();

        Assert.Single(await clinic.Clinics.SetVisitsAsync("northside", Read(json), default));
        Assert.Null((await clinic.Directory.FindAsync("northside", default))!.Clinic.TextAlias);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"chair":1}""")]
    [InlineData("""{"schedule":{"chairs":1}}""")]
    public void Another_shape_is_refused(string json) => Assert.Throws<JsonException>(() => Read(json));

    private static ClinicVisits Read(string json) => ClinicVisits.Read(Encoding.UTF8.GetBytes(json));
}
