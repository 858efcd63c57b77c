using System.IO.Compression;
using System.Text;

namespace KetamineIntake.Tests.Web.Fuzz;

/// <summary>Requests as nobody should send them, each made of its own seed: address, query, headers and body, most of it right so that it gets past the door.</summary>
internal sealed class FuzzRequests(FuzzWorld world)
{
    private const int Most = 256 * 1024;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"];

    private static readonly string[] Types =
    [
        "application/json", "application/json; charset=utf8", "application/json; charset=", "application/json;charset=\"utf-16\"", "application/fhir+json", "application/x-www-form-urlencoded; charset=utf-7",
        "multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary=" + "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", "text/html", "/", ";;", "",
    ];

    private static readonly string[] Names =
    [
        "limit", "after", "status", "outcome", "urgency", "test", "visitDate", "visitFrom", "visitTo", "from", "saved", "unsaved", "deleted", "v", "go", "seen", "order", "%00", "a[]", "__proto__",
    ];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept", ["text/html", "text/html;q=0", "*/*", "application/json", "application/fhir+json", "text/html;q=x,,;", ""]),
        ("X-Forwarded-Proto", ["https", "http", "ftp", "ht tp", "https,javascript", "//", "\u00e9"]),
        ("X-Forwarded-For", ["203.0.113.9", "::1", "x", "1.2.3.4:99999", "[::1", ",,,"]),
        ("Idempotency-Key", ["k", "", "a b", "\u00e9"]),
        ("Content-Encoding", ["gzip", "br", "deflate", "gzip, br", "identity", ""]),
        ("Origin", ["null", "http://evil.example", "://", "http://127.0.0.1"]),
        ("Sec-Fetch-Site", ["same-origin", "cross-site", "none", "\u00e9"]),
        ("If-None-Match", ["*", "\"x\"", "W/\"", "x"]),
        ("If-Modified-Since", ["x", "Tue, 01 Dec 2026 00:00:00 GMT"]),
        ("Range", ["bytes=0-0", "bytes=-1", "bytes=9-1", "x"]),
        ("Accept-Language", ["es", "x;;", "\u00e9"]),
        ("Cookie", ["form=x; staff-session=y; preparation=z; draft=%00", "=;;=", "staff-session=CfDJ8"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("Host", ["localhost", "x", "[::1]", "a:b", "", ":80"]),
        ("traceparent", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-x-y-z", ""]),
    ];

    public HttpRequestMessage Make(int seed)
    {
        var random = new Random(seed);
        var route = world.Routes[random.Next(world.Routes.Count)];
        var isPage = !route.Pattern.StartsWith("/api", StringComparison.Ordinal) && !route.Pattern.StartsWith("/dev", StringComparison.Ordinal);
        var method = random.Next(12) == 0 ? Pick(Methods, random) : route.Method;
        var request = new HttpRequestMessage(new HttpMethod(method), Address(route, random));
        AddIdentity(request, route, isPage, random);
        AddHeaders(request, random);
        if (method is not "GET" and not "HEAD" and not "TRACE" || random.Next(20) == 0)
        {
            AddBody(request, route, isPage, random);
        }

        return request;
    }

    private Uri Address(FuzzRoute route, Random random)
    {
        var segments = route.Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var path = new StringBuilder();
        for (var i = 0; i < segments.Length; i++)
        {
            path.Append('/').Append(segments[i].StartsWith('{') ? Filled(segments[i], i > 0 ? segments[i - 1] : "", random) : segments[i]);
        }

        if (random.Next(25) == 0)
        {
            path.Insert(random.Next(1, path.Length + 1), Pick(["/", "//", "/..", "%2e%2e/", "%00", "%ff", "%", "%zz", ";", "\\", "%E2%80%AE", "/nope"], random));
        }

        if (random.Next(3) == 0)
        {
            path.Append('?').AppendJoin('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(Names, random) + "=" + Escaped(random)));
        }

        return new Uri(world.App.Client.BaseAddress!.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private string Filled(string hole, string before, Random random)
    {
        if (random.Next(8) == 0)
        {
            return Escaped(random);
        }

        return hole switch
        {
            _ when hole.StartsWith("{clinic", StringComparison.Ordinal) => random.Next(30) == 0 ? Pick(["Northside", "southside", "api", "dev"], random) : "northside",
            "{section}" => Pick(["about", "safety", "heart", "medicines", "mood", "mind", "allergies", "substances", "nowhere"], random),
            _ => world.Ids.GetValueOrDefault(before, "01kx0000000000000000000000"),
        };
    }

    private void AddIdentity(HttpRequestMessage request, FuzzRoute route, bool isPage, Random random)
    {
        if (!route.Pattern.StartsWith("/dev", StringComparison.Ordinal))
        {
            // One address would soon have tried too many wrong keys, and every request after that would end at the door.
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", $"10.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}");
        }

        if (random.Next(12) == 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", Pick(["Bearer", "Bearer x.y", "Basic eDp5", "Bearer \u00e9", ""], random));
        }
        else if (isPage)
        {
            var browser = world.Browsers[route.Pattern.Contains("/staff", StringComparison.Ordinal) ? 1 : 0];
            request.Headers.TryAddWithoutValidation("Cookie", browser.Cookies);
            request.Headers.TryAddWithoutValidation("RequestVerificationToken", browser.Token);
        }
        else
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + world.App.Key);
            request.Headers.TryAddWithoutValidation("X-Events-Key", world.EventsKey);
        }
    }

    private static void AddHeaders(HttpRequestMessage request, Random random)
    {
        for (var more = random.Next(4) - 1; more > 0; more--)
        {
            var (name, values) = Headers[random.Next(Headers.Length)];
            request.Headers.TryAddWithoutValidation(name, random.Next(15) == 0 ? new string('x', random.Next(300)) : Pick(values, random));
        }
    }

    private static void AddBody(HttpRequestMessage request, FuzzRoute route, bool isPage, Random random)
    {
        var asForm = isPage || (route.Pattern.EndsWith("/reply", StringComparison.Ordinal) && random.Next(3) == 0);
        var body = random.Next(500) == 0 ? new byte[random.Next(Most - 10, Most + 1)] : asForm ? FuzzBodies.Form(random) : FuzzBodies.For(route, random);
        if (random.Next(20) == 0)
        {
            body = [0xEF, 0xBB, 0xBF, .. body];
        }

        var coding = random.Next(15) == 0 ? Pick(["gzip", "br"], random) : null;
        request.Content = new ByteArrayContent(coding is null ? body : Packed(body, coding, random));
        if (coding is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        }

        var isFhir = body.AsSpan().IndexOf("resourceType"u8) >= 0;
        request.Content.Headers.TryAddWithoutValidation(
            "Content-Type", random.Next(15) == 0 ? Pick(Types, random) : asForm ? "application/x-www-form-urlencoded" : isFhir ? "application/fhir+json" : "application/json");
        request.Headers.TransferEncodingChunked = random.Next(10) == 0;
    }

    private static byte[] Packed(byte[] body, string coding, Random random)
    {
        using var packed = new MemoryStream();
        using (Stream packing = coding == "gzip" ? new GZipStream(packed, CompressionLevel.Fastest) : new BrotliStream(packed, CompressionLevel.Fastest))
        {
            packing.Write(random.Next(10) == 0 ? new byte[2_000_000] : body);
        }

        var bytes = packed.ToArray();
        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static string Escaped(Random random)
    {
        var text = Uri.EscapeDataString(FuzzBodies.Word(random));
        return text.Length <= 2000 ? text : text[..2000].TrimEnd('%');
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
