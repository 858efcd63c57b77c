using System.Net;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Local.Records;
using KetamineIntake.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Tests.Hosting;

public sealed class DispatcherServiceTests
{
    [Fact]
    public async Task A_record_of_one_clinic_that_cannot_be_read_leaves_the_others_served()
    {
        using var folder = new TemporaryFolder();
        await using var app = LocalHost.Build(new LocalOptions("http://127.0.0.1:0", folder["data"], null));
        await app.Services.GetRequiredService<FirstStart>().RunAsync(default);
        await app.Services.GetRequiredService<AddClinic>().RunAsync(
            new NewClinic("southside", "Southside", "America/Chicago", "+13125550199", IsDemonstration: false), default);
        await app.Services.GetRequiredService<SqliteRecords>().Open(Rows.Global)
            .CommitAsync([new Change.Upsert(Rows.Clinic("southside"), new byte[] { 0 })], default);

        await app.StartAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/" + FirstStart.Slug)).StatusCode);
    }
}
