using System.Security.Cryptography;
using System.Text;

namespace KetamineIntake.Phrases;

/// <summary>One line of a list.</summary>
/// <param name="Kind">The list it stands in: <c>crisis.en</c>.</param>
/// <param name="IsDanger">Somebody is in danger.</param>
/// <param name="IsEarlier">Of the blind lists of before, by a writer of their own: how it does on them when it is learnt from the others alone sets the threshold.</param>
internal sealed record Example(string Text, string Kind, bool IsDanger, bool IsEarlier)
{
    /// <summary>Everything that may be learnt from: by several writers, none of whom has seen the matcher, but for <c>builder.ordinary</c>. Never the blind lists of now, nor the half with bit 1: see <c>PhraseLists</c> of the tests.</summary>
    public static IReadOnlyList<Example> All() =>
    [
        .. Lines("Lists/crisis.en.txt"), .. Lines("Lists/crisis.es.txt"), .. Lines("Lists/ordinary.en.txt"), .. Lines("Lists/ordinary.es.txt"), .. Lines("Lists/builder.ordinary.txt"),
        .. Lines("Lists/earlier.crisis.en.txt"), .. Lines("Lists/earlier.crisis.es.txt"), .. Lines("Lists/earlier.ordinary.txt"),
        .. Lines("Halves/crisis.en.txt"), .. Lines("Halves/crisis.es.txt"), .. Lines("Halves/ordinary.txt"),
    ];

    private static IEnumerable<Example> Lines(string name)
    {
        var isOfHalf = name.StartsWith("Halves/", StringComparison.Ordinal);
        using var stream = typeof(Example).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && (!isOfHalf || SHA256.HashData(Encoding.UTF8.GetBytes(l))[0] < 128))
            .Select(line => new Example(line, Path.GetFileNameWithoutExtension(name), name.Contains("crisis", StringComparison.Ordinal), name.Contains("earlier", StringComparison.Ordinal)))];
    }
}
