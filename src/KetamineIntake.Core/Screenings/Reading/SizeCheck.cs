using System.Globalization;
using KetamineIntake.Core.Protocols;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>A weight and height that hardly go together, or one that is hardly anybody's: a slip, or the wrong unit. Whoever sends it is asked whether it is meant.</summary>
/// <param name="Weight">linkId of the weight, where it is in question.</param>
/// <param name="Height">linkId of the height, where it is in question.</param>
public sealed record SizeCheck(string? Weight, string? Height, string Detail)
{
    /// <summary>The item to ask at.</summary>
    public string LinkId => Height ?? Weight!;

    /// <summary>For the person who sent it.</summary>
    public FaultWords Words => new("size.odd", ("said", Said));

    /// <summary>The values in question, with their units.</summary>
    public required string Said { get; init; }

    public static SizeCheck? In(AnswerSet answers, Questionnaire questionnaire)
    {
        var (weight, height) = (questionnaire.All.FirstOrDefault(i => i is { Type: ItemType.Decimal, Unit: "kg" }), questionnaire.All.FirstOrDefault(i => i is { Type: ItemType.Decimal, Unit: "cm" }));
        return (NumberOf(weight, answers), NumberOf(height, answers)) switch
        {
            ({ } kilograms, { } centimeters) => Together(weight!, height!, kilograms, centimeters),
            ({ } kilograms, null) when IsOdd(weight!, kilograms) => new SizeCheck(weight!.LinkId, null, Ask($"{Plain(kilograms)} kg is hardly anybody's weight")) { Said = $"{Plain(kilograms)} kg" },
            (null, { } centimeters) when IsOdd(height!, centimeters) => new SizeCheck(null, height!.LinkId, Ask($"{Plain(centimeters)} cm is hardly anybody's height")) { Said = $"{Plain(centimeters)} cm" },
            _ => null,
        };
    }

    private static SizeCheck? Together(QuestionnaireItem weight, QuestionnaireItem height, decimal kilograms, decimal centimeters)
    {
        var meters = centimeters / 100;
        var index = kilograms / (meters * meters);
        return index < height.BmiAskBelow || index > height.BmiAskAbove
            ? new SizeCheck(weight.LinkId, height.LinkId, Ask($"{Plain(kilograms)} kg and {Plain(centimeters)} cm hardly go together: a body mass index of {Plain(Math.Round(index, 1))}")) { Said = $"{Plain(kilograms)} kg, {Plain(centimeters)} cm" }
            : null;
    }

    private static bool IsOdd(QuestionnaireItem item, decimal value) => value < item.AskBelow || value > item.AskAbove;

    private static decimal? NumberOf(QuestionnaireItem? item, AnswerSet answers) => item is not null && answers.Find(item.LinkId) is Answer.Number number ? number.Value : null;

    private static string Ask(string odd) => $"{odd}. If it is right, say that it is confirmed; if not, correct it";

    private static string Plain(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
