using KetamineIntake.Core.Clinics;

namespace KetamineIntake.Core.Protocols;

public static class ClinicProtocol
{
    public static RuleBook ApplyOrThrow(RuleBook rules, ClinicOverrides overrides, string clinic) => rules;

    public static IReadOnlyList<string> Check(RuleBook rules, ClinicOverrides overrides) => [];
}

public static class ProtocolLoader
{
    public static Protocol LoadOrThrow(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> documents) => throw new InvalidOperationException();
}
