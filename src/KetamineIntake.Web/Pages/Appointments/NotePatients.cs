using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Web.Pages.Referrals;
using KetamineIntake.Web.Pages.Screenings;

namespace KetamineIntake.Web.Pages.Appointments;

/// <summary>Whom a note is about, in words that tell patients of one number apart.</summary>
internal static class NotePatients
{
    /// <summary>Each patient with a name; one who is no longer on record has none.</summary>
    public static IReadOnlyList<(string Id, string Name)> Of(ClinicContext clinic, StaffNote note, IReadOnlyDictionary<string, Patient> patients)
    {
        var known = note.PatientIds.Select(id => (Id: id, Patient: patients.GetValueOrDefault(id))).ToList();
        return [.. known.Select(k => (k.Id, k.Patient is not { } one ? "A patient" : IsAlone(one) ? Name(one) : $"{Name(one)}, form of {ReferralWords.Time(clinic, one.CreatedAt)}"))];

        // Whoever sends the form twice is two patients until staff merge them.
        bool IsAlone(Patient one) => known.Count(k => k.Patient is { } other && Name(other) == Name(one)) == 1;
    }

    /// <summary>The names together, else the number, else that nobody is known.</summary>
    public static string Together(StaffNote note, IReadOnlyList<(string Id, string Name)> named) =>
        named.Count > 0 ? string.Join(" or ", named.Select(n => n.Name))
        : note.Phone.Length > 0 ? PhoneWords.Of(note.Phone)
        : "nobody we know";

    private static string Name(Patient patient) => $"{patient.Name}, born {AnswerWords.Date(new(patient.BirthDate.Year, patient.BirthDate.Month, patient.BirthDate.Day))}";
}
