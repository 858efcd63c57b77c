using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Labs;

/// <summary>Remembers which requirements and rules a clinic's patients were last judged by.</summary>
internal static class LabBasisRow
{
    // Another number whenever values are read differently than before: then what is stored is looked at again without waiting for news.
    private const string Reading = "5";

    /// <summary>Whether everybody has to be judged again; a row that cannot be read remembers nothing.</summary>
    public static async Task<bool> IsStaleAsync(ClinicContext clinic, CancellationToken cancellation)
    {
        try
        {
            return await clinic.Records.FindAsync(Rows.LabBasis, cancellation) is not { } row || RecordJson.Read<LabBasis>(row).Hash != HashOf(clinic);
        }
        catch (RecordIntegrityException)
        {
            return true;
        }
    }

    public static async Task WriteAsync(ClinicContext clinic, CancellationToken cancellation) =>
        await clinic.Records.CommitAsync([new Change.Upsert(Rows.LabBasis, RecordJson.Write(new LabBasis(HashOf(clinic))))], cancellation);

    // In words rather than as JSON: member order and null handling of a serializer are no reason to judge everybody again.
    private static string HashOf(ClinicContext clinic)
    {
        var text = new StringBuilder(Reading).Append('\n').Append(clinic.Rules.Hash);
        foreach (var value in clinic.Protocol.LabValues)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{value.Code} {value.Minimum} {value.Maximum}");
        }

        text.Append('\n').AppendJoin(' ', clinic.Protocol.Lab.LeadDays).Append('\n').Append(clinic.Protocol.Lab.Units);
        foreach (var (value, limit) in clinic.Protocol.Lab.UpperLimits)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{value} {limit}");
        }

        foreach (var requirement in clinic.Protocol.Labs)
        {
            var sets = requirement.AnyOf.Select(s => string.Join('+', s.AllOf.Select(c => c.Code)));
            text.Append(CultureInfo.InvariantCulture, $"\n{requirement.Test} {requirement.ValidMonths} {string.Join('|', sets)} {string.Join(' ', requirement.Reasons)}");
        }

        foreach (var setting in clinic.Clinic.Overrides.Labs)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{setting.Test} {setting.Policy} {setting.ValidMonths}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
