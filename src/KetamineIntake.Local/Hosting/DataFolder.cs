using System.Security.Cryptography;
using KetamineIntake.Core.Records;
using KetamineIntake.Local.Dev;
using KetamineIntake.Local.Records;
using KetamineIntake.Web.Reminders;

namespace KetamineIntake.Local.Hosting;

/// <summary>The folder that holds all of a local installation: records, the key that opens them, staff keys. Nobody but its owner may read it.</summary>
internal sealed class DataFolder
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    public const string StaffKey = "staff-key.txt";
    public const string DirectorKey = "director-key.txt";
    private const string Records = "records.db";
    private const string RecordKey = "record-key.txt";
    private const string InUse = "in-use";

    private readonly string path;

    /// <exception cref="IOException">The folder cannot be made or used.</exception>
    public DataFolder(string path)
    {
        this.path = Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(this.path);
        }
        else
        {
            Directory.CreateDirectory(this.path, OwnerFolder);
            File.SetUnixFileMode(this.path, OwnerFolder);
        }
    }

    /// <summary>A folder that must have been started in before: a command on a mistyped one would make another installation there, and report on nothing.</summary>
    /// <exception cref="FileNotFoundException">There are no records in it.</exception>
    public static string Existing(string path) => path.Length > 0 && File.Exists(Path.Combine(path, Records))
        ? path
        : throw new FileNotFoundException($"There are no records in \"{path}\". Name the data folder with --data; starting the program without a command makes one.");

    public string Database => Path.Combine(path, Records);

    public string this[string file] => Path.Combine(path, file);

    /// <summary>The keys that open the records; made at the first start. Losing the file loses every record.</summary>
    /// <param name="recordsExist">There are records that need them.</param>
    public RecordKeys RecordKeys(bool recordsExist) => RecordKeyFile.Open(this[RecordKey], recordsExist);

    /// <summary>Held by every process that works on the records, so that nobody replaces them under it; gone with the process, however that ends.</summary>
    /// <exception cref="IOException">They are being restored.</exception>
    public IDisposable Use() => Lock(FileAccess.Read, FileShare.Read, "The records are being restored just now. Try again when that is done.");

    /// <summary>Held by whoever replaces the records.</summary>
    /// <exception cref="IOException">A program works on them.</exception>
    public IDisposable UseAlone() => Lock(FileAccess.ReadWrite, FileShare.None, $"A program still works on the records in \"{path}\". Stop it first: nothing is restored under a server that runs.");

    /// <summary>What has been started in before keeps its records: an empty file in their place would be another installation, and its new keys would lock the old one out.</summary>
    /// <exception cref="InvalidDataException">The records are missing, empty or cut short.</exception>
    private void CheckRecords()
    {
        string[] traces = [RecordKey, "events-key.txt", OptOutLog.FileName];
        if (RecordFileCheck.LossOf(Database) is { } loss && traces.Any(f => File.Exists(this[f])))
        {
            throw Lost(loss);
        }
    }

    /// <summary>The records and their keys: the file before a new key, so that a key without records always means a loss.</summary>
    /// <exception cref="InvalidDataException">Records or keys are missing.</exception>
    public (SqliteRecords Records, RecordKeys Keys) OpenRecords()
    {
        CheckRecords();
        var records = SqliteRecords.OpenFile(Database);
        try
        {
            var (hasRows, isEmptied) = records.Look();
            if (isEmptied)
            {
                throw Lost("holds no row any more");
            }

            var keys = RecordKeys(hasRows);
            records.CheckKeys(keys);
            return (records, keys);
        }
        catch
        {
            records.Abandon();
            throw;
        }
    }

    /// <summary>What to tell whoever starts over records that are gone.</summary>
    private InvalidDataException Lost(string loss) => new(
        $"\"{Database}\" {loss}, although this folder has held records before. Nothing was changed. Put the file back, with its -wal beside it if there is one, "
        + $"or bring back a backup: `restore BACKUP --data \"{path}\"`. For a new installation name another folder with --data.");

    private FileStream Lock(FileAccess access, FileShare share, string refusal)
    {
        var file = this[InUse];
        try
        {
            if (!File.Exists(file))
            {
                File.Open(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
            }

            return new FileStream(file, FileMode.Open, access, share);
        }
        catch (IOException taken) when (File.Exists(file))
        {
            throw new IOException(refusal, taken);
        }
    }

    /// <summary>The secret of whoever delivers events about texts; made at the first start.</summary>
    public EventsKey EventsKey() => new(Secret("events-key.txt"));

    /// <summary>What opens /dev for whoever may read this folder; made at the first start.</summary>
    public DevToken DevToken() => new(Secret("dev-token.txt"));

    private string Secret(string name)
    {
        var file = this[name];
        if (!File.Exists(file))
        {
            WriteOwnerOnly(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }

        return File.ReadAllText(file).Trim();
    }

    /// <summary>Writes a file that only its owner may read, durable before it is named.</summary>
    public static void WriteOwnerOnly(string file, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        var unfinished = file + ".new";
        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(content + Environment.NewLine));
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file, overwrite: true);
    }
}
