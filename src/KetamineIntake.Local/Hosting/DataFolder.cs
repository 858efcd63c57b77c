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

    /// <summary>The key that encrypts the records; made at the first start. Losing its file loses every record.</summary>
    public RecordKeys RecordKeys() => RecordKeyFile.Open(this["record-key.txt"], File.Exists(Database));

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
