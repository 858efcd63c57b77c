using System.Threading.RateLimiting;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Staff;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KetamineIntake.Web.Security;

/// <summary>What became of a key that somebody presented.</summary>
public abstract record KeyResult
{
    private KeyResult()
    {
    }

    public sealed record Accepted(StaffMember Staff) : KeyResult;

    /// <summary>Wrong, unknown, or another clinic's: nobody learns which.</summary>
    public sealed record Refused : KeyResult;

    /// <summary>Too many wrong keys for this clinic from this address: even a right one is not looked at now.</summary>
    public sealed record TooMany : KeyResult;
}

/// <summary>The one place where staff keys are tried, for the API and for signing in to the console.</summary>
public sealed class KeyAttempts(ILogger<KeyAttempts> logger) : IDisposable
{
    /// <summary>Wrong keys per minute, clinic and address.</summary>
    public const int WrongKeysPerMinute = 20;
    private const int LongestKey = 200;

    private readonly PartitionedRateLimiter<string> wrong = PartitionedRateLimiter.Create<string, string>(
        source => RateLimitPartition.GetFixedWindowLimiter(source, static _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = WrongKeysPerMinute,
            Window = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));

    public async Task<KeyResult> TryAsync(HttpContext http, ClinicContext clinic, StaffKeys keys, string key)
    {
        var source = $"{clinic.Clinic.Slug}|{ClientAddress.Of(http)}";
        if (wrong.GetStatistics(source)?.CurrentAvailablePermits == 0)
        {
            return new KeyResult.TooMany();
        }

        if (key.Length <= LongestKey && await keys.AuthenticateAsync(clinic, key, http.RequestAborted) is { } staff)
        {
            return new KeyResult.Accepted(staff);
        }

        using var lease = wrong.AttemptAcquire(source);
        if (wrong.GetStatistics(source)?.CurrentAvailablePermits == 0)
        {
            Log.TooManyWrongKeys(logger, clinic.Clinic.Slug);
        }

        return new KeyResult.Refused();
    }

    public void Dispose() => wrong.Dispose();
}
