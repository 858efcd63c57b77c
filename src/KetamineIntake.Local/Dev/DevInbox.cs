using System.Globalization;
using System.Net;
using System.Text;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Local.Hosting;
using KetamineIntake.Local.Reminders;
using KetamineIntake.Web.Clinics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace KetamineIntake.Local.Dev;

/// <summary>A text in <c>/dev/inbox.json</c>.</summary>
internal sealed record DevText(string To, string Body, int Segments, string SentAt, string From);

/// <summary>What <c>POST /dev/inbox/reply</c> takes, as JSON or as a form: the patient's number and words.</summary>
internal sealed record DevReply(string? From, string? Body);

/// <summary>When a text is written. The clock may stand, and of a STOP and a START at the same moment the STOP would count: texts written one after the other have times one after the other.</summary>
internal sealed class DevPhone
{
    private static readonly Duration Apart = Duration.FromMilliseconds(1);

    private readonly Lock gate = new();
    private Instant last = Instant.MinValue;

    public Instant Say(Instant now)
    {
        lock (gate)
        {
            return last = now > last ? now : last + Apart;
        }
    }
}

/// <summary>Every text as a phone would show it, and a way to answer.</summary>
internal static class DevInbox
{
    private const int LongestReply = 2000;

    private const string Style = """
        body{font:1rem/1.5 system-ui;margin:0 auto;max-width:28rem;padding:1rem}section{border:2px solid #888;border-radius:1.5rem;padding:1rem;margin:1rem 0}
        ol{list-style:none;padding:0}li{background:#e8eefc;color:#111;border-radius:1rem;padding:.5rem 1rem;margin:.5rem 0;overflow-wrap:anywhere}li p{margin:0}input,button{font:inherit}
        """;

    public static void Map(IEndpointRouteBuilder app)
    {
        var inbox = app.MapGroup("/dev");
        inbox.MapGet("inbox", ShowAsync);

        // A file of its own: the pages' content security policy allows no style inside a page.
        inbox.MapGet("inbox.css", static () => Results.Text(Style, "text/css"));
        inbox.MapGet("inbox.json", ListAsync);
        var phone = new DevPhone();
        inbox.MapPost(
            "inbox/reply",
            (HttpContext http, LocalInbox texts, ClinicDirectory clinics, HandleSmsEvent handle, Dispatcher dispatcher, IClock clock) =>
                ReadAsync(http, reply => ReplyAsync(http, reply, texts, clinics, handle, dispatcher, phone.Say(clock.GetCurrentInstant()))));
    }

    private static async Task<IResult> ListAsync(LocalInbox inbox, CancellationToken cancellation) =>
        TypedResults.Ok((await inbox.ListAsync(cancellation)).Select(t => new DevText(t.To, t.Body, t.Segments, InstantPattern.ExtendedIso.Format(t.SentAt), t.From)).ToList());

    /// <summary>JSON from programs, a form from the page.</summary>
    private static async Task<IResult> ReadAsync(HttpContext http, Func<DevReply, Task<IResult>> answer)
    {
        // Another site's page must not speak for a patient.
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && origin != $"{http.Request.Scheme}://{http.Request.Host}")
        {
            return Results.NotFound();
        }

        return http.Request.HasFormContentType
            ? await answer(await FromFormAsync(http))
            : await http.WithJsonAsync(root => answer(new DevReply(DevClock.Text(root, "from"), DevClock.Text(root, "body"))));
    }

    private static async Task<IResult> ReplyAsync(
        HttpContext http, DevReply reply, LocalInbox inbox, ClinicDirectory clinics, HandleSmsEvent handle, Dispatcher dispatcher, Instant said)
    {
        if (reply is not { From: { } number, Body: { Length: > 0 and <= LongestReply } words } || !(PhoneNumber.TryParse(number, out var from) || PhoneNumber.TryParseCallable(number, out from)))
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status422UnprocessableEntity, detail: "\"from\" must be a telephone number and \"body\" a text.");
        }

        var to = await AnsweredAsync(inbox, clinics, from.E164, http.RequestAborted);
        await handle.RunAsync(new SmsEvent.Received(RowId.New(), from.E164, to, words, said), http.RequestAborted);

        // Answered before we answer, so that whoever asks next sees it.
        await dispatcher.RunDueAsync(http.RequestAborted);
        return http.Request.HasFormContentType ? Results.Redirect("/dev/inbox#end") : TypedResults.Accepted("/dev/inbox.json");
    }

    private static async Task<DevReply> FromFormAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return new DevReply(form["from"], form["body"]);
    }

    // A phone answers whoever wrote last.
    private static async Task<string> AnsweredAsync(LocalInbox inbox, ClinicDirectory clinics, string from, CancellationToken cancellation)
    {
        if ((await inbox.ListAsync(cancellation)).LastOrDefault(t => t.To == from) is { } last)
        {
            return last.From;
        }

        return await clinics.FindAsync(FirstStart.Slug, cancellation) is { } clinic ? ClinicNumbers.Of(clinic.Clinic) : string.Empty;
    }

    private static async Task<IResult> ShowAsync(LocalInbox inbox, IClock clock, CancellationToken cancellation)
    {
        var texts = await inbox.ListAsync(cancellation);
        var page = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append("<title>Inbox</title><link rel=\"stylesheet\" href=\"/dev/inbox.css\"></head><body><main><h1>Texts on patients' phones</h1><p>It is ")
            .Append(InstantPattern.General.Format(clock.GetCurrentInstant())).Append(" (UTC). Nothing leaves this machine.</p>");
        foreach (var phone in texts.GroupBy(t => t.To).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            AddPhone(page, phone.Key, phone);
        }

        page.Append(texts.Count == 0 ? "<p>No text was sent yet.</p>" : string.Empty).Append("</main></body></html>");
        return Results.Content(page.ToString(), "text/html; charset=utf-8");
    }

    private static void AddPhone(StringBuilder page, string number, IEnumerable<InboxText> texts)
    {
        page.Append("<section><h2>").Append(WebUtility.HtmlEncode(number)).Append("</h2><ol>");
        foreach (var text in texts)
        {
            page.Append("<li><p>").Append(WebUtility.HtmlEncode(text.Body)).Append("</p><small>")
                .Append(CultureInfo.InvariantCulture, $"{InstantPattern.General.Format(text.SentAt)}, {text.Body.Length} characters, {text.Segments} segment{(text.Segments == 1 ? "" : "s")}")
                .Append("</small></li>");
        }

        page.Append("</ol><form method=\"post\" action=\"/dev/inbox/reply\"><input type=\"hidden\" name=\"from\" value=\"").Append(WebUtility.HtmlEncode(number))
            .Append("\"><label>Answer <input name=\"body\" required maxlength=\"1000\"></label> <button>Send</button></form></section>");
    }
}
