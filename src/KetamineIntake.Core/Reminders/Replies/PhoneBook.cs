using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>A patient under a number; a number may be shared.</summary>
public sealed record PhonePatient(string PatientId);

/// <summary>The key of phone hashes.</summary>
public sealed record PhoneSecret(ReadOnlyMemory<byte> Key);

/// <summary>
/// Finds patients by their number without the number standing in any key: row keys are not encrypted, and a plain hash of ten digits is quickly turned back.
/// </summary>
public sealed class PhoneBook(IRecordStores stores)
{
    private volatile byte[]? key;

    /// <summary>HMAC-SHA-256 (hex) of clinic and number.</summary>
    public async Task<string> HashAsync(ClinicContext clinic, string e164, CancellationToken cancellation)
    {
        var secret = key ??= await LoadAsync(cancellation);
        return Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{clinic.Clinic.Slug}|{e164}")));
    }

    public static async Task<IReadOnlyList<string>> PatientsAsync(ClinicContext clinic, string phoneHash, CancellationToken cancellation)
    {
        var patients = new List<string>();
        await foreach (var row in clinic.Records.ListAsync(Rows.PatientsOfPhone(phoneHash), cancellation))
        {
            patients.Add(RecordJson.Read<PhonePatient>(row).PatientId);
        }

        return patients;
    }

    public static async Task<(Row? Row, ConsentLedger Ledger)> LedgerAsync(ClinicContext clinic, string phoneHash, CancellationToken cancellation)
    {
        var row = await clinic.Records.FindAsync(Rows.Consent(phoneHash), cancellation);
        return (row, row is null ? ConsentLedger.Empty : RecordJson.Read<ConsentLedger>(row));
    }

    private async Task<byte[]> LoadAsync(CancellationToken cancellation)
    {
        var global = stores.Open(Rows.Global);
        if (await global.FindAsync(Rows.PhoneKey, cancellation) is null)
        {
            // Another process may be faster; then its key is the one.
            var fresh = new PhoneSecret(RandomNumberGenerator.GetBytes(32));
            _ = await global.CommitAsync([new Change.Insert(Rows.PhoneKey, RecordJson.Write(fresh))], cancellation);
        }

        var row = await global.FindAsync(Rows.PhoneKey, cancellation);
        return RecordJson.Read<PhoneSecret>(row!).Key.ToArray();
    }
}
