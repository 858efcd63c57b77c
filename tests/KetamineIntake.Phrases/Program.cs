using KetamineIntake.Core.Reminders.Replies.Words;
using KetamineIntake.Phrases;

// Learns the points of replies.weights.json from the committed lists and prints how they do on lines that they were not learnt from.
// "--check" writes nothing and fails where the committed document is another; "--figures" only prints.
const double MistakenAtMost = 0.06;

var lesson = new Lesson();
var blocks = lesson.AcrossBlocks();
var threshold = Figures.Threshold(blocks, MistakenAtMost);
var document = WeightsDocument.Of(lesson.Everything(), threshold);
if (!args.Contains("--check"))
{
    Figures.Print("Blocks of the lists here, learnt from the other blocks and the half:", blocks, threshold);
    Figures.Print("The half, learnt from the lists here, by words alone:", lesson.AcrossWriters(true), threshold);
    Figures.Print("The lists here, learnt from the half, by words alone:", lesson.AcrossWriters(false), threshold);
}

var path = Path.Combine(Root(), "src", "KetamineIntake.Core", "Protocols", "iv-ketamine", CrisisWeightsReader.FileName);
if (args.Contains("--check"))
{
    var isSame = await File.ReadAllTextAsync(path) == document;
    Console.WriteLine(isSame ? "The document is what the lists say." : "The document is not what the lists say: run this program without --check.");
    return isSame ? 0 : 1;
}

if (!args.Contains("--figures"))
{
    await File.WriteAllTextAsync(path, document);
}

return 0;

static string Root()
{
    var folder = new DirectoryInfo(AppContext.BaseDirectory);
    while (!File.Exists(Path.Combine(folder.FullName, "KetamineIntake.sln")))
    {
        folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
    }

    return folder.FullName;
}
