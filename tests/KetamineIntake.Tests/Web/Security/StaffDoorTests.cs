using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using KetamineIntake.Core.Records;
using KetamineIntake.Tests.Support;
using KetamineIntake.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;

namespace KetamineIntake.Tests.Web.Security;

/// <summary>Nobody without a key of this clinic gets in, and nobody of one clinic learns that another's record exists.</summary>
public sealed class StaffDoorTests(IntakeApp app) : IClassFixture<IntakeApp>
{
    private static readonly string[] StaffPaths = ["referrals", "referrals/{0}", "referrals/{0}/decision", "patients/{0}"];

    [Fact]
    public async Task Without_a_right_key_every_staff_address_answers_401_alike()
    {
        var own = app.Clinics[IntakeApp.Here].ClinicianKey;
        var id = await app.ReferAsync(Bodies.Screening());
        string?[] keys =
        [
            null, "", "x", own[..^1], own + "x", own.ToUpperInvariant(), own.Split('.')[0], own.Split('.')[0] + ".", "." + own.Split('.')[1],
            $"{own.Split('.')[0]}.{app.Clinics[IntakeApp.Here].DirectorKey.Split('.')[1]}", app.Clinics[IntakeApp.Elsewhere].ClinicianKey, new string('k', 4000),
        ];
        var bodies = new HashSet<string>();
        foreach (var key in keys)
        {
            // A new address each time, so that the limit on wrong keys does not answer first.
            foreach (var path in StaffPaths)
            {
                using var request = Request(string.Format(path, id), key);
                using var answer = await app.Client.SendAsync(request);
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
                Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
                bodies.Add(WithoutTrace(await answer.Content.ReadAsStringAsync()));
            }
        }

        Assert.Single(bodies);
    }

    [Fact]
    public async Task Another_clinics_ids_are_answered_like_ids_that_never_were()
    {
        var foreignReferral = await app.ReferAsync(Bodies.Screening(), IntakeApp.Elsewhere);
        using var shown = await app.GetAsync(IntakeApp.Path($"referrals/{foreignReferral}", IntakeApp.Elsewhere), app.Clinics[IntakeApp.Elsewhere].ClinicianKey);
        var foreignPatient = JsonNode.Parse(await shown.Content.ReadAsStringAsync())!["patient"]!["id"]!.GetValue<string>();
        var before = await app.SnapshotAsync();

        foreach (var (path, foreign) in new[] { ("referrals/{0}", foreignReferral), ("patients/{0}", foreignPatient), ("referrals/{0}/decision", foreignReferral) })
        {
            using var real = await app.Client.SendAsync(Request(string.Format(path, foreign), app.Clinics[IntakeApp.Here].ClinicianKey));
            using var made = await app.Client.SendAsync(Request(string.Format(path, RowId.New()), app.Clinics[IntakeApp.Here].ClinicianKey));

            Assert.Equal(HttpStatusCode.NotFound, real.StatusCode);
            Assert.Equal(made.StatusCode, real.StatusCode);
            Assert.Equal(WithoutTrace(await made.Content.ReadAsStringAsync()), WithoutTrace(await real.Content.ReadAsStringAsync()));
        }

        Assert.Equal(before, await app.SnapshotAsync());
    }

