using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using KetamineIntake.Local.Records;
using SQLitePCL;

namespace KetamineIntake.Tests.Records;

/// <summary>What SQLite asked of the disk. <paramref name="File"/> is the end of the file's name: "" for the file itself, "-wal" for its log.</summary>
internal abstract record DiskCall(string File)
{
    public sealed record Write(string File, long Offset, byte[] Bytes) : DiskCall(File);

    public sealed record Truncate(string File, long Length) : DiskCall(File);

    public sealed record Sync(string File) : DiskCall(File);
}

/// <summary>
/// A layer between SQLite and the operating system (a VFS) for one database: it sees each write, truncation and sync, may hold it up, and may fail it with any of SQLite's codes,
/// as a real disk would, below everything that is tested.
/// </summary>
internal sealed class ShimDisk
{
    public const int Ok = 0;
    public const int IoErrorSync = 10 | (4 << 8);
    public const int IoErrorWrite = 10 | (3 << 8);
    public const int Full = 13;

    private static readonly ConcurrentDictionary<string, ShimDisk> ByPath = new(StringComparer.Ordinal);

    private volatile Func<DiskCall, int> answer = static _ => Ok;
    private int syncs;

    public static string Vfs => ShimVfs.Name;

    /// <summary>Asked before each call: a code other than <see cref="Ok"/> fails it.</summary>
    public Func<DiskCall, int> Answer { set => answer = value; }

    public int Syncs => Volatile.Read(ref syncs);

    /// <summary>A record file on this disk.</summary>
    public SqliteFile Hold(string path)
    {
        ShimVfs.Register();
        ByPath[path] = this;
        return new SqliteFile(path, Vfs);
    }

    public static (ShimDisk Disk, string File)? Find(string path)
    {
        foreach (var suffix in new[] { "-wal", "-journal", string.Empty })
        {
            if (path.EndsWith(suffix, StringComparison.Ordinal) && ByPath.TryGetValue(path[..^suffix.Length], out var disk))
            {
                return (disk, suffix);
            }
        }

        return null;
    }

    public int Ask(DiskCall call)
    {
        if (call is DiskCall.Sync)
        {
            Interlocked.Increment(ref syncs);
        }

        return answer(call);
    }
}

/// <summary>The native side: a copy of the default VFS whose files have four of their methods replaced (sqlite.org/vfs.html).</summary>
internal static class ShimVfs
{
    public const string Name = "shim";

    private const int PointerSize = 8;
    private const int VfsSize = 168;
    private const int VfsName = 24;
    private const int VfsOpen = 40;
    private const int MethodsSize = 152;
    private const int Close = 8;
    private const int Write = 24;
    private const int Truncate = 32;
    private const int Sync = 40;

    private static readonly Lazy<bool> Registered = new(RegisterOnce);
    private static readonly ConcurrentDictionary<nint, OpenFile> Files = new();
    private static readonly ConcurrentDictionary<nint, Methods> Tables = new();

    // Native code keeps only their addresses: the garbage collector must not take them.
    private static readonly OpenMethod OpenHere = OpenFileHere;
    private static readonly CloseMethod CloseHere = file => Files.TryRemove(file, out var open) ? open.Original.Close(file) : ShimDisk.Ok;
    private static readonly WriteMethod WriteHere = WriteFileHere;
    private static readonly TruncateMethod TruncateHere = TruncateFileHere;
    private static readonly SyncMethod SyncHere = SyncFileHere;

    private static nint original;
    private static OpenMethod originalOpen = null!;

    public static void Register() => _ = Registered.Value;

    private static bool RegisterOnce()
    {
        _ = SqliteLibrary.Version;
        original = Native<FindVfs>("sqlite3_vfs_find")(0);
        originalOpen = Method<OpenMethod>(original, VfsOpen);
        var shim = Copy(original, VfsSize);
        Marshal.WriteIntPtr(shim, 16, 0);
        Marshal.WriteIntPtr(shim, VfsName, Marshal.StringToCoTaskMemUTF8(Name));
        Marshal.WriteIntPtr(shim, VfsOpen, Marshal.GetFunctionPointerForDelegate(OpenHere));
        return Native<RegisterVfs>("sqlite3_vfs_register")(shim, 0) == ShimDisk.Ok;
    }

