using System.Net;
using KetamineIntake.Tests.Support;
using KetamineIntake.Tests.Web.Pages;

namespace KetamineIntake.Tests.Web;

/// <summary>HEAD answers as GET would, without a body.</summary>
public sealed class HeadRequestTests(PagesApp app) : IClassFixture<PagesApp>
{
    [Theory]
    [InlineData("/api/v1/health", HttpStatusCode.OK)]
    [InlineData("/northside", HttpStatusCode.OK)]
    [InlineData("/api/v1/clinics/northside/questionnaire", HttpStatusCode.OK)]
    [InlineData("/api/v1/clinics/northside/referrals", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/clinics/northside/screenings", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound)]
    public async Task It_has_the_status_and_kind_of_GET_and_no_body(string address, HttpStatusCode status)
    {
        using var got = await app.Client.GetAsync(address);
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        using var head = await app.Client.SendAsync(request);

        Assert.Equal((status, status), (got.StatusCode, head.StatusCode));
        Assert.Equal(got.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal("", await head.Content.ReadAsStringAsync());
    }
}
