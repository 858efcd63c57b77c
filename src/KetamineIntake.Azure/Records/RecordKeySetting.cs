using KetamineIntake.Core.Records;

namespace KetamineIntake.Azure.Records;

/// <summary>
/// The record keys as one setting, in Azure a reference to a Key Vault secret: "id base64", the current key first, older ones behind semicolons. To rotate, put a new one in front.
/// </summary>
internal static class RecordKeySetting
{
    /// <exception cref="FormatException">Not of that form. Repeats neither id nor secret.</exception>
    public static RecordKeys Parse(string setting)
    {
        var keys = setting.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne).ToArray();
        return keys.Length > 0 && keys.DistinctBy(static key => key.Id).Count() == keys.Length
            ? new RecordKeys(keys[0], keys[1..])
            : throw new FormatException("there must be at least one key, and no id twice.");
    }

    private static RecordKey ParseOne(string entry, int index)
    {
        try
        {
            return entry.Split(' ') is [var id, var secret] ? new RecordKey(id, Convert.FromBase64String(secret)) : throw new FormatException();
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException)
        {
            throw new FormatException($"key {index + 1} must be an id of [a-z0-9-], a space, and 32 bytes in base64.", malformed);
        }
    }
}
