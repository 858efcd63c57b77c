namespace KetamineIntake.Tests.Support;

/// <summary>Text that a person has read and approved, kept beside the test.</summary>
internal static class Approved
{
    /// <param name="file">Path below the test project, for example Reminders/FourWeeks.approved.txt.</param>
    public static void Equal(string file, string received)
    {
        var path = Path.Combine([AppContext.BaseDirectory, .. file.Split('/')]);
        var approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.True(
            approved.TrimEnd() == received.ReplaceLineEndings("\n").TrimEnd(),
            $"What is now is not as approved. If it is meant, copy the text below into tests/KetamineIntake.Tests/{file}.{Environment.NewLine}{received}");
    }
}
