using System.Security.Cryptography;
using System.Text;

namespace KetamineIntake.Web.Security;

/// <summary>A word that this installation and one other party know.</summary>
public abstract class SharedSecret(string secret)
{
    private readonly byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Takes the same time for every word.</summary>
    public bool Matches(string? given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")), hash) && !string.IsNullOrEmpty(given);
}
