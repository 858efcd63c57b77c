using System.Security.Cryptography;
using System.Text;

namespace KetamineIntake.Tests.Reminders.Replies.Phrases;

/// <summary>
/// What patients may text, written by somebody who has not seen the matcher. The first bit of a line's SHA-256 parts each list: who changes the matcher looks at the half with bit 0
/// and never at the other.
/// </summary>
internal static class PhraseLists
{
    // Enough to see a fall, and quickly read.
    private const int Sampled = 9;

    public static IReadOnlyList<string> Crisis(string language, bool isHeldOut) => Half($"crisis.{language}.txt", isHeldOut);

    public static IReadOnlyList<string> Ordinary(bool isHeldOut) => Half("ordinary.txt", isHeldOut);

    /// <summary>What the points are learnt from, beside the half that is looked at, every ninth line: tells whether something broke, and nothing about texts that were not seen.</summary>
    public static IReadOnlyList<string> Learnt(string name) => [.. Lines($"learnt.{name}.txt").Where((_, i) => i % Sampled == 0)];

    /// <summary>The second list, which nobody who builds the matcher reads at all: <c>blind.crisis.en.txt</c>, <c>blind.crisis.es.txt</c>, <c>blind.ordinary.txt</c>. Empty where it is not there.</summary>
    public static IReadOnlyList<string> Blind(string name) => Lines($"blind.{name}.txt");

    private static List<string> Half(string file, bool isHeldOut) => [.. Lines(file).Where(l => SHA256.HashData(Encoding.UTF8.GetBytes(l))[0] >= 128 == isHeldOut)];

    private static List<string> Lines(string file)
    {
        using var stream = typeof(PhraseLists).Assembly.GetManifestResourceStream($"Phrases/{file}");
        if (stream is null)
        {
            return [];
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0)];
    }
}
