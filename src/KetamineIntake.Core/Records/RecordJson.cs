using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KetamineIntake.Core.Appointments;
using KetamineIntake.Core.Clinics;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Patients;
using KetamineIntake.Core.Referrals;
using KetamineIntake.Core.Screenings;
using KetamineIntake.Core.Staff;

namespace KetamineIntake.Core.Records;

/// <summary>How bodies are written: source-generated, no reflection at start. Names in stored bodies are permanent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(InstantJson), typeof(LocalDateJson), typeof(LocalDateTimeJson), typeof(AnswerSetJson)])]
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
[JsonSerializable(typeof(LabBasis))]
internal sealed partial class RecordJson : JsonSerializerContext
{
    public static ReadOnlyMemory<byte> Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>());

    public static T Read<T>(Row row) =>
        JsonSerializer.Deserialize(row.Body.Span, TypeInfo<T>())
        ?? throw new InvalidOperationException($"The row {row.Key} has no body.");

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Default.GetTypeInfo(typeof(T))!;
}
