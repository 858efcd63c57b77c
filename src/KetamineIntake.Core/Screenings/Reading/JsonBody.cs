using System.Text.Json;

namespace KetamineIntake.Core.Screenings.Reading;

/// <summary>Parses a body as JSON, or says that it is none.</summary>
public static class JsonBody
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// The document, a byte order mark before it left out, or null when the bytes are no JSON: a syntax error, more than 64 levels, bytes that are no UTF-8, or an escaped half of a character.
    /// Repeated names are left in: the readers name them.
    /// </summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> utf8)
    {
        utf8 = utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
        try
        {
            CheckText(utf8.Span);
            return JsonDocument.Parse(utf8);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What stands before the fault of a body that is no JSON, closed there; null when nothing whole does. A number that the end may have cut off is left out.</summary>
    public static JsonDocument? TryParseBeginning(ReadOnlyMemory<byte> utf8)
    {
        utf8 = utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
        var (length, closing) = Whole(utf8.Span);
        return length == 0 ? null : TryParse((byte[])[.. utf8.Span[..length], .. closing]);
    }

    private static (int Length, byte[] Closing) Whole(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var open = new Stack<byte>();
        var whole = (Length: 0, Closing: Array.Empty<byte>());
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push(reader.TokenType == JsonTokenType.StartObject ? (byte)'}' : (byte)']');
                        continue;
                    case JsonTokenType.PropertyName:
                        _ = reader.GetString();
                        continue;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        open.Pop();
                        break;
                    case JsonTokenType.String:
                        _ = reader.GetString();
                        break;
                    case JsonTokenType.Number when reader.BytesConsumed == utf8.Length:
                        continue;
                }

                whole = ((int)reader.BytesConsumed, [.. open]);
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return whole;
        }

        return whole;
    }

    /// <summary>The parser looks into strings only when they are read, too late for a clean answer, so each is read once here.</summary>
    private static void CheckText(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                _ = reader.GetString();
            }
        }
    }
}
