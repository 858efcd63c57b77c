using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Core.Reminders.Replies;

/// <summary>Whether a start can bring texts back: somebody under the number agreed to them at intake.</summary>
internal static class WantedTexts
{
    private const int Page = 200;

    public static async Task<bool> ByAnybodyAsync(ClinicContext clinic, KnownNumber number, CancellationToken cancellation)
    {
        if (number.People.Any(p => p.SmsConsent) || !number.HasMore)
        {
            return number.People.Any(p => p.SmsConsent);
        }

        string? after = null;
        do
        {
            var some = await PhoneBook.PatientsAsync(clinic, number.Hash, Page, after, cancellation);
            if ((await FindPatient.ManyAsync(clinic, some, cancellation)).Values.Any(p => p.SmsConsent))
            {
                return true;
            }

            after = some.Count == Page ? some[^1] : null;
        }
        while (after is not null);
        return false;
    }
}
