using System.Net;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Web.Pages;

/// <summary>What somebody sees who followed half a link, or typed one.</summary>
public sealed class MissingPageTests(PagesApp app) : IClassFixture<PagesApp>
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("/")]
    [InlineData("/nope")]
    [InlineData("/nowhere/staff")]
    [InlineData("/assets/nothing.css")]
    [InlineData("/dev/inbox")]
    [InlineData("/p/abc")]
    [InlineData("//northside")]
    public async Task In_a_browser_it_is_a_page(string address)
    {
        var (status, kind, text) = await GetAsync(address, Browser);

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (status, kind));
        Assert.Contains("There is no page here", text, StringComparison.Ordinal);
        Assert.Contains("988", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/northside/nope")]
    [InlineData("/northside/form")]
    [InlineData("/northside/staff/nope/nope")]
    public async Task Of_a_clinic_it_leads_to_the_start(string address)
    {
        var (status, kind, text) = await GetAsync(address, Browser);

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (status, kind));
        Assert.Contains("href=\"/northside\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/nothing", Browser)]
    [InlineData("/api/v1/clinics/northside/nope", Browser)]
    [InlineData("/northside/nope", "application/json")]
    [InlineData("/northside/nope", "*/*")]
    [InlineData("/", "text/html;q=0")]
    public async Task Programs_get_a_problem_document(string address, string accept)
    {
        var (status, kind, _) = await GetAsync(address, accept);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (status, kind));
    }

    [Theory]
    [InlineData("/Northside", "/northside")]
    [InlineData("/NORTHSIDE/staff?limit=5&x=%2F", "/northside/staff?limit=5&x=%2F")]
    [InlineData("/Northside/form/a%20b%0Ac", "/northside/form/a%20b%0Ac")]
    public async Task A_clinic_in_capitals_is_found_under_its_name(string address, string to)
    {
        using var answer = await app.Client.GetAsync(address);

        Assert.Equal((HttpStatusCode.MovedPermanently, to), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("/Nowhere")]
    [InlineData("/API")]
    [InlineData("/Assets/x")]
    public async Task What_is_no_clinic_in_small_letters_either_is_not_found(string address)
    {
        var (status, _, _) = await GetAsync(address, Browser);

        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Theory]
    [InlineData("POST", "/northside/nope", HttpStatusCode.NotFound)]
    [InlineData("GET", "/northside/start", HttpStatusCode.MethodNotAllowed)]
    public async Task Another_refusal_is_a_page_too(string method, string address, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Accept.ParseAdd(Browser);
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal((expected, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_preparation_link_of_any_characters_is_asked_for_again_and_breaks_no_header()
    {
        using var answer = await app.Client.GetAsync("/northside/p/%E2%80%AE%0D%0A%C3%A9/visit.ics");

        Assert.Equal((HttpStatusCode.SeeOther, "/northside/p/%E2%80%AE%0D%0A%C3%A9"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task A_form_too_large_is_told_in_a_page()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/northside/start") { Content = new ByteArrayContent(new byte[300_000]) };
        request.Headers.Accept.ParseAdd(Browser);
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    private async Task<(HttpStatusCode Status, string? Kind, string Text)> GetAsync(string address, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Client.BaseAddress!.ToString().TrimEnd('/') + address));
        request.Headers.Accept.ParseAdd(accept);
        using var answer = await app.Client.SendAsync(request);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }
}
