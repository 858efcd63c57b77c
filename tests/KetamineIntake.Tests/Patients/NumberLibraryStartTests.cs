using System.Net;
using System.Text.Json.Nodes;
using KetamineIntake.Tests.Support;

namespace KetamineIntake.Tests.Patients;

/// <summary>The numbering plans cost a few tenths of a second: whoever starts the program does not pay them, the first form does.</summary>
public sealed class NumberLibraryStartTests
{
    private const string Library = "PhoneNumbers.dll";

    [Fact]
    public async Task A_start_does_not_load_the_numbering_plans_and_the_first_form_does()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var data = new TemporaryFolder();
        await using (var first = await HostProcess.StartLocalAsync(data.Path))
        {
            // The clinic that the first start makes has a number to check.
            await first.KillAsync();
        }

        await using var host = await HostProcess.StartLocalAsync(data.Path);
        using var client = new HttpClient { BaseAddress = host.Url };
        await client.GetStringAsync("/northside");
        Assert.DoesNotContain(Library, await host.MappedAsync(), StringComparison.Ordinal);

        using var body = new StringContent(Bodies.Screening().ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/api/v1/clinics/northside/screenings", UriKind.Relative), body);
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync()));
        Assert.Contains(Library, await host.MappedAsync(), StringComparison.Ordinal);
    }
}
