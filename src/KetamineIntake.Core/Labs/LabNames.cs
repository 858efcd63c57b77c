namespace KetamineIntake.Core.Labs;

/// <summary>Names for people.</summary>
public static class LabNames
{
    /// <summary>What a LOINC code that we know means; the code or test name itself otherwise.</summary>
    public static string Of(string code) => LabKinds.Find(code)?.Name ?? code;

    /// <summary>Of every panel and quantity that is looked at here.</summary>
    public static IReadOnlyList<string> Kinds => [.. LabKinds.All.Select(kind => kind.Name)];
}
