using System.Security.Cryptography;
using System.Text;

namespace KetamineIntake.Tests.Reminders.Replies.Phrases;

/// <summary>
/// What patients may text, written by somebody who has not seen the matcher. The first bit of a line's SHA-256 parts each list: who changes the matcher looks at the half with bit 0
/// and never at the other.
/// </summary>
internal static class PhraseLists
{
    public static IReadOnlyList<string> Crisis(string language, bool isHeldOut) => Half($"crisis.{language}.txt", isHeldOut);

    public static IReadOnlyList<string> Ordinary(bool isHeldOut) => Half("ordinary.txt", isHeldOut);

    private static List<string> Half(string file, bool isHeldOut)
    {
        using var stream = typeof(PhraseLists).Assembly.GetManifestResourceStream($"Phrases/{file}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0).Where(l => SHA256.HashData(Encoding.UTF8.GetBytes(l))[0] >= 128 == isHeldOut)];
    }
}
