using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Web.Pages.Referrals;
using NodaTime.Text;

namespace KetamineIntake.Web.Pages.Labs;

/// <summary>Addresses of the console's pages about laboratory tests: ids only, never a name.</summary>
internal static class LabLinks
{
    public static string List(ClinicContext clinic) => StaffLinks.List(clinic) + "/labs";

    /// <summary>The list's next page, with all that it is filtered by: a second page of something else would be read as the rest of the first.</summary>
    public static string NextPage(ClinicContext clinic, LabFlagFilter filter, string next) =>
        $"{List(clinic)}?after={next}&status={filter.Open switch { true => "open", false => "closed", null => "" }}"
        + (filter.Test is { } test ? "&test=" + test : "")
        + (filter.VisitFrom is { } from ? "&visitFrom=" + LocalDatePattern.Iso.Format(from) : "")
        + (filter.VisitTo is { } to ? "&visitTo=" + LocalDatePattern.Iso.Format(to) : "");

    public static string Patient(ClinicContext clinic, string patientId) => $"{StaffLinks.List(clinic)}/patients/{patientId}/labs";

    public static string Unplaced(ClinicContext clinic, UnplacedLab lab) => $"{Patient(clinic, lab.PatientId)}/unplaced/{lab.What.Id}";

    public static string Hold(ClinicContext clinic, string patientId, LabHold hold) => $"{Patient(clinic, patientId)}/holds/{hold.Rule}";

    public static string Order(ClinicContext clinic, string patientId) => $"{StaffLinks.List(clinic)}/patients/{patientId}/lab-order";
}
