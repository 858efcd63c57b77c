namespace KetamineIntake.Core.Labs;

/// <summary>The tests that a protocol may require, by the names of the HTTP contract.</summary>
public static class LabTests
{
    public const string Ecg = "ecg";
    public const string Liver = "liver";
    public const string Kidney = "kidney";
    public const string Cbc = "cbc";

    public static readonly IReadOnlyList<string> All = [Ecg, Liver, Kidney, Cbc];
}
