namespace KetamineIntake.Core.Records;

/// <summary>
/// A stored body is not what was written under this key in this partition: altered, moved here from another row or clinic, or encrypted with a key we do not hold.
/// Names the row, never the content.
/// </summary>
public sealed class RecordIntegrityException(string key, string reason) : Exception($"The record {key} cannot be read: {reason}")
{
    public string Key { get; } = key;
}
