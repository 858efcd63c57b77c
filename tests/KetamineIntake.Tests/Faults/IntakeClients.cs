using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace KetamineIntake.Tests.Faults;

/// <summary>Many patients at once, and the clinic's list as the front desk reads it.</summary>
internal static class IntakeClients
{
    public const int Concurrent = 64;

    /// <summary>Submits without pause until the host is gone; each submission's family name is its mark.</summary>
    public static Task SubmitUntilGoneAsync(Uri host, Ledger ledger, string mark, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Concurrent).Select(client => SubmitAsync(host, ledger, $"{mark}x{client}", stop)));

    /// <summary>Every referral of the list with the family name that it shows, page by page.</summary>
    public static async Task<IReadOnlyList<(string Referral, string Submission)>> ListAsync(Uri host, string staffKey)
    {
        using var http = new HttpClient { BaseAddress = host };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", staffKey);
        var listed = new List<(string, string)>();
        for (string? after = null; ;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"/api/v1/clinics/northside/referrals?limit=200{(after is null ? "" : $"&after={after}")}");
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                var name = item.GetProperty("patient").GetProperty("name").GetString()!;
                listed.Add((item.GetProperty("id").GetString()!, name.Split(' ')[1]));
            }

            after = page.GetProperty("next").GetString();
            if (after is null)
            {
                return listed;
            }
        }
    }

    private static async Task SubmitAsync(Uri host, Ledger ledger, string mark, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = host };
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var submission = $"{mark}n{i}";
            ledger.AboutToSend(submission);
            try
            {
                using var answer = await http.PostAsJsonAsync("/api/v1/clinics/northside/screenings", Body(submission), stop);
                if (answer.StatusCode == HttpStatusCode.Created)
                {
                    var receipt = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
                    ledger.Acknowledge(submission, receipt.GetProperty("referral").GetProperty("id").GetString()!);
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or JsonException)
            {
                return;
            }
        }
    }

    private static object Body(string familyName) => new
    {
        patient = new { givenName = "Kim", familyName, birthDate = "1985-04-12", phone = "+12125550123" },
        answers = new Dictionary<string, string> { ["psy.schiz"] = "no", ["cv.any"] = "yes" },
    };
}
