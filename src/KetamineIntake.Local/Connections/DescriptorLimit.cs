using System.Globalization;

namespace KetamineIntake.Local.Connections;

/// <summary>How many files and sockets this process may have open. At the last one nothing works any more: no record is read, and the runtime ends the process.</summary>
internal static class DescriptorLimit
{
    private const string Limits = "/proc/self/limits";
    private const string Row = "Max open files";

    /// <summary>Where the system does not tell: what few systems go below.</summary>
    private const int Unknown = 4096;

    // The highest that counts: so many connections are more than one machine serves.
    private const int Most = 65_536;

    public static int Read() => File.Exists(Limits) ? Of(File.ReadLines(Limits)) : Unknown;

    /// <summary>The first number of the row is the one in force.</summary>
    public static int Of(IEnumerable<string> limits) =>
        limits.FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal)) is not { } row ? Unknown
        : long.TryParse(row[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? (int)Math.Min(limit, Most)
        : Most;
}
