namespace KetamineIntake.Core.Records;

/// <summary>The port's rules about one commit, checked by every adapter in the same way.</summary>
public static class Changes
{
    public const int Maximum = 100;

    /// <exception cref="ArgumentException">No change, more than 100, two changes of one row, or a key that cannot be stored.</exception>
    public static void Check(IReadOnlyList<Change> changes)
    {
        if (changes.Count is 0 or > Maximum)
        {
            throw new ArgumentException($"A commit has 1 to {Maximum} changes, not {changes.Count}.", nameof(changes));
        }

        var seen = new HashSet<string>(changes.Count, StringComparer.Ordinal);
        foreach (var change in changes)
        {
            if (!seen.Add(RowKeys.Check(change.Key)))
            {
                throw new ArgumentException($"A commit changes each row once; {change.Key} comes twice.", nameof(changes));
            }
        }
    }
}
