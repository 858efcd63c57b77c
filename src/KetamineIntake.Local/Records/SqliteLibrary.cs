using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KetamineIntake.Local.Records;

/// <summary>Which SQLite runs: the system's own where it is newer (it gets security fixes without us), otherwise the one bundled with the package.</summary>
internal static class SqliteLibrary
{
    private const string Bundled = "e_sqlite3";
    private const string System = "libsqlite3.so.0";

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>For example "3.40.1 (system)". The first use loads the library.</summary>
    public static string Version => Loaded.Value;

    /// <summary>The library that runs.</summary>
    internal static nint Handle { get; private set; }

    private static string Load()
    {
        var provider = typeof(SQLite3Provider_e_sqlite3).Assembly;
        var bundled = NativeLibrary.Load(Bundled, provider, null);
        var useSystem = NativeLibrary.TryLoad(System, out var system) && Number(system) > Number(bundled) && IsThreadSafe(system);
        Handle = useSystem ? system : bundled;
        NativeLibrary.SetDllImportResolver(provider, static (name, _, _) => string.Equals(name, Bundled, StringComparison.Ordinal) ? Handle : 0);
        Batteries_V2.Init();
        return $"{raw.sqlite3_libversion().utf8_to_string()} ({(useSystem ? "system" : "bundled")})";
    }

    private static int Number(nint library) => Call(library, "sqlite3_libversion_number");

    // A library built for one thread only answers 0.
    private static bool IsThreadSafe(nint library) => Call(library, "sqlite3_threadsafe") != 0;

    private static int Call(nint library, string function) =>
        Marshal.GetDelegateForFunctionPointer<ReadNumber>(NativeLibrary.GetExport(library, function))();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ReadNumber();
}