    private static int OpenFileHere(nint vfs, nint name, nint file, int flags, nint outFlags)
    {
        var result = originalOpen(original, name, file, flags, outFlags);
        if (result == ShimDisk.Ok && name != 0 && ShimDisk.Find(Marshal.PtrToStringUTF8(name)!) is var (disk, suffix))
        {
            var methods = Tables.GetOrAdd(Marshal.ReadIntPtr(file), static table => new Methods(table));
            Files[file] = new OpenFile(disk, suffix, methods);
            Marshal.WriteIntPtr(file, methods.Patched);
        }

        return result;
    }

    private static int WriteFileHere(nint file, nint buffer, int count, long offset)
    {
        var open = Files[file];
        var bytes = new byte[count];
        Marshal.Copy(buffer, bytes, 0, count);
        var answer = open.Disk.Ask(new DiskCall.Write(open.Suffix, offset, bytes));
        return answer == ShimDisk.Ok ? open.Original.Write(file, buffer, count, offset) : answer;
    }

    private static int TruncateFileHere(nint file, long length)
    {
        var open = Files[file];
        var answer = open.Disk.Ask(new DiskCall.Truncate(open.Suffix, length));
        return answer == ShimDisk.Ok ? open.Original.Truncate(file, length) : answer;
    }

    private static int SyncFileHere(nint file, int flags)
    {
        var open = Files[file];
        var answer = open.Disk.Ask(new DiskCall.Sync(open.Suffix));
        return answer == ShimDisk.Ok ? open.Original.Sync(file, flags) : answer;
    }

    private static T Native<T>(string function) where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(NativeLibrary.Load("e_sqlite3", typeof(SQLite3Provider_e_sqlite3).Assembly, null), function));

    private static T Method<T>(nint table, int offset) where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(Marshal.ReadIntPtr(table, offset));

    private static nint Copy(nint from, int size)
    {
        var copy = Marshal.AllocHGlobal(size);
        for (var i = 0; i < size; i += PointerSize)
        {
            Marshal.WriteIntPtr(copy, i, Marshal.ReadIntPtr(from, i));
        }

        return copy;
    }

    private sealed record OpenFile(ShimDisk Disk, string Suffix, Methods Original);

    private sealed class Methods
    {
        public Methods(nint table)
        {
            Close = Method<CloseMethod>(table, ShimVfs.Close);
            Write = Method<WriteMethod>(table, ShimVfs.Write);
            Truncate = Method<TruncateMethod>(table, ShimVfs.Truncate);
            Sync = Method<SyncMethod>(table, ShimVfs.Sync);
            Patched = Copy(table, MethodsSize);
            Marshal.WriteIntPtr(Patched, ShimVfs.Close, Marshal.GetFunctionPointerForDelegate(CloseHere));
            Marshal.WriteIntPtr(Patched, ShimVfs.Write, Marshal.GetFunctionPointerForDelegate(WriteHere));
            Marshal.WriteIntPtr(Patched, ShimVfs.Truncate, Marshal.GetFunctionPointerForDelegate(TruncateHere));
            Marshal.WriteIntPtr(Patched, ShimVfs.Sync, Marshal.GetFunctionPointerForDelegate(SyncHere));
        }

        public nint Patched { get; }

        public CloseMethod Close { get; }

        public WriteMethod Write { get; }

        public TruncateMethod Truncate { get; }

        public SyncMethod Sync { get; }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint FindVfs(nint name);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int RegisterVfs(nint vfs, int makeDefault);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int OpenMethod(nint vfs, nint name, nint file, int flags, nint outFlags);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int CloseMethod(nint file);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int WriteMethod(nint file, nint buffer, int count, long offset);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int TruncateMethod(nint file, long length);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SyncMethod(nint file, int flags);
}