    [Fact]
    public async Task After_too_many_wrong_keys_even_the_right_one_is_not_looked_at()
    {
        const string Guesser = "203.0.113.7";
        var own = app.Clinics[IntakeApp.Here].ClinicianKey;
        for (var i = 0; i < KeyAttempts.WrongKeysPerMinute; i++)
        {
            using var wrong = await app.Client.SendAsync(Request("referrals", "wrong", Guesser));
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var blocked = await app.Client.SendAsync(Request("referrals", own, Guesser));
        using var elsewhere = await app.Client.SendAsync(Request("referrals", own, "203.0.113.8"));
        using var otherClinic = await app.Client.SendAsync(Request("referrals", app.Clinics[IntakeApp.Elsewhere].ClinicianKey, Guesser, IntakeApp.Elsewhere));

        Assert.Equal(HttpStatusCode.TooManyRequests, blocked.StatusCode);
        Assert.Equal("60", blocked.Headers.GetValues("Retry-After").Single());
        Assert.Equal(HttpStatusCode.OK, elsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.OK, otherClinic.StatusCode);
        Assert.DoesNotContain(app.Logged, line => line.Contains(own, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Right_keys_are_never_limited()
    {
        for (var i = 0; i < KeyAttempts.WrongKeysPerMinute * 2; i++)
        {
            using var answer = await app.Client.SendAsync(Request("referrals", app.Clinics[IntakeApp.Here].DirectorKey, "203.0.113.9"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_made_up_session_cookie_opens_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, IntakeApp.Path("referrals"));
        request.Headers.Add("Cookie", "staff-session=CfDJ8AAAA");
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData(IntakeApp.Here, null, null, HttpStatusCode.OK)]
    [InlineData(IntakeApp.Here, "same-origin", null, HttpStatusCode.OK)]
    [InlineData(IntakeApp.Here, "cross-site", null, HttpStatusCode.Unauthorized)]
    [InlineData(IntakeApp.Here, "same-site", null, HttpStatusCode.Unauthorized)]
    [InlineData(IntakeApp.Here, null, "https://evil.example", HttpStatusCode.Unauthorized)]
    [InlineData(IntakeApp.Here, "same-origin", "null", HttpStatusCode.Unauthorized)]
    [InlineData(IntakeApp.Here, "same-origin", "here", HttpStatusCode.OK)]
    [InlineData(IntakeApp.Elsewhere, null, null, HttpStatusCode.Unauthorized)]
    public async Task A_session_counts_in_its_own_clinic_and_from_our_own_pages(string clinic, string? site, string? origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, IntakeApp.Path("referrals", clinic));
        request.Headers.Add("Cookie", Cookie(app.Clinics[IntakeApp.Here].ClinicianKey.Split('.')[0]));
        Add(request, "Sec-Fetch-Site", site);
        Add(request, "Origin", origin == "here" ? app.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin);
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_does_not_open_another_clinic_even_where_a_key_of_the_same_id_exists()
    {
        var id = app.Clinics[IntakeApp.Here].DirectorKey.Split('.')[0];
        var row = await app.Stores.Open(IntakeApp.Here).FindAsync(Rows.StaffKey(id), CancellationToken.None);
        await app.Stores.Open(IntakeApp.Elsewhere).CommitAsync([new Change.Upsert(row!.Key, row.Body)], CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, IntakeApp.Path("referrals", IntakeApp.Elsewhere));
        request.Headers.Add("Cookie", Cookie(id));
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_ends_with_its_key()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, IntakeApp.Path("referrals"));
        request.Headers.Add("Cookie", Cookie(RowId.New()));
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData(8 * 3600, HttpStatusCode.Unauthorized)]
    [InlineData((8 * 3600) - 1, HttpStatusCode.OK)]
    public async Task A_session_ends_after_a_working_day(int seconds, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, IntakeApp.Path("referrals"));
        request.Headers.Add("Cookie", Cookie(app.Clinics[IntakeApp.Here].ClinicianKey.Split('.')[0], app.Clock.Now - Duration.FromSeconds(seconds)));
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_even_beside_a_good_session()
    {
        using var request = Request("referrals", "wrong");
        request.Headers.Add("Cookie", Cookie(app.Clinics[IntakeApp.Here].ClinicianKey.Split('.')[0]));
        using var answer = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static int addresses;

    private static void Add(HttpRequestMessage request, string header, string? value)
    {
        if (value is not null)
        {
            request.Headers.Add(header, value);
        }
    }

    /// <summary>The cookie that signing in to the demonstration clinic sets.</summary>
    private string Cookie(string staffId, Instant? since = null)
    {
        var options = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Schemes.StaffSession);
        var seconds = (since ?? app.Clock.Now).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var identity = new ClaimsIdentity([new(StaffClaims.Clinic, IntakeApp.Here), new(StaffClaims.Id, staffId), new(StaffClaims.Since, seconds)], Schemes.StaffSession);
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), Schemes.StaffSession);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}";
    }

    private static HttpRequestMessage Request(string rest, string? key, string? address = null, string clinic = IntakeApp.Here)
    {
        var isDecision = rest.EndsWith("/decision", StringComparison.Ordinal);
        var request = new HttpRequestMessage(isDecision ? HttpMethod.Post : HttpMethod.Get, IntakeApp.Path(rest, clinic));
        if (isDecision)
        {
            request.Content = new StringContent("{\"decision\":\"decline\",\"reason\":\"r\"}", Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        }

        var next = Interlocked.Increment(ref addresses);
        request.Headers.Add("X-Forwarded-For", address ?? $"198.51.{next / 250}.{next % 250}:50000");
        return request;
    }

    private static string WithoutTrace(string problem)
    {
        var node = JsonNode.Parse(problem)!.AsObject();
        node.Remove("traceId");
        return node.ToJsonString();
    }
}
