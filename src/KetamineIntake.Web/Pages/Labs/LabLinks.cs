using KetamineIntake.Core.Clinics;
using KetamineIntake.Web.Pages.Referrals;

namespace KetamineIntake.Web.Pages.Labs;

/// <summary>Addresses of the console's pages about laboratory tests: ids only, never a name.</summary>
internal static class LabLinks
{
    public static string List(ClinicContext clinic) => StaffLinks.List(clinic) + "/labs";

    public static string Patient(ClinicContext clinic, string patientId) => $"{StaffLinks.List(clinic)}/patients/{patientId}/labs";

    public static string Order(ClinicContext clinic, string patientId) => $"{StaffLinks.List(clinic)}/patients/{patientId}/lab-order";
}
