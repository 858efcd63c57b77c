using System.Diagnostics;
using System.Globalization;
using KetamineIntake.Azure.Tests.Worker;

// From the start of the worker's process to its first answer to a client, ours and an empty one in turns, nine times each after one that does not count.
const int Rounds = 9;
if (args.Length != 2)
{
    Console.Error.WriteLine("Needs two folders: the worker's and the empty worker's, as they were published.");
    return 1;
}

var settings = await WorkerFixture.SettingsAsync();
var times = args.ToDictionary(folder => folder, _ => new List<double>(), StringComparer.Ordinal);
for (var round = 0; round <= Rounds; round++)
{
    foreach (var folder in args)
    {
        var took = await FirstAnswerAsync(folder, settings);
        if (round > 0)
        {
            times[folder].Add(took.TotalMilliseconds);
        }
    }
}

Console.WriteLine("| worker | minimum | median | maximum |");
Console.WriteLine("|---|---|---|---|");
foreach (var (name, folder) in new[] { ("ours", args[0]), ("empty", args[1]) })
{
    var sorted = times[folder].Order().ToList();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {sorted[0]:F0} ms | {sorted[Rounds / 2]:F0} ms | {sorted[^1]:F0} ms |"));
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}Ratio of the medians: {Median(args[0]) / Median(args[1]):F2}"));
return 0;

double Median(string folder) => times[folder].Order().ElementAt(Rounds / 2);

static async Task<TimeSpan> FirstAnswerAsync(string folder, Dictionary<string, string> settings)
{
    await using var host = await FunctionsTestHost.OpenAsync(settings, Path.GetFullPath(folder));
    var since = Stopwatch.StartNew();
    await host.StartWorkerAsync();
    using var answer = await host.AskWorkerAsync("/api/v1/health");
    answer.EnsureSuccessStatusCode();
    return since.Elapsed;
}
