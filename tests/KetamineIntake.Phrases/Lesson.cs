using KetamineIntake.Core.Protocols;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders.Replies.Words;

namespace KetamineIntake.Phrases;

/// <summary>The lists as they are learnt from.</summary>
internal sealed class Lesson
{
    private readonly List<Line> lines;

    public Lesson()
    {
        var documents = EmbeddedProtocols.Documents("iv-ketamine");
        var root = DocumentReader.Root(CrisisWeightsReader.FileName, documents[CrisisWeightsReader.FileName], new FaultList());
        var features = CrisisWeightsReader.Read(root).Features;
        var book = EmbeddedProtocols.Load("iv-ketamine").Reminders!.Replies;
        lines = [.. Example.All().AsParallel().AsOrdered().Select(e => new Line(e, features.Of(e.Text, book.PhrasesIn(e.Text)), book.IsClear(e.Text)))];
    }

    /// <summary>A line and what it has.</summary>
    /// <param name="IsClear">A phrase that always alarms is in it.</param>
    internal sealed record Line(Example Example, HashSet<string> Features, bool IsClear);

    public Learnt Everything() => Learn(lines);

    /// <summary>Scores of the earlier lists by points from all others.</summary>
    public List<(Line Line, double Score)> Earlier()
    {
        var learnt = Learn(lines.Where(l => !l.Example.IsEarlier));
        return [.. lines.Where(l => l.Example.IsEarlier).Select(l => (l, learnt.Score(l.Features)))];
    }

    private static Learnt Learn(IEnumerable<Line> from) => Learnt.From([.. from.Select(l => (l.Features, l.Example.IsDanger))]);
}
