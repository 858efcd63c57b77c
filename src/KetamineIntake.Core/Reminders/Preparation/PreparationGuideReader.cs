using System.Text.RegularExpressions;
using KetamineIntake.Core.Labs;
using KetamineIntake.Core.Protocols.Loading;
using KetamineIntake.Core.Reminders.Texts;
using KetamineIntake.Core.Screenings.Reading;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>Reads and checks the preparation page of one language.</summary>
internal static partial class PreparationGuideReader
{
    private static readonly string[] Stages = ["week-before", "day-before", "morning-of", "bring", "visit", "after"];

    private static readonly string[] Words =
    [
        "title", "birthDate", "birthDateHelp", "open", "wrongBirthDate", "locked", "expired", "expiredHelp", "visit", "cancelled", "foodUntil", "waterUntil", "callFirst",
        "calendar", "call", "save", "saved", "notSaved", "emergency", "testsNeeded", "month", "day", "year", "date.missing", .. Enum.GetValues<DateFault>().Select(PreparationGuide.DateWord), .. LabTests.All.Select(TestWord),
    ];

    private static readonly string[] Placeholders = ["food", "heavy", "water", "alcohol", "alcoholAfter", "infusion", "observe", "stay"];

    private static readonly Dictionary<string, StepCondition> Conditions = new(StringComparer.Ordinal)
    {
        ["benzodiazepine"] = StepCondition.Benzodiazepine,
        ["lamotrigine"] = StepCondition.Lamotrigine,
        ["call-first"] = StepCondition.CallFirst,
        ["unless-call-first"] = StepCondition.UnlessCallFirst,
        ["unless-alcohol-is-planned"] = StepCondition.UnlessAlcoholIsPlanned,
        ["private-room"] = StepCondition.PrivateRoom,
        ["consent-form"] = StepCondition.ConsentForm,
    };

    /// <summary>The name of the words for a laboratory test.</summary>
    public static string TestWord(string test) => "test." + test;

    public static string FileName(SmsLanguage language) => $"preparation.{SmsLanguages.Code(language)}.json";

    public static PreparationGuide Read(Node root, SmsLanguage language)
    {
        var fields = root.Fields(["language", "words", "stages", "guards"]);
        if (fields["language"].Text() is { Length: > 0 } given && given != SmsLanguages.Code(language))
        {
            fields["language"].Fault($"Needs \"{SmsLanguages.Code(language)}\".");
        }

        var words = fields["words"].Fields(Words);
        var stages = fields["stages"].Fields(Stages);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var guards = StepGuards.Read(fields["guards"]);
        return new PreparationGuide(
            language,
            Words.ToDictionary(w => w, w => words[w].Text(), StringComparer.Ordinal),
            [.. Stages.Select(s => Stage(s, stages[s], guards, ids))]);
    }

    private static PreparationStage Stage(string id, Node node, StepGuards guards, HashSet<string> ids)
    {
        var fields = node.Fields(["title", "steps"]);
        return new PreparationStage(id, fields["title"].Text(), [.. fields["steps"].SomeElements().Select(s => Step(s, guards, ids))]);
    }

    private static PreparationStep Step(Node node, StepGuards guards, HashSet<string> ids)
    {
        var fields = node.Fields(["id", "text"], "tick", "only", "source");
        var step = new PreparationStep(fields["id"].Text(), fields["text"].Text(), fields.Find("tick")?.Flag() ?? false, fields.Find("only")?.OneOf(Conditions));
        fields.Find("source")?.Text();
        if (!ids.Add(step.Id))
        {
            fields["id"].Fault("The id stands here twice.");
        }

        if (guards.FaultOf(step) is { } fault)
        {
            fields["text"].Fault(fault);
        }

        foreach (var unknown in Placeholder().Matches(step.Text).Select(m => m.Groups["name"].Value).Where(p => !Placeholders.Contains(p, StringComparer.Ordinal)))
        {
            fields["text"].Fault($"{{{unknown}}} is not a known placeholder.");
        }

        return step;
    }

    [GeneratedRegex(@"\{(?<name>[^}]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Placeholder();
}
