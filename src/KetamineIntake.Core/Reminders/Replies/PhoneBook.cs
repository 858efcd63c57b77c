using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>A patient under a number; a number may be shared.</summary>
public sealed record PhonePatient(string PatientId);

/// <summary>The key of phone hashes.</summary>
public sealed record PhoneSecret(ReadOnlyMemory<byte> Key);

/// <summary>
/// Finds patients by their number without the number standing in any key: row keys are not encrypted, and a plain hash of ten digits is quickly turned back.
/// </summary>
public sealed class PhoneBook
{
    private readonly IRecordStores stores;
    private readonly PhoneIndex index;
    private volatile byte[]? key;

    public PhoneBook(IRecordStores stores) => (this.stores, index) = (stores, new PhoneIndex(this));

    /// <summary>HMAC-SHA-256 (hex) of clinic and number. Whatever the number's other forms had in store stands under it from now on: a STOP must not stay behind under a trunk zero.</summary>
    /// <param name="number">In any form; see <see cref="PhoneNumber.NormalOf"/>.</param>
    public async Task<string> HashAsync(ClinicContext clinic, string number, CancellationToken cancellation)
    {
        var normal = PhoneNumber.NormalOf(number);
        if (PhoneNumber.HasOtherForms(normal))
        {
            await CompleteAsync(clinic, cancellation);
        }

        return await GatherAsync(clinic, number, cancellation);
    }

    /// <summary>As <see cref="HashAsync"/>, for whoever completes the index.</summary>
    internal async Task<string> GatherAsync(ClinicContext clinic, string number, CancellationToken cancellation)
    {
        var secret = key ??= await LoadAsync(cancellation);
        string Hash(string form) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{clinic.Clinic.Slug}|{form}")));

        var normal = PhoneNumber.NormalOf(number);
        var hash = Hash(normal);
        foreach (var other in PhoneNumber.OtherFormsOf(normal).Append(number).Where(form => form != normal).Distinct(StringComparer.Ordinal))
        {
            await MovedNumber.MoveAsync(clinic, Hash(other), hash, cancellation);
        }

        return hash;
    }

    /// <summary>What the clinic knows of a number.</summary>
    internal async Task<KnownNumber> KnownAsync(ClinicContext clinic, string e164, CancellationToken cancellation)
    {
        await CompleteAsync(clinic, cancellation);
        return await KnownNumber.LoadAsync(clinic, await HashAsync(clinic, e164, cancellation), cancellation);
    }

    /// <summary>Patients from before intake kept their numbers are found afterwards too.</summary>
    internal Task CompleteAsync(ClinicContext clinic, CancellationToken cancellation) => index.CompleteAsync(clinic, cancellation);

    /// <summary>A page of those under a number; as many records may share one as somebody cares to send forms.</summary>
    /// <param name="after">The last of the page before; null for the first page.</param>
    public static async Task<IReadOnlyList<string>> PatientsAsync(ClinicContext clinic, string phoneHash, int limit, string? after, CancellationToken cancellation)
    {
        var patients = new List<string>();
        var range = Rows.PatientsOfPhone(phoneHash);
        await foreach (var row in clinic.Records.ListAsync(after is null ? range : range.After(Rows.Phone(phoneHash, after)), cancellation))
        {
            patients.Add(RecordJson.Read<PhonePatient>(row).PatientId);
            if (patients.Count == limit)
            {
                break;
            }
        }

        return patients;
    }

    /// <summary>The row by which a patient is found under a number.</summary>
    internal static Change.Upsert Entry(string phoneHash, string patientId) => new(Rows.Phone(phoneHash, patientId), RecordJson.Write(new PhonePatient(patientId)));

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
