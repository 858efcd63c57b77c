using SQLitePCL;

namespace KetamineIntake.Local.Records;

/// <summary>Which SQLite runs: always the one that comes with the package, never the machine's.</summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>For example "3.53.4". The first use loads the library.</summary>
    public static string Version => Loaded.Value;

    private static string Load()
    {
        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    }
}
