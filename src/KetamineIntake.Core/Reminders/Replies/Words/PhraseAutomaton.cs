namespace KetamineIntake.Core.Reminders.Replies.Words;

/// <summary>
/// Finds where phrases stand in a text, word by word. Every phrase has a longest form, so the time grows with the text alone, whatever somebody writes.
/// </summary>
internal sealed class PhraseAutomaton
{
    private const int LongestGap = 3;
    private const int Root = 0;

    private readonly List<State> states = [new State()];

    public PhraseAutomaton(IEnumerable<IReadOnlyList<PhraseSlot>> phrases)
    {
        foreach (var phrase in phrases)
        {
            states[Add(phrase, Root)].IsEnd = true;
        }
    }

    /// <summary>Behind the last word of the longest phrase that begins with this word; -1 where none does.</summary>
    public int EndFrom(string[] words, int first)
    {
        var (end, active) = (-1, new HashSet<State>());
        Enter(states[Root], active, words, first);
        for (var at = first; active.Count > 0; at++)
        {
            end = active.Any(s => s.IsEnd) ? at : end;
            if (at == words.Length)
            {
                break;
            }

            active = Step(active, words, at);
        }

        return end;
    }

    private HashSet<State> Step(HashSet<State> active, string[] words, int at)
    {
        var next = new HashSet<State>();
        foreach (var state in active)
        {
            foreach (var targets in state.On(words[at]))
            {
                EnterAll(targets, next, words, at + 1);
            }
        }

        return next;
    }

    // With everything that can be reached without another word.
    private void Enter(State state, HashSet<State> active, string[] words, int at)
    {
        if (!active.Add(state))
        {
            return;
        }

        EnterAll(state.Free, active, words, at);
        EnterAll(at == 0 ? state.AtBegin : [], active, words, at);
        EnterAll(at == words.Length ? state.AtEnd : [], active, words, at);
    }

    private void EnterAll(List<int> targets, HashSet<State> active, string[] words, int at)
    {
        foreach (var target in targets)
        {
            Enter(states[target], active, words, at);
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
        private readonly List<(string Letters, List<int> Next)> beginnings = [];

        public bool IsEnd { get; set; }

        public List<int> Free { get; } = [];

        public List<int> AtBegin { get; } = [];

        public List<int> AtEnd { get; } = [];

        public List<int> Any { get; } = [];

        public List<int> Numbers { get; } = [];

        public void Add(PhraseChoice.Word word, int next)
        {
            if (word.IsBeginning)
            {
                beginnings.Add((word.Letters, [next]));
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

        public IEnumerable<List<int>> On(string word)
        {
            yield return Any;
            if (words.TryGetValue(word, out var next))
            {
                yield return next;
            }

            foreach (var (letters, after) in beginnings)
            {
                if (word.StartsWith(letters, StringComparison.Ordinal))
                {
                    yield return after;
                }
            }

            if (Numbers.Count > 0 && word.Length > 1 && word.All(char.IsAsciiDigit))
            {
                yield return Numbers;
            }
        }
    }
}
