using System.Text;
using KetamineIntake.Core.Records;

namespace KetamineIntake.Local.Records;

/// <summary>
/// The record keys of one machine, in a file that only its owner reads: a line for each key, its id, a space, its secret in base64; the first line is the current key. To rotate,
/// put a new line in front. Whoever loses this file has lost the records, so keep a copy away from the backups of the records. The same lines, with semicolons between them, may
/// stand in the environment instead, and no file is read or made.
/// </summary>
internal static class RecordKeyFile
{
    /// <summary>The environment's variable that replaces the file.</summary>
    public const string Variable = "KETAMINE_RECORD_KEYS";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the keys; a first start makes one.</summary>
    /// <param name="recordsExist">There are records already: a missing file then is a loss to repair, and a new key would only hide it.</param>
    /// <exception cref="InvalidDataException">The keys are damaged, or missing though there are records. Names the line, never the secret.</exception>
    public static RecordKeys Open(string path, bool recordsExist)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return Read(given.Split(';'), Variable, "Correct it.");
        }

        if (!File.Exists(path))
        {
            return recordsExist ? throw new InvalidDataException("There are records but their key file is missing. Restore it from its copy.") : Create(path);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }

        return Read(File.ReadAllLines(path), "the record key file", "Restore the file from its copy.");
    }

    private static RecordKeys Read(IEnumerable<string> lines, string place, string remedy)
    {
        var keys = lines.Select((line, index) => (Line: line, Index: index))
            .Where(l => !string.IsNullOrWhiteSpace(l.Line)).Select(l => Parse(l.Line, l.Index, place, remedy)).ToArray();
        if (keys.DistinctBy(k => k.Id).Count() < keys.Length)
        {
            throw new InvalidDataException($"Two keys of {place} have the same id. Each key needs an id of its own.");
        }

        return keys.Length > 0 ? new RecordKeys(keys[0], keys[1..]) : throw new InvalidDataException($"There is no key in {place}. {remedy}");
    }

    // Written aside and moved into place once it is on the disk: a crash leaves a whole file or none.
    private static RecordKeys Create(string path)
    {
        var key = RecordKey.New();
        var aside = path + ".new";
        File.Delete(aside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(aside, options))
        {
            stream.Write(Encoding.ASCII.GetBytes($"{key.Id} {Convert.ToBase64String(key.ExportSecret())}\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: false);
        return new RecordKeys(key);
    }

    private static RecordKey Parse(string line, int index, string place, string remedy)
    {
        try
        {
            return line.Trim().Split(' ') is [var id, var secret]
                ? new RecordKey(id, Convert.FromBase64String(secret))
                : throw new FormatException("Not an id and a secret.");
        }
        catch (Exception broken) when (broken is FormatException or ArgumentException)
        {
            throw new InvalidDataException($"Line {index + 1} of {place} is damaged. {remedy}", broken);
        }
    }
}
