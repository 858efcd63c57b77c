using System.Text.Json;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Patients;

/// <summary>What is wrong with a telephone number, for the person who typed it.</summary>
public static class PhoneFaultWords
{
    public static FaultWords Of(PhoneFault fault) => new("phone." + JsonNamingPolicy.CamelCase.ConvertName(fault.ToString()));
}
