using KetamineIntake.Core.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KetamineIntake.Web.Health;

internal sealed record HealthBody(string Status);

/// <summary>What a host asks of its store before it calls itself ready; throws <see cref="RecordStoreException"/> when it is not.</summary>
public delegate Task ReadinessProbe(CancellationToken cancellation);

/// <summary>Readiness: "ok" when the store does what the host's probe asks, otherwise 503. Beside it liveness, which asks nothing of the store: no restart mends a full disk.</summary>
internal static class HealthEndpoint
{
    private static readonly HealthBody Ok = new("ok");

    public static void MapHealth(this IEndpointRouteBuilder api)
    {
        api.MapGet("health", GetAsync);
        api.MapGet("health/live", () => Results.Json(Ok, ApiJson.Default.HealthBody));
    }

    /// <summary>Any row will do: what matters is that the store answers. Health checks must not read a clinic's records.</summary>
    public static ReadinessProbe Reading(IRecordStores stores) =>
        cancellation => stores.Open(Rows.Global).FindAsync(Rows.KeyRingEntry("health"), cancellation);

    private static async Task<IResult> GetAsync(ReadinessProbe probe, CancellationToken cancellation)
    {
        try
        {
            await probe(cancellation);
            return Results.Json(Ok, ApiJson.Default.HealthBody);
        }
        catch (RecordStoreException full) when (full.IsFull)
        {
            // 507 is for whoever sent something; a prober asks only whether to send anything here.
            throw new RecordStoreException("The store has no room.", full);
        }
    }
}
