namespace KetamineIntake.Tests.Support;

/// <summary>Compares a text with the one that somebody has read and approved.</summary>
internal static class Approved
{
    /// <param name="path">Of the approved file below the test project, for example Labs/Sweep.approved.txt.</param>
    public static void Check(string path, string received)
    {
        var file = Path.Combine(AppContext.BaseDirectory, path);
        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : string.Empty;
        var now = received.ReplaceLineEndings("\n");
        if (approved == now)
        {
            return;
        }

        var written = file.Replace(".approved.", ".received.", StringComparison.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(written)!);
        File.WriteAllText(written, now);
        var gone = approved.Split('\n').Except(now.Split('\n'), StringComparer.Ordinal).Select(l => "- " + l);
        var come = now.Split('\n').Except(approved.Split('\n'), StringComparer.Ordinal).Select(l => "+ " + l);
        Assert.Fail($"{path} is no longer as approved (- approved, + now). If this is meant, replace it by {written}.\n{string.Join('\n', gone.Concat(come))}");
    }
}
