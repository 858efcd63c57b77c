using NodaTime;

namespace KetamineIntake.Core.Screenings;

/// <summary>One answer that was given. An item without an entry in <see cref="AnswerSet"/> is unanswered, which is never "no".</summary>
public abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>One code of a choice item: yes, no, declined, or a code of the item's own. "not-sure" is always <see cref="NotSure"/>.</summary>
    public sealed record Choice(string Code) : Answer;

    /// <summary>Codes of a repeating choice, ordinal order, no duplicates; exactly ["none"] when the patient said so. Never empty.</summary>
    public sealed record Choices(IReadOnlyList<string> Codes) : Answer
    {
        public bool Equals(Choices? other) => other is not null && Codes.SequenceEqual(other.Codes);

        public override int GetHashCode() => Codes.Aggregate(0, HashCode.Combine);
    }

    /// <summary>A number in the item's unit, within the item's range.</summary>
    public sealed record Number(decimal Value) : Answer;

    /// <summary>A date, perhaps only to the month or the year.</summary>
    public sealed record Date(PartialDate Value) : Answer;

    /// <summary>Free text; never blank.</summary>
    public sealed record Text(string Value) : Answer;

    /// <summary>The patient answered that they are not sure (FHIR: data-absent-reason asked-unknown).</summary>
    public sealed record NotSure : Answer
    {
        public static readonly NotSure Instance = new();
    }
}

/// <summary>A date known to the day, the month (<see cref="Day"/> null) or the year (<see cref="Month"/> null too).</summary>
public readonly record struct PartialDate(int Year, int? Month = null, int? Day = null)
{
    /// <summary>The first day it can mean.</summary>
    public LocalDate Earliest => new(Year, Month ?? 1, Day ?? 1);

    /// <summary>The last day it can mean.</summary>
    public LocalDate Latest => Day is not null ? Earliest
        : Month is not null ? Earliest.PlusMonths(1).PlusDays(-1)
        : new LocalDate(Year, 12, 31);
}

/// <summary>The answers of one questionnaire, by linkId.</summary>
public sealed class AnswerSet(Dictionary<string, Answer> answers)
{
    public static readonly AnswerSet Empty = new([]);

    public Answer? Find(string linkId) => answers.TryGetValue(linkId, out var answer) ? answer : null;

    /// <summary>All answers in ordinal order of linkId.</summary>
    public IEnumerable<KeyValuePair<string, Answer>> All => answers.OrderBy(a => a.Key, StringComparer.Ordinal);

    public int Count => answers.Count;

    public AnswerSet With(string linkId, Answer? answer)
    {
        var copy = new Dictionary<string, Answer>(answers);
        if (answer is null)
        {
            copy.Remove(linkId);
        }
        else
        {
            copy[linkId] = answer;
        }

        return new AnswerSet(copy);
    }
}
