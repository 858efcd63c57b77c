using KetamineIntake.Core.Protocols;
using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>Scores one scale exactly as its source says: the sum of its items, prorated and flagged where few are missing, never imputed silently.</summary>
public static class ScaleScoring
{
    private static readonly LocalDate AnyDay = new(2000, 1, 1);

    /// <summary>The same score that a screening of these answers carries.</summary>
    public static ScaleScore Score(Scale scale, AnswerSet answers, Questionnaire questionnaire)
    {
        if (!scale.Loaded)
        {
            return new ScaleScore(scale.Id, null, false, [], null);
        }

        var items = new ItemTable(questionnaire);
        var compiled = new CompiledScale(scale, items, 0);
        var frame = new Frame(items, [compiled], new ScreeningFacts(answers, AnyDay, AnyDay));
        return compiled.Score(frame);
    }
}
