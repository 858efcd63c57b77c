using KetamineIntake.Core.Reminders.Replies.Words;
using KetamineIntake.Phrases;

// Learns the points of replies.weights.json from the committed lists and prints how they do on lines that they were not learnt from.
// "--check" writes nothing and fails where the committed document is another; "--figures" only prints.
const double MistakenAtMost = 0.038;

var lesson = new Lesson();
var earlier = lesson.Earlier();
var threshold = Figures.Threshold(earlier, MistakenAtMost);
var document = WeightsDocument.Of(lesson.Everything(), threshold);
if (!args.Contains("--check"))
{
    Figures.Print("The earlier lists, learnt from the others (three in ten of their ordinary lines are made to be mistaken):", earlier, threshold);
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
