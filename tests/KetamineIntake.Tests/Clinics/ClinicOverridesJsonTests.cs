using System.Text;
using System.Text.Json;
using KetamineIntake.Core.Clinics;

namespace KetamineIntake.Tests.Clinics;

public sealed class ClinicOverridesJsonTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{\"severities\":null,\"parameters\":[]}")]
    [InlineData("{\"severities\":[null],\"parameters\":[]}")]
    [InlineData("{\"severities\":[],\"parameters\":[null]}")]
    [InlineData("{\"severities\":[],\"parameters\":[],\"indications\":[null]}")]
    [InlineData("{\"severities\":[{\"rule\":\"CV-01\",\"severity\":\"bogus\"}],\"parameters\":[]}")]
    [InlineData("{\"severities\":[],\"parameters\":[],\"more\":1}")]
    public void A_file_of_another_shape_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => ClinicOverridesJson.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Indications_may_be_left_out() =>
        Assert.Null(ClinicOverridesJson.Read("{\"severities\":[],\"parameters\":[]}"u8).Indications);
}
