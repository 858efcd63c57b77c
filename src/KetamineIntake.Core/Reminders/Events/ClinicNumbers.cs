using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Reminders.Events;

/// <summary>A clinic that receives texts at a number.</summary>
public sealed record ClinicNumber(string Clinic);

/// <summary>Which clinics receive texts at which number; several may share one.</summary>
public static class ClinicNumbers
{
    public static Change Row(Clinic clinic) =>
        new Change.Upsert(Rows.Number(Of(clinic)[1..], clinic.Slug), RecordJson.Write(new ClinicNumber(clinic.Slug)));

    /// <summary>The number that a clinic's texts come from.</summary>
    public static string Of(Clinic clinic) => clinic.TextNumber ?? clinic.Phone;

    // E.164's.
    private const int MostDigits = 15;

    /// <summary>The clinics that receive texts at a number in E.164; none for anything else.</summary>
    public static async Task<IReadOnlyList<string>> ClinicsAsync(IRecordStore global, string number, CancellationToken cancellation)
    {
        var clinics = new List<string>();
        if (number is not ['+', .. { Length: > 0 and <= MostDigits } digits] || !digits.All(char.IsAsciiDigit))
        {
            return clinics;
        }

        await foreach (var row in global.ListAsync(Rows.ClinicsOfNumber(digits), cancellation))
        {
            clinics.Add(RecordJson.Read<ClinicNumber>(row).Clinic);
        }

        return clinics;
    }
}
