using Microsoft.AspNetCore.Http;

namespace KetamineIntake.Web.Screenings;

/// <summary>The Idempotency-Key header: optional, once, 1 to 255 visible ASCII characters, taken as they are.</summary>
internal static class IdempotencyHeader
{
    private const string Name = "Idempotency-Key";
    private const int MaximumLength = 255;

    /// <summary>False when the header is there and is none. The key is null when there is no header.</summary>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(Name, out var values))
        {
            return true;
        }

        key = values.Count == 1 ? values[0] : null;
        return key is { Length: >= 1 and <= MaximumLength } && key.All(c => c is >= '!' and <= '~');
    }
}
