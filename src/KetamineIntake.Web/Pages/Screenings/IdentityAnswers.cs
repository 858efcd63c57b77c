using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Screenings;

namespace KetamineIntake.Web.Pages.Screenings;

/// <summary>Who the patient is, as answers to the questionnaire's identity questions.</summary>
internal static class IdentityAnswers
{
    public static IEnumerable<KeyValuePair<string, Answer>> Of(PatientDetails patient)
    {
        var birth = patient.BirthDate;
        if (patient.GivenName.Length > 0)
        {
            yield return new("dem.givenName", new Answer.Text(patient.GivenName));
        }

        if (patient.FamilyName.Length > 0)
        {
            yield return new("dem.familyName", new Answer.Text(patient.FamilyName));
        }

        yield return new("dem.dob", new Answer.Date(new PartialDate(birth.Year, birth.Month, birth.Day)));
        yield return new("dem.phone", new Answer.Text(PhoneWords.Of(patient.Phone)));
        yield return new("dem.lang", new Answer.Text(patient.Language));
        yield return new("dem.smsConsent", new Answer.Choice(patient.SmsConsent ? "yes" : "no"));
        if (patient.Email is { } email)
        {
            yield return new("dem.email", new Answer.Text(email));
        }

        if (patient.TimeZone is { } zone)
        {
            yield return new("dem.tz", new Answer.Text(zone));
        }
    }
}
