namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>
/// Finds where phrases stand in a text, word by word. Every phrase has a longest form, so the time grows with the text alone, whatever somebody writes.
/// </summary>
internal sealed class PhraseAutomaton
{
    private const int LongestGap = 3;
    private const int Root = 0;

    private readonly List<State> states = [new State()];
    private readonly HashSet<int> accepting = [];

    public PhraseAutomaton(IEnumerable<IReadOnlyList<PhraseSlot>> phrases)
    {
        foreach (var phrase in phrases)
        {
            accepting.Add(Add(phrase, Root));
        }
    }

    /// <summary>Behind the last word of the longest phrase that begins with this word; -1 where none does.</summary>
    public int EndFrom(string[] words, int first)
    {
        var (end, active) = (-1, new HashSet<int>());
        Enter(Root, active, words, first);
        for (var at = first; active.Count > 0; at++)
        {
            end = active.Overlaps(accepting) ? at : end;
            if (at == words.Length)
            {
                break;
            }

            var next = new HashSet<int>();
            foreach (var state in active)
            {
                foreach (var target in states[state].On(words[at]))
                {
                    Enter(target, next, words, at + 1);
                }
            }

            active = next;
        }

        return end;
    }

    // With everything that can be reached without another word.
    private void Enter(int state, HashSet<int> active, string[] words, int at)
    {
        if (!active.Add(state))
        {
            return;
        }

        foreach (var target in states[state].Free)
        {
            Enter(target, active, words, at);
        }

        foreach (var target in at == 0 ? states[state].AtBegin : [])
        {
            Enter(target, active, words, at);
        }

        foreach (var target in at == words.Length ? states[state].AtEnd : [])
        {
            Enter(target, active, words, at);
        }
    }

    private int Add(IReadOnlyList<PhraseSlot> phrase, int from)
    {
        foreach (var slot in phrase)
        {
            var next = New();
            foreach (var choice in slot.Choices)
            {
                Add(choice, from, next);
            }

            if (slot.IsOptional)
            {
                states[from].Free.Add(next);
            }

            from = next;
        }

        return from;
    }

    private void Add(PhraseChoice choice, int from, int next)
    {
        switch (choice)
        {
            case PhraseChoice.Word word:
                states[from].Add(word, next);
                break;
            case PhraseChoice.Group group:
                group.Phrases.ToList().ForEach(p => states[Add(p, from)].Free.Add(next));
                break;
            case PhraseChoice.Number:
                states[from].Numbers.Add(next);
                break;
            case PhraseChoice.Begin:
                states[from].AtBegin.Add(next);
                break;
            case PhraseChoice.End:
                states[from].AtEnd.Add(next);
                break;
            case PhraseChoice.Gap:
                AddGap(from, next);
                break;
        }
    }

    private void AddGap(int from, int next)
    {
        states[from].Free.Add(next);
        for (var i = 0; i < LongestGap; i++)
        {
            var skipped = New();
            states[from].Any.Add(skipped);
            states[skipped].Free.Add(next);
            from = skipped;
        }
    }

    private int New()
    {
        states.Add(new State());
        return states.Count - 1;
    }

    private sealed class State
    {
        private readonly Dictionary<string, List<int>> words = new(StringComparer.Ordinal);
        private readonly List<(string Letters, int Next)> beginnings = [];

        public List<int> Free { get; } = [];

        public List<int> AtBegin { get; } = [];

        public List<int> AtEnd { get; } = [];

        public List<int> Any { get; } = [];

        public List<int> Numbers { get; } = [];

        public void Add(PhraseChoice.Word word, int next)
        {
            if (word.IsBeginning)
            {
                beginnings.Add((word.Letters, next));
            }
            else if (words.TryGetValue(word.Letters, out var others))
            {
                others.Add(next);
            }
            else
            {
                words[word.Letters] = [next];
            }
        }

        public IEnumerable<int> On(string word) =>
        [
            .. Any, .. words.GetValueOrDefault(word, []), .. beginnings.Where(b => word.StartsWith(b.Letters, StringComparison.Ordinal)).Select(b => b.Next),
            .. word.Length > 1 && word.All(char.IsAsciiDigit) ? Numbers : [],
        ];
    }
}
