namespace KetamineIntake.Core.Protocols;

/// <summary>How a protocol says that answers of others are understood (answers.json).</summary>
/// <param name="Coded">What words beside a code of yes or no mean.</param>
/// <param name="AgeOfUnknown">The age by which danger in a form without a date of birth is judged.</param>
public sealed record AnswerContent(CodedWords Coded, int AgeOfUnknown)
{
    /// <summary>Of a protocol that was not read from documents, or judged somebody long ago.</summary>
    public static readonly AnswerContent None = new(CodedWords.None, 0);
}

/// <summary>Words beside a code of yes or no.</summary>
/// <param name="First">First words that say which of the two is meant, with the code.</param>
/// <param name="Neither">Phrases, or beginnings of phrases, that say neither.</param>
public sealed record CodedWords(IReadOnlyDictionary<string, string> First, IReadOnlyList<string> Neither)
{
    public static readonly CodedWords None = new(new Dictionary<string, string>(), []);
}
