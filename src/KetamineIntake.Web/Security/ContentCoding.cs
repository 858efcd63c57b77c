using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KetamineIntake.Web.Security;

/// <summary>What a body came packed in (RFC 9110, 8.4): one coding, of those that programs use.</summary>
/// <param name="Unpack">Takes what was sent and the most bytes that may come of it. Null when it is more; <see cref="InvalidDataException"/> when it is not so packed, or cut off.</param>
internal sealed record ContentCoding(Func<ReadOnlyMemory<byte>, int, byte[]?> Unpack)
{
    /// <summary>Told to whoever sends another one.</summary>
    public const string Accepted = "gzip, br";

    // The last eight bytes tell check sum and length, which are the only sign of a cut that the framework's stream leaves to us.
    private const int GzipLengthBytes = 4;

    /// <summary>A body as it is.</summary>
    public static readonly ContentCoding None = new(static (sent, _) => sent.ToArray());

    private static readonly ContentCoding Gzip = new(Gunzip);

    private static readonly ContentCoding Brotli = new(Unbrotli);

    /// <summary>Null for a coding that is not read here, and for several at once.</summary>
    public static ContentCoding? Of(IHeaderDictionary headers) => Names(headers.ContentEncoding) switch
    {
        [] or ["IDENTITY"] => None,
        ["GZIP" or "X-GZIP"] => Gzip,
        ["BR"] => Brotli,
        _ => null,
    };

    private static List<string> Names(StringValues values) =>
        [.. values.SelectMany(static v => v?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []).Select(static n => n.ToUpperInvariant())];

    private static byte[]? Gunzip(ReadOnlyMemory<byte> sent, int most)
    {
        var body = new byte[most + 1];
        using var unpacking = new GZipStream(new MemoryStream(sent.ToArray()), CompressionMode.Decompress);
        var length = unpacking.ReadAtLeast(body, body.Length, throwOnEndOfStream: false);
        if (length > most)
        {
            return null;
        }

        return sent.Length > 2 * GzipLengthBytes && IsLastMember(sent.Span, body.AsSpan(0, length)) ? body[..length] : throw new InvalidDataException("The body is cut off.");
    }

    // A body may be several packed ones behind each other (RFC 1952, 2.2): the last one's length and check sum are those of an end of what came out.
    private static bool IsLastMember(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> body)
    {
        var last = BinaryPrimitives.ReadUInt32LittleEndian(sent[^GzipLengthBytes..]);
        return last <= body.Length && Crc32(body[^(int)last..]) == BinaryPrimitives.ReadUInt32LittleEndian(sent[^(2 * GzipLengthBytes)..]);
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ (0xEDB88320 & (uint)-(int)(sum & 1));
            }
        }

        return ~sum;
    }

    private static byte[]? Unbrotli(ReadOnlyMemory<byte> sent, int most)
    {
        var body = new byte[most + 1];
        using var decoder = new BrotliDecoder();
        return decoder.Decompress(sent.Span, body, out var read, out var length) switch
        {
            OperationStatus.Done when length > most => null,
            OperationStatus.Done when read == sent.Length => body[..length],
            OperationStatus.DestinationTooSmall => null,
            _ => throw new InvalidDataException("The body is not packed by Brotli, or cut off."),
        };
    }
}
