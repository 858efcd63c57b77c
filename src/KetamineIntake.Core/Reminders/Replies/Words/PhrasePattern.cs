namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>One place of a phrase.</summary>
/// <param name="IsOptional">It may be missing.</param>
internal sealed record PhraseSlot(IReadOnlyList<PhraseChoice> Choices, bool IsOptional);

/// <summary>What may stand in a place of a phrase.</summary>
internal abstract record PhraseChoice
{
    /// <summary>This word; with <paramref name="IsBeginning"/> any word that begins so.</summary>
    internal sealed record Word(string Letters, bool IsBeginning) : PhraseChoice;

    /// <summary>One of these phrases.</summary>
    internal sealed record Group(IReadOnlyList<IReadOnlyList<PhraseSlot>> Phrases) : PhraseChoice;

    /// <summary>A number of two digits or more.</summary>
    internal sealed record Number : PhraseChoice;

    /// <summary>Up to three words, whatever they are.</summary>
    internal sealed record Gap : PhraseChoice;

    /// <summary>The text begins here.</summary>
    internal sealed record Begin : PhraseChoice;

    /// <summary>The text ends here.</summary>
    internal sealed record End : PhraseChoice;
}

/// <summary>
/// A phrase as the protocol's documents write it, so that a clinician can read it: words with single spaces. <c>a|b</c> one of these; <c>word*</c> any ending; <c>word?</c> may be
/// missing; <c>{name}</c> one of a group's phrases; <c>..</c> up to three other words between; <c>#</c> a number of two digits or more; <c>^</c> and <c>$</c> the text begins
/// and ends there.
/// </summary>
internal static class PhrasePattern
{
    /// <param name="groups">Phrases of each group, by name.</param>
    /// <param name="spell">How words are written in the texts that are compared.</param>
    /// <param name="fault">What makes no sense; null when all does.</param>
    public static IReadOnlyList<PhraseSlot> Of(
        string phrase, IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<PhraseSlot>>> groups, Func<string, string> spell, out string? fault)
    {
        var faults = new List<string>();
        var slots = phrase.Split(' ').Select(slot => Slot(slot)).ToList();
        fault = faults.FirstOrDefault() ?? (slots.TrueForAll(s => s.IsOptional || s.Choices.All(IsNoWord)) ? "The phrase fits every text." : null);
        return slots;

        PhraseSlot Slot(string slot)
        {
            var isOptional = slot.EndsWith('?');
            return new PhraseSlot([.. (isOptional ? slot[..^1] : slot).Split('|').Select(Choice)], isOptional);
        }

        PhraseChoice Choice(string choice)
        {
            switch (choice)
            {
                case "..":
                    return new PhraseChoice.Gap();
                case "#":
                    return new PhraseChoice.Number();
                case "^":
                    return new PhraseChoice.Begin();
                case "$":
                    return new PhraseChoice.End();
                case ['{', .. var name, '}']:
                    faults.AddRange(groups.ContainsKey(name) ? [] : [$"There is no group \"{name}\"."]);
                    return new PhraseChoice.Group(groups.GetValueOrDefault(name, []));
            }

            var letters = choice.EndsWith('*') ? choice[..^1] : choice;
            faults.AddRange(letters.Length > 0 && letters.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) ? [] : [$"\"{choice}\" is no word."]);
            return new PhraseChoice.Word(spell(letters), letters.Length < choice.Length);
        }
    }

    private static bool IsNoWord(PhraseChoice choice) => choice is PhraseChoice.Gap or PhraseChoice.Begin or PhraseChoice.End;
}
