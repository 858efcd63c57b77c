using KetamineIntake.Core.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KetamineIntake.Web.Health;

internal sealed record HealthBody(string Status);

/// <summary>Says "ok" when the records can be read; otherwise the pipeline answers 503 or 507.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this IEndpointRouteBuilder api) => api.MapGet("health", GetAsync);

    private static async Task<IResult> GetAsync(IRecordStores stores, CancellationToken cancellation)
    {
        // Any row will do: what matters is that the store answers. Health checks must not read a clinic's records.
        await stores.Open(Rows.Global).FindAsync(Rows.KeyRingEntry("health"), cancellation);
        return Results.Json(new HealthBody("ok"), ApiJson.Default.HealthBody);
    }
}
