using System.Buffers.Text;
using System.Text;

namespace KetamineIntake.Core.Records;

/// <summary>Where a page of a list ended, as an opaque text that carries no patient data.</summary>
public static class RowCursor
{
    private const int Longest = 200;

    public static string Of(string key) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(key));

    /// <summary>The key to go on behind, or null when the text is no cursor of this list.</summary>
    public static string? TryParse(string cursor, RowRange list)
    {
        if (cursor.Length > Longest || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        var key = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        return string.CompareOrdinal(key, list.From) > 0 && string.CompareOrdinal(key, list.Before) < 0 && RowKeys.IsValid(key) ? key : null;
    }
}
