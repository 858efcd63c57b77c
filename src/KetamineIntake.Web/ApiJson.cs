using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KetamineIntake.Core.Records;
using KetamineIntake.Web.Appointments;
using KetamineIntake.Web.Health;
using KetamineIntake.Web.Labs;
using KetamineIntake.Web.Patients;
using KetamineIntake.Web.Problems;
using KetamineIntake.Web.Records;
using KetamineIntake.Web.Referrals;
using KetamineIntake.Web.Reminders;
using KetamineIntake.Web.Screenings;

namespace KetamineIntake.Web;

/// <summary>How answers of the API are written: source-generated, the contract's names, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(InstantJson), typeof(LocalDateJson), typeof(LocalDateTimeJson)])]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(ReceiptBody))]
[JsonSerializable(typeof(ReferralListBody))]
[JsonSerializable(typeof(ReferralBody))]
[JsonSerializable(typeof(PatientBody))]
[JsonSerializable(typeof(FailedMessageList))]
[JsonSerializable(typeof(LabFlagListBody))]
[JsonSerializable(typeof(LabReceiptBody))]
[JsonSerializable(typeof(LabViewBody))]
[JsonSerializable(typeof(UnplacedLabListBody))]
[JsonSerializable(typeof(AppointmentBody))]
[JsonSerializable(typeof(AppointmentListBody))]
[JsonSerializable(typeof(PreviewBody))]
[JsonSerializable(typeof(ReminderListBody))]
[JsonSerializable(typeof(NoteListBody))]
[JsonSerializable(typeof(ValidationBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
