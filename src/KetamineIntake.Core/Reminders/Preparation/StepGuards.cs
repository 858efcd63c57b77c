using KetamineIntake.Core.Protocols.Loading;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>Beginnings of words that a step of the preparation page may hold only under a condition, as the page's own document lists them with their reasons.</summary>
/// <param name="NeverStop">Whoever reads about medicines must read this beside it.</param>
internal sealed record StepGuards(string NeverStop, IReadOnlyList<string> Medicines, IReadOnlyList<(string Name, StepCondition Only, IReadOnlyList<string> Words)> OnOrder, IReadOnlyList<string> Alcohol)
{
    public static StepGuards Read(Node node)
    {
        var fields = node.Fields(["neverStop", "medicines", "benzodiazepine", "lamotrigine", "alcohol", "source"]);
        fields["source"].Text();
        return new StepGuards(
            fields["neverStop"].Text(),
            Words(fields["medicines"]),
            [("benzodiazepine", StepCondition.Benzodiazepine, Words(fields["benzodiazepine"])), ("lamotrigine", StepCondition.Lamotrigine, Words(fields["lamotrigine"]))],
            Words(fields["alcohol"]));
    }

    /// <summary>Why the step must not read so; null when nothing speaks against it.</summary>
    public string? FaultOf(PreparationStep step) =>
        OnOrder.FirstOrDefault(o => Holds(step, o.Words) && step.Only != o.Only) is { Name: { } name }
            ? $"Only a step with \"only\": \"{name}\" may name it: whoever has no order for it must not read about it."
        : Holds(step, Alcohol) && step.Only != StepCondition.UnlessAlcoholIsPlanned
            ? "Only a step with \"only\": \"unless-alcohol-is-planned\" may speak of alcohol: who stops at once may fall ill."
        : (Holds(step, Medicines) || OnOrder.Any(o => Holds(step, o.Words))) && !step.Text.Contains(NeverStop, StringComparison.Ordinal)
            ? $"Whatever is said about medicines needs this sentence beside it: {NeverStop}"
        : null;

    private static bool Holds(PreparationStep step, IReadOnlyList<string> words) => words.Any(w => w.Length > 0 && step.Text.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static List<string> Words(Node list) => [.. list.SomeElements().Select(w => w.Text())];
}
