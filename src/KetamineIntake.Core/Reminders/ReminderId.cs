using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Reminders;

/// <summary>The id of a reminder follows from what it is for, so that planning twice plans once.</summary>
public static class ReminderId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The shape of <see cref="RowId"/>, from SHA-256 over clinic, patient, appointment, its version and the template.</summary>
    public static string For(string clinic, string patientId, string? appointmentId, int version, ReminderTemplate template)
    {
        var name = string.Join('|', clinic, patientId, appointmentId, version.ToString(CultureInfo.InvariantCulture), ReminderWords.Of(template));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return string.Create(RowId.Length, hash, static (id, bytes) =>
        {
            for (var i = 0; i < id.Length; i++)
            {
                id[i] = Alphabet[bytes[i] & (i == 0 ? 7 : 31)];
            }
        });
    }
}
