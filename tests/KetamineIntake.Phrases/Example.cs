using System.Security.Cryptography;
using System.Text;

namespace KetamineIntake.Phrases;

/// <summary>One line of a list.</summary>
/// <param name="Kind">The list it stands in: <c>crisis.en</c>.</param>
/// <param name="IsDanger">Somebody is in danger.</param>
/// <param name="Block">Which fifth of its list it stands in: neighbours are alike, often by one writer, so they are learnt from or tested on together. <see cref="Unmeasured"/>: always learnt from.</param>
/// <param name="IsOfHalf">Of the half that whoever changes the matcher looks at, beside the tests; written by other people than the lists here.</param>
internal sealed record Example(string Text, string Kind, bool IsDanger, int Block, bool IsOfHalf)
{
    public const int Blocks = 5;

    /// <summary>By whoever built the matcher, about what its tests ask for: no measure of anything.</summary>
    public const int Unmeasured = -1;

    /// <summary>Everything that may be learnt from. The half with bit 1 is never read: see <c>PhraseLists</c> of the tests.</summary>
    public static IReadOnlyList<Example> All() =>
    [
        .. Lines("Lists/crisis.en.txt", true), .. Lines("Lists/crisis.es.txt", true), .. Lines("Lists/ordinary.en.txt", false), .. Lines("Lists/ordinary.es.txt", false),
        .. Lines("Lists/builder.ordinary.txt", false).Select(l => l with { Block = Unmeasured }),
        .. Lines("Halves/crisis.en.txt", true), .. Lines("Halves/crisis.es.txt", true), .. Lines("Halves/ordinary.txt", false),
    ];

    private static IEnumerable<Example> Lines(string name, bool isDanger)
    {
        var isOfHalf = name.StartsWith("Halves/", StringComparison.Ordinal);
        using var stream = typeof(Example).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var lines = reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && (!isOfHalf || SHA256.HashData(Encoding.UTF8.GetBytes(l))[0] < 128)).ToList();
        return lines.Select((line, i) => new Example(line, Path.GetFileNameWithoutExtension(name), isDanger, i * Blocks / lines.Count, isOfHalf));
    }
}
