using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Reminders;
using KetamineIntake.Core.Reminders.Events;
using KetamineIntake.Core.Reminders.Preparation;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Core.Reminders.Sending;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;

namespace KetamineIntake.Core.Records;

/// <summary>How bodies are written: source-generated, no reflection at start. Names in stored bodies are permanent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(InstantJson), typeof(LocalDateJson), typeof(AnswerSetJson), typeof(LocalDateTimeJson), typeof(LocalTimeJson)])]
[JsonSerializable(typeof(Clinic))]
[JsonSerializable(typeof(Patient))]
[JsonSerializable(typeof(StoredScreening))]
[JsonSerializable(typeof(Referral))]
[JsonSerializable(typeof(ReferralSummary))]
[JsonSerializable(typeof(StoredReceipt))]
[JsonSerializable(typeof(StoredDraft))]
[JsonSerializable(typeof(StoredStaffKey))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(ArchivedRuleSet))]
[JsonSerializable(typeof(Appointment))]
[JsonSerializable(typeof(LabRecord))]
[JsonSerializable(typeof(LabFlag))]
[JsonSerializable(typeof(LabFlagSummary))]
[JsonSerializable(typeof(LabLedger))]
[JsonSerializable(typeof(LabAlert))]
[JsonSerializable(typeof(UnplacedLab))]
[JsonSerializable(typeof(LabBasis))]
[JsonSerializable(typeof(ClinicDay))]
[JsonSerializable(typeof(Reminder))]
[JsonSerializable(typeof(PlanStamp))]
[JsonSerializable(typeof(Judged))]
[JsonSerializable(typeof(PreparationOrders))]
[JsonSerializable(typeof(PreparationLink))]
[JsonSerializable(typeof(LinkOwner))]
[JsonSerializable(typeof(ConsentLedger))]
[JsonSerializable(typeof(KeptWord))]
[JsonSerializable(typeof(PhonePatient))]
[JsonSerializable(typeof(PhoneSecret))]
[JsonSerializable(typeof(TextedPatient))]
[JsonSerializable(typeof(IndexedPhones))]
[JsonSerializable(typeof(ClinicNumber))]
[JsonSerializable(typeof(SenderPause))]
[JsonSerializable(typeof(TextAnswer))]
[JsonSerializable(typeof(StaffNote))]
[JsonSerializable(typeof(SeenEvent))]
internal sealed partial class RecordJson : JsonSerializerContext
{
    public static ReadOnlyMemory<byte> Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>());

    public static T Read<T>(Row row) =>
        JsonSerializer.Deserialize(row.Body.Span, TypeInfo<T>())
        ?? throw new InvalidOperationException($"The row {row.Key} has no body.");

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Default.GetTypeInfo(typeof(T))!;
}
