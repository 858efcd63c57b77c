using KetamineIntake.Azure.Records;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Azure.Tests.Records;

public sealed class RecordKeySettingTests
{
    private static readonly string Secret = Convert.ToBase64String(new byte[RecordKey.Bytes]);

    [Fact]
    public void The_first_key_is_the_current_one() => Assert.Equal("new", RecordKeySetting.Parse($"new {Secret}; old {Secret}").Current.Id);

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("id")]
    [InlineData("id c2hvcnQ=")]
    [InlineData("id not-base64-at-all")]
    [InlineData("UPPER AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("a AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;a AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void A_malformed_setting_is_refused_without_repeating_it(string setting)
    {
        var refused = Assert.Throws<FormatException>(() => RecordKeySetting.Parse(setting));
        Assert.DoesNotContain("AAAA", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ", refused.Message, StringComparison.Ordinal);
    }
}
