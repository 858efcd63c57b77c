using System.Net;
using System.Net.Http.Headers;

namespace KetamineIntake.Tests.Web.Pages;

/// <summary>Posts that no browser sends, with a token in the header so that they get past the check of where they come from.</summary>
public sealed class BrokenPostTests(PagesApp app) : IClassFixture<PagesApp>
{
    public static TheoryData<string, string> Bodies => new()
    {
        { "application/json", "{}" },
        { "text/plain", "asq.1=yes" },
        { "multipart/form-data; boundary=x", "zzz" },
        { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"asq.1\"\r\n\r\ny" },
        { "multipart/form-data", "zzz" },
        { "application/x-www-form-urlencoded", string.Concat(Enumerable.Range(0, 3000).Select(i => $"f{i}=1&")) },
        { "application/x-www-form-urlencoded", new string('k', 5000) + "=1" },
        { "application/x-www-form-urlencoded; charset=utf-7", "asq.1=yes" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_no_form_is_the_clients_mistake_and_changes_nothing(string type, string body)
    {
        var (visitor, safety) = await app.IntroducedAsync();
        var before = await app.SnapshotAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, safety.Path) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Add("RequestVerificationToken", safety.Value("__RequestVerificationToken"));
        request.Headers.Add("Cookie", string.Join("; ", visitor.Cookies("/northside").Cast<Cookie>().Select(c => $"{c.Name}={c.Value}")));
        using var answer = await app.Client.SendAsync(request);

        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Equal(before, await app.SnapshotAsync());
    }
}
