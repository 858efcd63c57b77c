using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Tests.Support;
using NodaTime;

namespace KetamineIntake.Tests.Reminders;

public class ClinicTextingTests
{
    [Theory]
    [InlineData("https://a2345678901234567890", true)]
    [InlineData("https://a23456789012345678901", false)]
    [InlineData("https://a.example/", false)]
    [InlineData("a.example", false)]
    [InlineData("", false)]
    public void The_address_in_texts_is_a_short_URL_without_a_closing_slash(string address, bool fits)
    {
        var site = new SiteAddress();
        if (fits)
        {
            site.LinkBase = address;
        }
        else
        {
            var refused = Assert.Throws<ArgumentException>(() => site.LinkBase = address);
            Assert.StartsWith("The address in texts must be a URL of at most 28 characters without a closing slash.", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(fits ? address : "https://visits.example.org", site.LinkBase);
    }

    [Theory]
    [InlineData("Northside Care", null, "Northside Care")]
    [InlineData("Northside Ketamine", null, "Your care team")]
    [InlineData("A name that is too long", null, "Your care team")]
    [InlineData("Northside Care", "Dr. Lee", "Dr. Lee")]
    public async Task Texts_are_signed_with_the_alias_or_a_fit_name_or_neutral_words(string name, string? alias, string signed)
    {
        await using var clinic = await TestClinic.StartAsync();
        var context = clinic.Context with { Clinic = clinic.Context.Clinic with { Name = name, TextAlias = alias } };

        Assert.Equal(new SmsSignature(signed, "+12125550199", "https://visits.example.org"), ClinicTexting.Of(context, new SiteAddress()).Signature);
    }

    [Theory]
    [InlineData(10, 18, 10, 18)]
    [InlineData(8, 18, 9, 20)]
    [InlineData(null, null, 9, 20)]
    public async Task A_clinics_own_window_counts_where_it_is_narrower(int? from, int? before, int expectedFrom, int expectedBefore)
    {
        await using var clinic = await TestClinic.StartAsync();
        var own = from is { } f && before is { } b ? new TextWindow(new LocalTime(f, 0), new LocalTime(b, 0)) : null;
        var context = clinic.Context with { Clinic = clinic.Context.Clinic with { TextWindow = own } };

        Assert.Equal(new TextWindow(new LocalTime(expectedFrom, 0), new LocalTime(expectedBefore, 0)), ClinicTexting.Of(context, new SiteAddress()).Rules.Window);
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData("Dr. Lee", false, true)]
    public async Task A_protocol_is_signed_or_only_shown(string? signedBy, bool demonstration, bool signed)
    {
        await using var clinic = await TestClinic.StartAsync();
        var context = clinic.Context with
        {
            Protocol = clinic.Context.Protocol with { SignedBy = signedBy },
            Clinic = clinic.Context.Clinic with { IsDemonstration = demonstration },
        };

        Assert.Equal(signed, ClinicTexting.Of(context, new SiteAddress()).IsSigned);
    }

    [Fact]
    public async Task Without_a_reminder_plan_nothing_can_be_texted()
    {
        await using var clinic = await TestClinic.StartAsync();
        var context = clinic.Context with { Protocol = clinic.Context.Protocol with { Reminders = null } };

        Assert.Equal("The protocol has no reminder plan.", Assert.Throws<InvalidOperationException>(() => ClinicTexting.Of(context, new SiteAddress())).Message);
    }

    [Theory]
    [InlineData(null, "America/New_York")]
    [InlineData("Europe/London", "Europe/London")]
    [InlineData("Nowhere/Else", "America/New_York")]
    public async Task Patients_live_where_they_say_else_where_the_clinic_is(string? stated, string zone)
    {
        await using var clinic = await TestClinic.StartAsync();
        var patient = (TestClinic.Kim with { TimeZone = stated }).ToPatient("x", clinic.Clock.Now);

        Assert.Equal(zone, ClinicTexting.ZoneOf(clinic.Context, patient).Id);
    }
}
