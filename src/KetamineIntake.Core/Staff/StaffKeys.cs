using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;
using NodaTime;

namespace KetamineIntake.Core.Staff;

public enum StaffRole
{
    Clinician,
    Director,
}

/// <summary>Somebody who signed in with a clinic's key.</summary>
public sealed record StaffMember(string Id, string Name, StaffRole Role);

/// <summary>What is kept of a key: never the key itself.</summary>
/// <param name="Hash">SHA-256 (hex) of the secret part, which has 256 random bits: too many to try, so no slow hash is needed.</param>
public sealed record StoredStaffKey(string Id, string Name, StaffRole Role, string Hash, Instant CreatedAt);

/// <summary>Staff keys: "{id}.{secret}", valid in one clinic only.</summary>
public sealed class StaffKeys(IClock clock)
{
    // 40 letters and digits, chosen at random, hold more than 200 bits.
    private const int ShortestSecret = 40;
    private const int LongestSecret = 150;

    // Compared against when no such key exists, so that both answers take the same steps.
    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    /// <summary>Who the key belongs to, or null: wrong, unknown, or another clinic's.</summary>
    public async Task<StaffMember?> AuthenticateAsync(ClinicContext clinic, string key, CancellationToken cancellation)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        var id = dot < 0 ? string.Empty : key[..dot];
        var row = RowId.IsValid(id) ? await clinic.Records.FindAsync(Rows.StaffKey(id), cancellation) : null;
        var stored = row is null ? null : RecordJson.Read<StoredStaffKey>(row);
        var expected = stored is null ? NoHash : Convert.FromHexString(stored.Hash);
        var matches = CryptographicOperations.FixedTimeEquals(expected, HashOf(key[(dot + 1)..]));
        return matches && stored is not null ? new StaffMember(stored.Id, stored.Name, stored.Role) : null;
    }

    /// <summary>Whether a signed-in session's key still exists.</summary>
    public static async Task<StaffMember?> FindAsync(ClinicContext clinic, string staffId, CancellationToken cancellation)
    {
        var row = RowId.IsValid(staffId) ? await clinic.Records.FindAsync(Rows.StaffKey(staffId), cancellation) : null;
        return row is null ? null : RecordJson.Read<StoredStaffKey>(row) is var key ? new StaffMember(key.Id, key.Name, key.Role) : null;
    }

    /// <summary>Whether a key that somebody chose can be one: "{id}.{secret}", the id a <see cref="RowId"/>, the secret 40 to 150 letters and digits.</summary>
    public static bool IsWellFormed(string key) =>
        key.Split('.') is [var id, { Length: >= ShortestSecret and <= LongestSecret } secret] && RowId.IsValid(id) && secret.All(char.IsAsciiLetterOrDigit);

    /// <summary>Makes a key. The secret is returned this once.</summary>
    /// <param name="chosen">A well-formed key to use instead of a new one.</param>
    public (string Key, Change Row) Issue(string name, StaffRole role, string? chosen = null)
    {
        var (id, secret) = chosen?.Split('.') is [var givenId, var givenSecret] ? (givenId, givenSecret) : (RowId.New(), RowId.New() + RowId.New());
        var stored = new StoredStaffKey(id, name, role, Convert.ToHexString(HashOf(secret)), clock.GetCurrentInstant());
        return ($"{id}.{secret}", new Change.Insert(Rows.StaffKey(id), RecordJson.Write(stored)));
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
