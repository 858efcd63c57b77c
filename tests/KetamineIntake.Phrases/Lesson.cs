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
        lines = [.. Example.All().AsParallel().AsOrdered().Select(e => new Line(e, features.Of(e.Text, book.PhrasesIn(e.Text)), features.Of(e.Text, 0), book.IsClear(e.Text)))];
    }

    /// <summary>A line and what it has.</summary>
    /// <param name="WordsAlone">Without what the phrase lists hear: they were written with the half in sight, and would tell too much about it.</param>
    /// <param name="IsClear">A phrase that always alarms is in it.</param>
    internal sealed record Line(Example Example, HashSet<string> Features, HashSet<string> WordsAlone, bool IsClear);

    public Learnt Everything() => Learnt.From([.. lines.Select(l => (l.Features, l.Example.IsDanger))]);

    /// <summary>Scores of lines whose block was not learnt from.</summary>
    public List<(Line Line, double Score)> AcrossBlocks() => [.. Enumerable.Range(0, Example.Blocks).SelectMany(Block)];

    /// <summary>Scores of the half by points from the other lists, or the other way round, by words alone.</summary>
    public List<(Line Line, double Score)> AcrossWriters(bool isOfHalf)
    {
        var learnt = Learnt.From([.. lines.Where(l => l.Example.IsOfHalf != isOfHalf).Select(l => (l.WordsAlone, l.Example.IsDanger))]);
        return [.. lines.Where(l => l.Example.IsOfHalf == isOfHalf && l.Example.Block != Example.Unmeasured).Select(l => (l, learnt.Score(l.WordsAlone)))];
    }

    private IEnumerable<(Line Line, double Score)> Block(int block)
    {
        var learnt = Learnt.From([.. lines.Where(l => l.Example.IsOfHalf || l.Example.Block != block).Select(l => (l.Features, l.Example.IsDanger))]);
        return lines.Where(l => !l.Example.IsOfHalf && l.Example.Block == block).Select(l => (l, learnt.Score(l.Features)));
    }
}
