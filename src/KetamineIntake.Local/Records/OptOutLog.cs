using System.Text;
using System.Text.Json;
using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Local.Hosting;

namespace KetamineIntake.Local.Records;

/// <summary>
/// Every STOP and START, a line each, encrypted, on the disk before it is acknowledged: in a file beside the store, which an older copy of the store does not take back.
/// A line that was cut short by a crash is stepped over.
/// </summary>
internal sealed class OptOutLog(string path, RecordKeys keys)
{
    public const string FileName = "opt-outs.log";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int MostWaits = 20;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly SealedText text = new(keys, "opt-outs");

    public bool Exists => File.Exists(path);

    /// <exception cref="RecordStoreException">The words could not be kept.</exception>
    public void Append(IReadOnlyList<KeptWord> words) => AppendLines(words.Select(w => text.Seal(w.Write())));

    /// <summary>The words that can be read, and how many lines cannot.</summary>
    public (IReadOnlyList<KeptWord> Words, int Unreadable) Read()
    {
        var lines = Lines();
        var words = lines.Select(Parse).OfType<KeptWord>().ToList();
        return (words, lines.Count - words.Count);
    }

    /// <summary>Takes over the lines of another such file that are not here.</summary>
    public void Add(OptOutLog other)
    {
        var known = Lines().ToHashSet(StringComparer.Ordinal);
        if (other.Lines().Where(l => !known.Contains(l)).ToList() is { Count: > 0 } unknown)
        {
            AppendLines(unknown);
        }
    }

    /// <summary>Seals every line anew with the current key. A line that cannot be read stays as it is: its key may come back.</summary>
    public void Renew()
    {
        if (!Exists)
        {
            return;
        }

        // While nobody else has it; the new file takes its name whole.
        Alone(file =>
        {
            using var reader = new StreamReader(file, Encoding.ASCII, leaveOpen: true);
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => text.Open(l) is { } body ? text.Seal(body) : l).ToList();
            DataFolder.WriteOwnerOnly(path, string.Join('\n', lines));
            return lines.Count;
        });
    }

    private List<string> Lines() => !Exists ? [] : Alone(file =>
    {
        using var reader = new StreamReader(file, Encoding.ASCII, leaveOpen: true);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
    });

    private KeptWord? Parse(string line)
    {
        try
        {
            return text.Open(line) is { } body ? KeptWord.Read(body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A line end in front as well: behind a line that was cut short the next one must not be lost too.
    private void AppendLines(IEnumerable<string> lines)
    {
        var bytes = Encoding.ASCII.GetBytes($"\n{string.Join('\n', lines)}\n");
        Alone(file =>
        {
            file.Seek(0, SeekOrigin.End);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
            return bytes.Length;
        });
    }

    private T Alone<T>(Func<FileStream, T> use)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        for (var left = MostWaits; ; left--)
        {
            try
            {
                lock (gate)
                {
                    using var file = new FileStream(path, options);
                    return use(file);
                }
            }
            catch (IOException) when (left > 0)
            {
                // Another process, a backup say, has it for a moment.
                Thread.Sleep(Wait);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new RecordStoreException("The file of opt-outs could not be used.", refused);
            }
        }
    }
}
